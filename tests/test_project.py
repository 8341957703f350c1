"""Pages into a project file: killed, interrupted, two at a time, failing, read again."""

import io
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from invented_reports import Builder, document_of
from purport import project
from purport.errors import InputError, QueryError, SettingsError, StoreError
from purport.model import Capture, Document, Failure, Report
from purport.settings import Settings
from purport.store import Outcome, Store

PAGES = 300

#: Reads a folder or table into a project file with a reader that needs no language model, a line of progress for each page.
WORKER = """
import sys
path, inputs, sys.path[:] = sys.argv[1], sys.argv[2].split("|"), sys.argv[3:]
from purport.project import add
from purport.store import Store
from test_project import read_plainly
with Store(path, create=True) as store:
    report = add(store, inputs, readers=read_plainly, label="plain 1", progress=lambda step: print(step.done, step.outcome, flush=True))
print("end", report.new, report.seen, len(report.failures), flush=True)
"""


def read_plainly(settings: Settings) -> project.Attempt:
    """One bombing for each page with a bomb in it; trips over pages that say so."""

    def attempt(capture: Capture) -> Report | Failure:
        text = capture.content.decode()
        if "unreadable" in text:
            return Failure(capture.origin, "no words", "look at it", "read")
        document = replace(document_of(capture, text, title=""), published=settings.published, outlet=settings.outlet)
        build = Builder(document)
        if "bomb" in text:
            build.event("bomb", "bombing", [])
        return build.report()

    return attempt


def add(store: Store, *inputs: Path | str, label: str = "plain 1", **settings: str) -> project.AddReport:
    return project.add(store, [str(item) for item in inputs], settings=Settings(**settings), readers=read_plainly, label=label)  # type: ignore[arg-type]


def write_table(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def texts(number: int, *, first: int = 0) -> list[str]:
    return [f"Report {n} from the valley: a bomb went off near bridge {n}, and nobody was hurt." for n in range(first, first + number)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "p.purport", create=True) as opened:
        yield opened


def start(path: Path, *inputs: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WORKER, str(path), "|".join(map(str, inputs)), *sys.path]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def kill_after(worker: subprocess.Popen[str], *, lines: int, pause: float) -> bool:
    """Kill a worker once it has said so many lines, somewhere in the page after; False if it was done before."""
    assert worker.stdout is not None
    for _, line in zip(range(lines), worker.stdout, strict=False):
        if line.startswith("end"):
            worker.wait(timeout=30)
            return False
    time.sleep(pause)
    worker.kill()
    worker.wait(timeout=30)
    return True


def test_killed_at_any_point_everything_is_there_once_in_the_end(tmp_path: Path) -> None:
    chance = random.Random(20151202)
    path, table = tmp_path / "p.purport", write_table(tmp_path / "pages.jsonl", [*texts(PAGES), "This one is unreadable."])
    kills = 0
    with start(path, table) as worker:  # while the file is made
        while not path.exists() and worker.poll() is None:
            time.sleep(0.0005)
        kills += kill_after(worker, lines=0, pause=0.0)
    for _ in range(40):
        # A page seen before is a line too: each run has to pass those of the runs before it.
        kept = _documents(path)
        with start(path, table) as worker:
            if not kill_after(worker, lines=kept + chance.randrange(25, 75), pause=chance.random() * 0.01):
                break
            kills += 1
    else:
        pytest.fail("never came to an end")
    assert kills >= 4
    with Store(path) as store:
        everything = {
            "captures": PAGES + 1,
            "sightings": PAGES + 1,
            "documents": PAGES,
            "readings": PAGES,
            "events": PAGES,
            "claims": PAGES,
        }
        assert store.counts() | everything | {"failures": 1, "past_claims": 0} == store.counts()
        assert store.verify() == ()
        assert store.search("valley").total == PAGES


def _documents(path: Path) -> int:
    with Store(path, create=True) as store:
        return store.counts()["documents"]


def test_two_processes_add_to_one_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "p.purport"
    tables = [write_table(tmp_path / f"{n}.jsonl", texts(120, first=n * 60)) for n in range(2)]
    workers = [start(path, table) for table in tables]
    outputs = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    ends = [list(map(int, output.splitlines()[-1].split()[1:])) for output in outputs]
    assert sum(new for new, _, _ in ends) == 180
    assert [new + seen for new, seen, _ in ends] == [120, 120]
    with Store(path) as store:
        assert store.counts() | {"captures": 180, "documents": 180, "readings": 180, "sightings": 240} == store.counts()
        assert store.verify() == ()


def test_what_became_of_each_page(store: Store, tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.jsonl", ["A bomb went off.", "This is unreadable.", "Calm."])
    steps: list[project.Step] = []
    inputs = [str(table), str(tmp_path / "missing.html")]
    report = project.add(store, inputs, readers=read_plainly, label="plain 1", progress=steps.append)
    assert (report.new, report.seen, report.reread, report.pages, report.interrupted) == (2, 0, 0, 4, False)
    assert [failure.what for failure in report.failures] == ["no words", "no such file or folder"]
    assert [(step.done, step.outcome) for step in steps] == list(
        enumerate([Outcome.NEW, Outcome.FAILED, Outcome.NEW, Outcome.FAILED], start=1)
    )
    assert steps[-1].where == str(tmp_path / "missing.html")


def test_a_second_run_reads_nothing_again_but_what_failed(store: Store, tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.jsonl", [*texts(3), "This is unreadable."])
    add(store, table)
    before = store.counts()
    report = add(store, table)
    assert (report.new, report.seen, len(report.failures)) == (0, 3, 1)
    assert store.counts() == before


def test_another_reader_reads_again(store: Store, tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.jsonl", texts(3))
    add(store, table)
    report = add(store, table, label="plain 2")
    assert (report.new, report.reread) == (0, 3)
    assert {r.reader for r in store.reports()} == {"plain 2"}


def test_what_the_user_says_about_a_page_stays_with_it(store: Store, tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.jsonl", ["A bomb went off."])
    add(store, table)
    assert add(store, table, published="2015-12-02").reread == 1
    assert add(store, table, outlet="The Mirror").reread == 1
    assert add(store, table).seen == 1
    project.reread(store, readers=read_plainly, label="plain 2")
    (report,) = store.reports()
    assert (report.document.published, report.document.outlet, report.reader) == ("2015-12-02", "The Mirror", "plain 2")


def test_an_interruption_leaves_what_was_done_and_can_be_gone_on_with(store: Store, tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.jsonl", texts(6))

    def stop(step: project.Step) -> None:
        if step.done == 4:
            raise KeyboardInterrupt

    report = project.add(store, [str(table)], readers=read_plainly, label="plain 1", progress=stop)
    assert (report.interrupted, report.new) == (True, 4)
    assert store.verify() == ()
    report = add(store, table)
    assert (report.interrupted, report.new, report.seen) == (False, 2, 4)


def test_an_interrupted_rereading_can_be_gone_on_with(store: Store, tmp_path: Path) -> None:
    add(store, write_table(tmp_path / "pages.jsonl", texts(5)))

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    first = project.reread(store, readers=read_plainly, label="plain 2", progress=stop)
    assert (first.interrupted, first.pages) == (True, 1)
    second = project.reread(store, readers=read_plainly, label="plain 2")
    assert (second.interrupted, second.pages, second.kept, second.changed) == (False, 4, 4, ())


def test_rereading_lists_pages_that_changed(store: Store, tmp_path: Path) -> None:
    add(store, write_table(tmp_path / "pages.jsonl", ["A bomb went off.", "Calm.", "This bomb is unreadable."]))

    def see_no_bombs(settings: Settings) -> project.Attempt:
        return lambda capture: replace(read_plainly(settings)(capture), events=())  # type: ignore[type-var]

    def attempt(settings: Settings) -> project.Attempt:
        blind, sighted = see_no_bombs(settings), read_plainly(settings)
        return lambda capture: sighted(capture) if b"unreadable" in capture.content else blind(capture)

    report = project.reread(store, readers=attempt, label="plain 2")
    assert (report.pages, report.kept, len(report.changed), len(report.failures)) == (3, 0, 1, 1)
    assert [claim.words for claim in report.changed[0].removed] == ["bomb"]


def test_a_page_that_cannot_be_kept_is_a_failure_and_the_run_goes_on(store: Store, tmp_path: Path) -> None:
    def one_id(settings: Settings) -> project.Attempt:
        def attempt(capture: Capture) -> Report | Failure:
            report = read_plainly(settings)(capture)
            assert isinstance(report, Report)
            return replace(report, document=replace(report.document, id="doc-same"), events=())

        return attempt

    report = project.add(store, [str(write_table(tmp_path / "pages.jsonl", texts(3)))], readers=one_id, label="plain 1")
    assert (report.new, [failure.stage for failure in report.failures]) == (1, ["store", "store"])
    assert store.counts() | {"captures": 3, "documents": 1} == store.counts()
    assert store.verify() == ()


def test_a_file_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "p.purport"
    Store(path, create=True).close()
    with Store(path, read_only=True) as store, pytest.raises(StoreError, match="readonly"):
        add(store, write_table(tmp_path / "pages.jsonl", texts(2)))


def test_export_filters_and_masks(store: Store, tmp_path: Path) -> None:
    add(store, write_table(tmp_path / "pages.jsonl", ["A bomb went off.", "Calm."]))
    file = io.StringIO()
    assert project.export(store, file, format="jsonl", query="type:bombing").number == 1
    assert json.loads(file.getvalue())["document"]["text"] == "A bomb went off."
    assert project.export(store, io.StringIO(), format="csv", mask_names=True).number == 1
    with pytest.raises(SettingsError, match="no format 'xml'"):
        project.export(store, io.StringIO(), format="xml")
    with pytest.raises(QueryError):
        project.export(store, io.StringIO(), format="csv", query="nonsense:1")


def test_the_label_changes_with_knowledge_and_with_what_changes_the_reading(tmp_path: Path) -> None:
    plain = project.reader_label(Settings())
    assert project.reader_label(Settings(published="2015-01-01", outlet="x", fetch_timeout=1)) == plain
    assert project.reader_label(Settings(worldview="other")) != plain
    empty = project.reader_label(Settings(resources_dir=tmp_path))
    (tmp_path / "actors.tsv").write_text("name\nThe Reed Brigade\n")
    with_one = project.reader_label(Settings(resources_dir=tmp_path))
    (tmp_path / "actors.tsv").write_text("name\nThe Rush Brigade\n")
    assert len({empty, with_one, project.reader_label(Settings(resources_dir=tmp_path))}) == 3


def break_down(capture: Capture, *, settings: Settings) -> Document:
    raise RecursionError("too deep")


def refuse(capture: Capture, *, settings: Settings) -> Document:
    raise InputError("no words", where=capture.origin, remedy="look")


@pytest.mark.parametrize(("stage", "what"), [(break_down, "the reader broke on this page: RecursionError: too deep"), (refuse, "no words")])
def test_a_fault_in_the_reading_is_a_failure_of_that_page(stage: Callable[..., Document], what: str) -> None:
    from purport.pipeline import Pipeline

    failure = project.guarded(Pipeline(Settings(), extract=stage).attempt)(Capture("cap-1", "a.html", "sha256:0", b"", "text/html"))
    assert isinstance(failure, Failure)
    assert (failure.where, failure.stage) == ("a.html", "read")
    assert failure.what.startswith(what)
    assert (failure.what == what) or "(test_project.py:" in failure.what
