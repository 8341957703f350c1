"""The worked examples: checked, and applied to the example pages from reading to exports."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from local_client import LocalClient
from purport import merging, project
from purport.api import read_text
from purport.codebook import Codebook
from purport.codebook.checking import check
from purport.codebook.trying import try_examples
from purport.codebook.worked import FILES, text_like, worked
from purport.exporting import export
from purport.serve.app import create_app
from purport.settings import Settings
from purport.store import Store

EXAMPLES = ("acled", "detention")


@pytest.mark.parametrize("name", FILES)
def test_check_finds_nothing(name: str) -> None:
    book = worked(name)
    assert [str(each) for each in check(book, where=name)] == []
    settings = Settings(codebook=book)
    assert [str(each) for each in try_examples(book, read=lambda text: read_text(text, settings=settings), where=name)] == []


def test_an_example_that_is_read_otherwise_is_told(tmp_path: Path) -> None:
    from purport.codebook.parsing import of_text

    book = of_text(
        "name: x\nversion: 1\nextends: none\ntypes:\n  arrest:\n    from: detention\n    examples:\n"
        "      - {text: Police arrested two men in Kano., code: {place: Lagos}}\n      - Rebels shelled Gao.\n"
        "    counter_examples:\n      - Police arrested a man in Kano.\n      - {text: Police arrested a man., instead: none}\n"
    )
    found = try_examples(book, read=lambda text: read_text(text, settings=Settings(codebook=book)), where="f")
    assert [(each.line, each.is_error) for each in found] == [(8, False), (9, False), (11, False), (12, False)]
    assert "place should be 'Lagos' and is 'Kano'" in found[0].what
    assert "arrest is wanted; no event is read" in found[1].what
    assert "it is read as arrest" in found[2].what
    assert "nothing should be coded" in found[3].what


@pytest.fixture(scope="module", params=EXAMPLES)
def applied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Codebook, Path]]:
    """The example pages in a project that uses a worked example, merged."""
    book, path = worked(request.param), tmp_path_factory.mktemp(request.param) / "project.purport"
    pages = sorted(str(each) for each in files("purport.resources").joinpath("examples/pages").iterdir() if not each.name.startswith("."))
    with Store(path, create=True) as store:
        assert store.codebooks.use(book, coder="ana")
    with Store(path) as store:
        project.add(store, pages)
        merging.merge(store)
    yield book, path


def test_events_have_types_of_the_codebook(applied: tuple[Codebook, Path]) -> None:
    book, path = applied
    with Store(path) as store:
        types = {event.type for report in store.reports() for event in report.events}
        assert types <= set(book.types)
        assert len(types) >= {"acled_like": 6, "detention": 3}[book.name]
        assert store.verify() == ()
        assert store.count_stale(project.reader_label(Settings(codebook=book))) == 0
        assert store.count_stale(project.reader_label(Settings())) > 0


def test_incidents_are_found_by_own_types(applied: tuple[Codebook, Path]) -> None:
    book, path = applied
    client = LocalClient(create_app(path))
    with client:
        page = client.get("/find").text
    wanted = {"acled_like": "Remote explosive/landmine/IED", "detention": "Abduction by others"}[book.name]
    for words in (wanted, "Status in the codebook", "Group", next(iter(book.groups.values())).label):
        assert words in page


def test_the_document_page_shows_labels_of_types_and_roles(applied: tuple[Codebook, Path]) -> None:
    book, path = applied
    wanted = {
        "acled_like": ("remote_explosive", "Remote explosive/landmine/IED", "Actor 1"),
        "detention": ("abduction", "Abduction by others", "Detainee"),
    }
    code, label, role = wanted[book.name]
    with Store(path) as store:
        document = next(report.document.id for report in store.reports() if any(event.type == code for event in report.events))
    with LocalClient(create_app(path)) as client:
        page = client.get(f"/document/{document}").text
    assert label in page
    assert role in page


def test_exports_use_the_codebooks_codes(applied: tuple[Codebook, Path]) -> None:
    book, path = applied
    out = io.StringIO()
    with Store(path) as store:
        export(store, out, format="acled")
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    told = {(row["event_type"], row["sub_event_type"]) for row in rows}
    wanted = {
        "acled_like": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
        "detention": ("Violence against civilians", "Abduction/forced disappearance"),
    }
    assert wanted[book.name] in told


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_written_as_it_is(name: str) -> None:
    assert worked(name).text == text_like(name)
