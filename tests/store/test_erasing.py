"""Erasing pages: all that was made of them goes, also from the bytes of the file; a tombstone stays, and the log's chain holds."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from benchmarks.invented import Told, reports

from invented_reports import bomb_page
from purport import project
from purport.decisions import SensitivityLevel
from purport.errors import InputError, StoreError
from purport.incident import LinkVerdict
from purport.incidents.linking import PageLinker
from purport.model import Failure, Verdict
from purport.store import Store
from purport.store.carrying import WHY as CARRIED
from purport.store.erased_tables import ERASED, HARMLESS

MARKER = "Zyzzogeton"  #: stands in the page that goes and nowhere else
PAGES = reports(60, seed=5)
LINKER = PageLinker(window=2)


def marked(told: Told) -> Told:
    """The same page with the marker in its title, address and origin."""
    text = told.report.document.text
    assert MARKER not in text
    document = replace(told.report.document, title=f"{MARKER} {told.report.document.title}", outlet=f"The {MARKER} Post")
    capture = replace(told.capture, origin=f"{MARKER}.html", url=f"https://example.org/{MARKER}", hints={"title": MARKER})
    return replace(told, capture=capture, report=replace(told.report, document=document))


def filled(path: Path, pages: list[Told]) -> Store:
    store = Store(path, create=True)
    for page in pages:
        store.add(page.capture, page.report)
    store.link(LINKER)
    return store


def erase(store: Store, *ids: str, why: str = "asked for by the family") -> None:
    store.erasing.erase(store.erasing.pages_of(*ids), why=why, coder="Edda", linker=LINKER)


def incidents_of(store: Store) -> list[tuple[object, ...]]:
    return [(entry.id, entry.event_ids, entry.pages, entry.events, entry.first_day, entry.last_day) for entry in store.incidents()]


def words_of(path: Path) -> set[str]:
    """Every term of the full-text indexes."""
    connection = sqlite3.connect(path)
    found: set[str] = set()
    for table in ("page_words", "event_words"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.{table}_v USING fts5vocab (main, {table}, row)")
        found |= {term for (term,) in connection.execute(f"SELECT term FROM temp.{table}_v")}  # noqa: S608 - one of the two
    connection.close()
    return found


def file_bytes(path: Path) -> bytes:
    """The project file and what lies beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Pages in incidents; the first is marked, and people have said something of it."""
    path = tmp_path / "project.purport"
    pages = [marked(PAGES[0]), *PAGES[1:]]
    with filled(path, pages) as store:
        report = pages[0].report
        event = next(event for event in report.events if event.claims)
        claim = event.claims[0]
        store.judge(claim.id, Verdict.REJECT, coder="Cass", note=f"{MARKER} is misread")
        store.reviews.comment(event.id, f"see {MARKER}", coder="Cass")
        store.reviews.set_sensitivity([event.id], level=SensitivityLevel.RESTRICTED, why=f"{MARKER} is a child", coder="Cass")
        other = next(each for page in pages[1:] for each in page.report.events)
        store.judge_link(event.id, other.id, verdict=LinkVerdict.SAME, coder="Cass", note=MARKER)
        store.link(LINKER)
        again = replace(pages[0].capture, origin=f"again/{MARKER}")
        store.add(again, report)
        store.add(pages[0].capture, replace(report, reader="invented 2"))
        store.link(LINKER)
    return path


def marked_id() -> str:
    return marked(PAGES[0]).report.document.id


# ------------------------------------------------------------------ what goes
def test_nothing_of_the_page_is_left_in_the_bytes(whole: Path) -> None:
    assert MARKER.encode() in file_bytes(whole)
    assert MARKER.lower() in words_of(whole)
    with Store(whole) as store:
        erase(store, marked_id())
        assert MARKER.lower().encode() not in file_bytes(whole).lower(), "while the file is open"
        assert store.verify() == ()
    assert MARKER.lower().encode() not in file_bytes(whole).lower()
    assert MARKER.lower() not in words_of(whole)


def test_the_texts_and_bytes_go(whole: Path) -> None:
    page = marked(PAGES[0])
    words = page.report.document.text
    with Store(whole) as store:
        erase(store, marked_id())
        connection = store._connection
        assert connection.execute("SELECT count(*) FROM contents WHERE digest = ?", (page.capture.digest,)).fetchone()[0] == 0
        assert connection.execute("SELECT count(*) FROM texts WHERE text = ?", (words,)).fetchone()[0] == 0
        for table, column in (("readings", "document_id"), ("documents", "id")):
            sql = f"SELECT count(*) FROM {table} WHERE {column} = ?"  # noqa: S608 - one of the two
            assert connection.execute(sql, (marked_id(),)).fetchone()[0] == 0


def test_the_others_are_as_if_it_had_never_come(tmp_path: Path) -> None:
    stay = [page for at, page in enumerate(PAGES) if at % 4]
    with filled(tmp_path / "some", stay) as some:
        expected, words = incidents_of(some), words_of(tmp_path / "some")
    with filled(tmp_path / "all", PAGES) as store:
        erase(store, *(page.report.document.id for at, page in enumerate(PAGES) if not at % 4))
        assert incidents_of(store) == expected
        assert store.verify() == ()
        assert store.link(LINKER).moved == 0, "there is nothing left to settle"
    assert words_of(tmp_path / "all") == words


def test_a_shared_text_stays_with_the_other_page(store: Store) -> None:
    capture, report = bomb_page()
    other = replace(capture, id="cap-other", digest="sha256:" + "0" * 64)
    content = capture.content + b" "
    from purport.model import digest_of

    other = replace(capture, id="cap-other", content=content, digest=digest_of(content))
    store.add(capture, report)
    twin = replace(report.document, id="doc-other", capture_id="cap-other")
    store.add(other, replace(report, document=twin, events=(), attributions=()))
    erase(store, report.document.id)
    assert store.report("doc-other").document.text == report.document.text
    assert store.verify() == ()


def test_a_failed_page_can_be_erased(store: Store) -> None:
    capture, _ = bomb_page()
    store.add(capture, Failure(where=capture.origin, what="no words", stage="read"))
    erase(store, capture.id)
    assert store.failures() == ()
    assert store.verify() == ()
    assert store.erasing.tombstones()[0].document_id == ""


# ------------------------------------------------------------------ what stays
def test_a_tombstone_stays(whole: Path) -> None:
    with Store(whole) as store:
        erase(store, marked_id(), why="asked for by the family")
        (stone,) = store.erasing.tombstones()
    page = marked(PAGES[0])
    assert (stone.document_id, stone.capture_id, stone.digest) == (page.report.document.id, page.capture.id, page.capture.digest)
    assert (stone.why, stone.coder) == ("asked for by the family", "Edda")
    assert stone.counts["judgements"] == 1 and stone.counts["comments"] == 1 and stone.counts["readings"] == 2


def test_the_same_bytes_are_not_taken_in_again(whole: Path) -> None:
    page = marked(PAGES[0])
    with Store(whole) as store:
        erase(store, marked_id(), why="asked for by the family")
        for outcome in (page.report, Failure(where="x", what="y", stage="read")):
            with pytest.raises(InputError, match=r"was erased on 20.* because: asked for by the family"):
                store.add(page.capture, outcome)
        assert store.counts()["failures"] == 0
        with pytest.raises(sqlite3.IntegrityError, match="not taken in again"):
            store._connection.execute("INSERT INTO captures (id, digest, media_type, log) VALUES ('x', ?, '', 1)", (page.capture.digest,))
        assert store.verify() == ()


def test_adding_a_folder_tells_it_once_and_goes_on(tmp_path: Path) -> None:
    for number, words in enumerate(("Rebels shelled Gao on 3 May 2021.", "A bomb killed two people in Kidal on 4 May 2021.")):
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
    inputs = [str(tmp_path / "0.txt"), str(tmp_path / "1.txt")]

    def reader(_: object) -> project.Attempt:
        return lambda capture: Failure(where=capture.origin, what="not read here", stage="read")

    with Store(tmp_path / "p.purport", create=True) as store:
        project.add(store, inputs, readers=reader, label="none 1")
        erase(store, inputs[0])
        found = project.add(store, inputs, readers=reader, label="none 1")
        assert [("was erased" in failure.what) for failure in found.failures] == [True, False]
        assert [failure.where for failure in store.failures()] == [inputs[1]]


def test_a_page_is_erased_once(whole: Path) -> None:
    with Store(whole) as store:
        erase(store, marked_id())
        with pytest.raises(StoreError, match="was erased on"):
            erase(store, marked_id())


def test_how_sensitive_an_incident_is_outlives_the_page(tmp_path: Path) -> None:
    with filled(tmp_path / "p.purport", PAGES) as store:
        entry = next(entry for entry in store.incidents() if entry.pages > 1)
        gone, *staying = entry.event_ids
        store.reviews.set_sensitivity([gone], level=SensitivityLevel.RESTRICTED, why="a child", coder="Cass")
        document = next(page.report.document.id for page in PAGES if any(event.id == gone for event in page.report.events))
        erase(store, document)
        said = store.reviews.sensitivity(staying)
        assert said is not None and (said.level, said.why) == (SensitivityLevel.RESTRICTED, CARRIED)
        assert store.verify() == ()


# ------------------------------------------------------------------ the log
def test_only_the_entries_that_quote_are_emptied(whole: Path) -> None:
    with Store(whole) as store:
        before = dict(store._connection.execute("SELECT entry, detail FROM log"))
        erase(store, marked_id())
        after = dict(store._connection.execute("SELECT entry, detail FROM log"))
    changed = {entry for entry in before if before[entry] != after[entry]}
    assert {entry for entry in before if MARKER in before[entry]} <= changed
    assert {after[entry] for entry in changed} == {"{}"}
    assert len(changed) == 7, "added, read again, met again; a judgement, a comment, a sensitivity, a judgement of two"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE log SET detail = '{}' WHERE entry = 5", "hash is not that of its content"),
        ("UPDATE log SET detail = '{\"a\": 1}' WHERE entry = {emptied}", "left it"),
        ("UPDATE log SET subject = 'other' WHERE entry = {emptied}", "left it"),
        ("UPDATE log SET at = '2001-01-01T00:00:00+00:00' WHERE entry = {emptied}", "left it"),
        ("UPDATE log SET hash = 'x' WHERE entry = {emptied}", "left it"),
        ("UPDATE log SET detail = replace(detail, '[1,', '[5,') WHERE action = 'erase'", "hash is not that of its content"),
        ("DELETE FROM tombstones", "tombstone is not the one in the log"),
        ("UPDATE tombstones SET why = 'nothing'", "tombstone is not the one in the log"),
        ("INSERT INTO erasing VALUES ('x')", "was not finished"),
    ],
)
def test_any_other_change_is_found(whole: Path, change: str, told: str) -> None:
    with Store(whole) as store:
        erase(store, marked_id())
        assert store.verify() == ()
    connection = sqlite3.connect(whole)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    (emptied,) = connection.execute("SELECT min(entry) FROM log WHERE detail = '{}'").fetchone()
    connection.execute(change.replace("{emptied}", str(emptied)))
    connection.commit()
    connection.close()
    with Store(whole) as store:
        assert any(told in broken.what for broken in store.verify()), store.verify()


@pytest.mark.parametrize("statement", ["UPDATE log SET detail = '{}'", "DELETE FROM captures", "DELETE FROM readings", "DELETE FROM log"])
def test_nothing_goes_without_an_erasure(whole: Path, statement: str) -> None:
    with Store(whole) as store, pytest.raises(sqlite3.IntegrityError, match="never"):
        store._connection.execute(statement)


# ------------------------------------------------------------------ what is asked
def test_a_preview_changes_nothing(whole: Path) -> None:
    with Store(whole) as store:
        before = file_bytes(whole)
        seen = store.erasing.preview(store.erasing.pages_of(marked_id()))
        assert file_bytes(whole) == before
        assert seen.pages[0].origin == f"{MARKER}.html" and seen.entries == 7
        made = store.erasing.erase(store.erasing.pages_of(marked_id()), why="x", coder="y", linker=LINKER)
    assert made == seen


@pytest.mark.parametrize("kind", ["document", "beginning", "capture", "address", "origin", "incident"])
def test_what_a_page_goes_by(whole: Path, kind: str) -> None:
    page = marked(PAGES[0])
    asked = {
        "document": page.report.document.id,
        "beginning": page.report.document.id[:12],
        "capture": page.capture.id,
        "address": page.capture.url,
        "origin": page.capture.origin,
    }
    with Store(whole) as store:
        incident = store.incident_of(page.report.events[0].id)
        found = store.erasing.pages_of(asked.get(kind) or incident)
        assert page.capture.id in found
        assert len(found) == 1 or kind == "incident"


@pytest.mark.parametrize("asked", ["", "x", "doc-nothing-of-the-kind", "inc-0000000000000000", "%"])
def test_what_is_no_page_is_told(whole: Path, asked: str) -> None:
    with Store(whole) as store, pytest.raises(StoreError):
        store.erasing.pages_of(asked)


def test_an_event_is_no_page(whole: Path) -> None:
    with Store(whole) as store, pytest.raises(StoreError, match="whole pages are erased"):
        store.erasing.pages_of(PAGES[1].report.events[0].id)


@pytest.mark.parametrize(("why", "coder"), [("", "Edda"), (" ", "Edda"), ("because", " ")])
def test_a_reason_and_a_name_are_needed(whole: Path, why: str, coder: str) -> None:
    with Store(whole) as store, pytest.raises(StoreError, match="needs a reason"):
        store.erasing.erase(store.erasing.pages_of(marked_id()), why=why, coder=coder, linker=LINKER)


def test_incidents_of_another_linker_are_made_anew_first(whole: Path) -> None:
    with Store(whole) as store, pytest.raises(StoreError, match="run `purport merge` first"):
        store.erasing.erase(store.erasing.pages_of(marked_id()), why="x", coder="y", linker=PageLinker(window=3))


# ------------------------------------------------------------------ whole or not at all
KILLED = """
import os, signal, sys
from purport.incidents.linking import PageLinker
from purport.store import Store, cleaning, erasing
at = sys.argv[3]
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
if at == "settled": erasing._delete = die
if at == "deleted": erasing._bury = die
if at == "buried": cleaning.merge_words = die
if at == "committed": cleaning.clean = die
if at == "rewritten": cleaning._fold = die
with Store(sys.argv[1]) as store:
    store.erasing.erase(store.erasing.pages_of(sys.argv[2]), why="x", coder="y", linker=PageLinker(window=2))
"""


@pytest.mark.parametrize("at", ["settled", "deleted", "buried", "committed", "rewritten"])
def test_a_killed_erasure_is_whole_or_not_at_all(whole: Path, at: str) -> None:
    with Store(whole) as store:
        before = store.counts()
    ran = subprocess.run([sys.executable, "-c", KILLED, str(whole), marked_id(), at], env=os.environ, timeout=120)
    assert ran.returncode == -signal.SIGKILL
    with Store(whole) as store:
        if at in ("committed", "rewritten"):
            assert [broken.what for broken in store.verify()] == [
                "the file was not written anew after this erasure: run `purport erase DB --clean`"
            ]
            assert store.erasing.needs_cleaning()
            store.erasing.clean()
            assert MARKER.lower().encode() not in file_bytes(whole).lower()
        else:
            assert store.counts() == before
        assert store.verify() == ()


def test_cleaning_waits_for_nobody_for_ever(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(whole)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM documents").fetchone()
    with Store(whole) as store:
        store._connection.execute("PRAGMA busy_timeout=50")
        with pytest.raises(StoreError, match="--clean"):
            erase(store, marked_id())
        other.rollback()
        store.erasing.clean()
        assert store.verify() == ()
    other.close()
    assert MARKER.lower().encode() not in file_bytes(whole).lower()


# ------------------------------------------------------------------ every table is decided about
def test_every_table_is_erased_from_or_harmless(whole: Path) -> None:
    with Store(whole) as store:
        tables = {name for (name,) in store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        virtual = ("page_words_", "event_words_", "place_boxes_", "sqlite_")
        undecided = {table for table in tables if not table.startswith(virtual)} - {each.table for each in ERASED} - set(HARMLESS)
    assert undecided == set(), "add them to store/erased_tables.py: what goes with a page, or why nothing does"


def test_every_line_of_the_list_can_be_run(whole: Path) -> None:
    with Store(whole) as store:
        tables = {name for (name,) in store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {each.table for each in ERASED} - tables <= {"codings", "round_units"}


# ------------------------------------------------------------------ how long pages are kept
def dated(told: Told, *, retrieved: str | None, published: str | None) -> Told:
    capture = replace(told.capture, retrieved_at=datetime.fromisoformat(retrieved).replace(tzinfo=UTC) if retrieved else None)
    return replace(told, capture=capture, report=replace(told.report, document=replace(told.report.document, published=published)))


def test_what_is_due(tmp_path: Path) -> None:
    pages = [
        dated(PAGES[0], retrieved="2020-01-01", published="2019-12-30"),
        dated(PAGES[1], retrieved="2024-01-01", published="2010-01-01"),
        dated(PAGES[2], retrieved=None, published=None),
    ]
    ids = [page.report.document.id for page in pages]
    with filled(tmp_path / "p.purport", pages) as store:
        retention = store.erasing.retention
        assert retention.due() == ()
        rule = retention.add(days=365, since="retrieval", level="", why="our plan", coder="Edda")
        assert [page.document_id for page in retention.due(today=date(2024, 6, 1))] == [ids[0]]
        retention.add(days=3650, since="publication", level="", why="our plan", coder="Edda")
        assert [page.document_id for page in retention.due(today=date(2024, 6, 1))] == [ids[1], ids[0]]
        retention.remove(rule.id, coder="Edda")
        assert [page.document_id for page in retention.due(today=date(2024, 6, 1))] == [ids[1]]
        with pytest.raises(StoreError, match="no such rule"):
            retention.remove(rule.id, coder="Edda")
        assert store.counts()["documents"] == 3, "a rule alone erases nothing"
        assert store.verify() == ()


def test_a_rule_for_a_sensitivity(tmp_path: Path) -> None:
    pages = [dated(page, retrieved="2020-01-01", published=None) for page in PAGES[:20]]
    with filled(tmp_path / "p.purport", pages) as store:
        event = next(event for page in pages for event in page.report.events)
        store.erasing.retention.add(days=30, since="retrieval", level="restricted", why="our plan", coder="Edda")
        assert store.erasing.retention.due() == ()
        store.reviews.set_sensitivity([event.id], level=SensitivityLevel.RESTRICTED, why="captives", coder="Cass")
        entry = next(entry for entry in store.incidents() if event.id in entry.event_ids)
        assert len(store.erasing.retention.due()) == entry.pages
        store.reviews.set_sensitivity([event.id], level=SensitivityLevel.OPEN, why="no", coder="Cass")
        assert store.erasing.retention.due() == ()


@pytest.mark.parametrize(
    "rule",
    [
        {"days": 0, "since": "retrieval", "level": "", "why": "x"},
        {"days": 10, "since": "birth", "level": "", "why": "x"},
        {"days": 10, "since": "retrieval", "level": "secret", "why": "x"},
        {"days": 10, "since": "retrieval", "level": "", "why": " "},
    ],
)
def test_a_rule_must_make_sense(store: Store, rule: dict[str, object]) -> None:
    with pytest.raises(StoreError):
        store.erasing.retention.add(coder="Edda", **rule)  # type: ignore[arg-type]


def test_a_copy_of_the_file_keeps_the_page(whole: Path, tmp_path: Path) -> None:
    """Said in docs/security.md: an erasure reaches this one file."""
    copy = Path(shutil.copy(whole, tmp_path / "backup.purport"))
    with Store(whole) as store:
        erase(store, marked_id())
    with Store(copy) as store:
        assert store.report(marked_id()).document.title.startswith(MARKER)
