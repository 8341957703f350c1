"""What is broken is named; every case breaks one thing in a whole file, past the triggers that guard it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from invented_reports import Page, bomb_page
from purport.model import Report, Span, Verdict
from purport.store import Store
from purport.store.verify import broken_claims


def tamper(path: Path, *statements: str) -> None:
    """Change the file as somebody would who wants to hide it: without the triggers."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    connection.close()


CASES = [
    ("bytes", "UPDATE contents SET compressed = x'789c030000000001'", "sha256:", "its bytes are not those of the digest"),
    ("bytes cut short", "UPDATE contents SET compressed = substr(compressed, 1, 20)", "sha256:", "cut short"),
    ("bytes of no kind", "UPDATE contents SET compressed = x'00'", "sha256:", "damaged"),
    ("other bytes' digest", "UPDATE captures SET digest = 'sha256:0'", "cap-", "its digest is not the one in the log"),
    ("where it was met", "DELETE FROM sightings", "cap-", "it was never met anywhere"),
    ("text", "UPDATE texts SET text = replace(text, '12 people', '21 people')", "sha256:", "its text is not that of the digest"),
    ("a quote", "UPDATE texts SET text = replace(text, '12 people', '21 people')", "clm-", "its quote is not what its spans hold"),
    ("a shorter text", "UPDATE texts SET text = substr(text, 1, 40)", "clm-", "is not inside its text"),
    ("record", "UPDATE readings SET record = x'00'", "rdg-", "its record cannot be read"),
    ("record's digest", "UPDATE readings SET digest = 'sha256:0'", "rdg-", "its record is not that of its digest"),
    ("claim's words", "UPDATE claims SET words = 'x' WHERE role = 'count'", "clm-", "the claim's row is not that of its reading"),
    ("claim's value", "UPDATE claims SET low = 99 WHERE role = 'count'", "clm-", "the claim's row is not that of its reading"),
    ("claim gone", "DELETE FROM claims WHERE role = 'count'", "evt-", "6 claim rows are kept for 7 of its reading"),
    ("event's status", "UPDATE events SET status = 'fact'", "evt-", "the event's row is not that of its reading"),
    ("attribution's source", "UPDATE attributions SET source = 'x'", "att-", "the attribution's row is not that of its reading"),
    ("header", "UPDATE documents SET published = '2001-01-01'", "doc-", "its header is not that of its reading"),
    ("parent", "DELETE FROM captures", "documents ", "points at a row of captures that is not there"),
    ("judgement", "UPDATE judgements SET verdict = 'reject'", "jdg-", "the judgement is not the one in the log"),
    ("log entry", "UPDATE log SET at = '2001-01-01' WHERE entry = 1", "log 1", "its hash is not that of its content"),
    ("log entry gone", "DELETE FROM log WHERE entry = 1", "log 1", "entries 1 to 1 are missing"),
    ("log's end gone", "DELETE FROM log WHERE entry = 2", "log 2", "the end of the log is missing"),
    ("reading gone", "DELETE FROM readings", "rdg-", "the log knows this reading, and it is not there"),
]


@pytest.mark.parametrize(("statement", "subject", "what"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_broken(filled: Store, path: Path, page: Page, statement: str, subject: str, what: str) -> None:
    filled.judge(page[1].events[0].claims[0].id, Verdict.ACCEPT, coder="Ada")
    assert filled.verify() == ()
    filled.close()
    tamper(path, statement)
    with Store(path, read_only=True) as store:
        broken = store.verify()
    assert any(item.id.startswith(subject) and what in item.what for item in broken), broken


def test_a_forged_entry_breaks_the_chain_even_with_its_own_hash_made_again(filled: Store, path: Path, page: Page) -> None:
    from purport.store.log import hash_of

    filled.judge(page[1].events[0].claims[0].id, Verdict.ACCEPT, coder="Ada")
    filled.close()
    connection = sqlite3.connect(path)
    _, _, action, subject, detail, previous, _ = connection.execute("SELECT * FROM log WHERE entry = 1").fetchone()
    connection.close()
    forged = hash_of(previous, 1, "2001-01-01", action, subject, detail)
    tamper(path, f"UPDATE log SET at = '2001-01-01', hash = '{forged}' WHERE entry = 1")  # noqa: S608 - a hash
    with Store(path) as store:
        assert [(item.id, item.what) for item in store.verify()] == [("log 2", "does not follow the entry before it")]


def test_damaged_pages_of_the_file_are_reported_not_raised(filled: Store, path: Path) -> None:
    filled.close()
    with closing(sqlite3.connect(path)) as connection:  # the schema stays whole, without which nothing can be opened
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'texts'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\x55" * size
    path.write_bytes(bytes(content))
    with Store(path, read_only=True) as store:
        assert any(item.id == "file" for item in store.verify())


def _with_claim(report: Report, **changes: object) -> Report:
    event = report.events[0]
    claim = replace(event.claims[1], **changes)  # type: ignore[arg-type]
    return replace(report, events=(replace(event, claims=(claim,)),))


REPORTS: list[tuple[str, Callable[[Report], Report], str]] = [
    ("whole", lambda r: r, ""),
    ("words", lambda r: _with_claim(r, words="the islamic state"), "its quote is not what its spans hold"),
    ("no span", lambda r: _with_claim(r, spans=(), words=""), "has no span"),
    ("span beyond the end", lambda r: _with_claim(r, spans=(Span(0, 10**6),)), "is not inside its text"),
    ("span turned round", lambda r: _with_claim(r, spans=(Span(9, 4),)), "is not inside its text"),
    ("other event's claim", lambda r: _with_claim(r, event_id="evt-other"), "belongs to evt-other"),
    ("chain without its end", lambda r: _with_claim(r, attribution_id="att-none"), "its chain names att-none"),
    (
        "parent gone",
        lambda r: replace(r, attributions=tuple(a for a in r.attributions if a.cue[0].of(r.document.text) != "carried by")),
        "its chain names",
    ),
    ("circle", lambda r: replace(r, attributions=tuple(replace(a, parent_id=a.id) for a in r.attributions)), "runs in a circle"),
    ("no trigger", lambda r: replace(r, events=(replace(r.events[0], triggers=()),)), "has no trigger"),
    ("other document's event", lambda r: replace(r, events=(replace(r.events[0], document_id="doc-x"),)), "belongs to doc-x"),
]


@pytest.mark.parametrize(("change", "what"), [case[1:] for case in REPORTS], ids=[case[0] for case in REPORTS])
def test_broken_claims(change: Callable[[Report], Report], what: str) -> None:
    found = [item.what for item in broken_claims(change(bomb_page()[1]))]
    assert (found == []) if not what else any(what in words for words in found)
