"""A project in which people have decided all kinds of things, and what an export of it holds, for tests of what leaves a file."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from invented_reports import bomb_page, span_of
from purport import erasing, finding
from purport.decisions import AddedEvent, SensitivityLevel
from purport.model import Change, Claim, EntityKind, EventType, Factuality, Role, Thing, Value, Verdict, claim_id, event_id
from purport.store import Store

CORRECTED = "the corrected cell of Kirkuk"
VICTIM = "Haddouli"  #: named by the machine on the page of the bomb
ADDED = "Market in Aleppo"  #: what people, in this test, say is the name of another victim on that page
REJECTED = "Islamic State"


def decided_copy(source: Path, target: Path) -> dict[str, str]:
    """A copy in which claims are corrected, rejected and added, an incident is restricted and a page erased.

    What must not get out comes out, by the reason.
    """
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with Store(target) as store:
        _judge(store)
        others = [report for report in store.reports() if report.events and report.document.id != bomb_page()[1].document.id]
        restricted, erased = others[0], others[-1]
        store.reviews.set_sensitivity([restricted.events[0].id], level=SensitivityLevel.RESTRICTED, why="a test", coder="Cass")
        erasing.erase(store, store.erasing.pages_of(erased.document.id), why="asked for", coder="Edda")
        finding.refresh(store)
    return {
        "victim": VICTIM,
        "victim in capitals": VICTIM.upper(),
        "restricted page": restricted.document.id,
        "restricted event": restricted.events[0].id,
        "erased event": erased.events[0].id,
        "erased title": erased.document.title or "no title",
    }


def _judge(store: Store) -> None:
    _, report = bomb_page()
    bombing = report.events[0]
    claims = {claim.role: claim for claim in bombing.claims}
    store.judge(claims[Role.PERPETRATOR].id, Verdict.CORRECT, coder="Cass", value=Thing(CORRECTED), change=Change())
    store.judge(claims[Role.TARGET].id, Verdict.REJECT, coder="Cass")
    store.reviews.add(report.document.id, *added_event(), coder="Cass", words=("attack", "attack", "Tidewater Agency"))


def added_event() -> tuple[AddedEvent, Claim, Claim]:
    """An event that the machine missed on the page of the bomb, with a victim whom only a person names."""
    document = bomb_page()[1].document
    spans = (span_of(document.text, "attack"),)
    event = AddedEvent(event_id(document.id, spans), document.id, "armed_assault", spans)
    return (
        event,
        _claim(event, Role.TYPE, value=EventType("armed_assault"), words="attack"),
        _claim(event, Role.TARGET, value=Thing("Tidewater Agency", EntityKind.PERSON), words="Tidewater Agency"),
    )


def _claim(event: AddedEvent, role: Role, *, value: Value, words: str) -> Claim:
    spans = (span_of(bomb_page()[1].document.text, words),)
    id = claim_id(event_id=event.id, role=role, value=value, spans=spans, chain=[])
    return Claim(id, event.id, role, value, words, spans, None, Factuality.CERTAIN, origin="coder")


# ------------------------------------------------------------------ what a file holds
def content_of(target: Path) -> dict[str, bytes]:
    """Every file of an export; what is zipped unpacked, the time of writing aside."""
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
    return {file.name: file.read_bytes() for file in files}


def words_of(target: Path) -> str:
    """All that can be read in an export, whatever packs it."""
    import pyarrow.parquet as pq

    plain = [
        str(pq.read_table(io.BytesIO(content)).to_pylist()) if content[:4] == b"PAR1" else content.decode()
        for content in content_of(target).values()
    ]
    return "\n".join(plain)
