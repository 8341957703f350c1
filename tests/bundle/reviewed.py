"""The page of the bomb with every kind of decision about it, hostile words in all of them, and bundles of its incidents."""

from pathlib import Path

from decided_projects import added_event
from hostile import ATTACK, SCRIPT
from invented_reports import TEXT, bomb_page, plain_page, span_of
from purport import bundling, merging
from purport.bundling_decided import incident_comments
from purport.model import (
    Attribution,
    Change,
    Claim,
    Count,
    EntityKind,
    Factuality,
    Role,
    Source,
    SourceKind,
    Span,
    Stance,
    Thing,
    Verdict,
    claim_id,
    hashed_id,
)
from purport.store import Store

VICTIM = "Farid Haddouli"  #: as the machine read
TAKEN_BACK = "Omar Tamimi"  #: whom somebody took for a victim, and then did not
NOTE = f"Farid haddouli's brother\nsays so {ATTACK}"
CORRECTED = Thing(f"Northern Front {SCRIPT}", EntityKind.ARMED_GROUP)
SAID_TWICE = f"{TAKEN_BACK} is another man"


def voice() -> Attribution:
    """A voice that the machine did not hear."""
    words = (span_of(TEXT, "a baker"),)
    source = Source(words, (), None, SourceKind.WITNESS, False, False, False)
    key = hashed_id("att", "added", bomb_page()[1].document.id)
    return Attribution(key, source, (span_of(TEXT, "said on Tuesday"),), (Span(40, 60),), Stance.SAYS, None)


def missed_count() -> Claim:
    """A count of the bombing, on the added voice's word."""
    event = bomb_page()[1].events[0]
    spans, value = (span_of(TEXT, "12 people"), span_of(TEXT, "the dead")), Count("killed", 12, 12, "people")
    id = claim_id(event_id=event.id, role=Role.COUNT, value=value, spans=spans, chain=["added"])
    return Claim(id, event.id, Role.COUNT, value, "12 people … the dead", spans, voice().id, Factuality.PROBABLE, origin="coder")


def withdrawn_claim() -> Claim:
    """A victim whom somebody added and took back."""
    event, words = bomb_page()[1].events[0], "Tidewater Agency"
    value, spans = Thing("Tidewater Agency", EntityKind.PERSON), (span_of(TEXT, words),)
    id = claim_id(event_id=event.id, role=Role.TARGET, value=value, spans=spans, chain=["taken back"])
    return Claim(id, event.id, Role.TARGET, value, words, spans, None, Factuality.CERTAIN, origin="coder")


def decide(store: Store) -> None:
    """All kinds of decisions, by four people."""
    _, report = bomb_page()
    claims = {claim.role: claim for claim in report.events[0].claims}
    page = report.document.id
    store.reviews.add(page, voice(), coder="Ben", words=["a baker … said on Tuesday"])
    store.reviews.add(page, missed_count(), coder="Ben", words=["12 people … the dead"])
    store.reviews.add(page, missed_count(), coder="Cass", words=["12 people … the dead"])
    store.reviews.add(page, withdrawn_claim(), coder="Ada", words=["Tidewater Agency"])
    store.reviews.withdraw_additions(page, withdrawn_claim().id, coder="Ada")
    store.reviews.add(page, *added_event(), coder="Cass", words=("attack", "attack", "Tidewater Agency"))
    _judge(store, claims)
    merging.merge(store)
    for subject in (page, report.events[0].id, claims[Role.NAME].id, voice().id, added_event()[0].id, incident_of(store)):
        store.reviews.comment(subject, f"About {subject}: {NOTE}", coder=f"Dora {SCRIPT}")


def _judge(store: Store, claims: dict[Role, Claim]) -> None:
    store.judge(claims[Role.TYPE].id, Verdict.ACCEPT, coder="Ada", note=NOTE)
    change = Change((span_of(TEXT, "The Islamic State claimed"),), voice().id, Factuality.PROBABLE)
    store.judge(claims[Role.PERPETRATOR].id, Verdict.CORRECT, coder="Cass", value=CORRECTED, note=NOTE, change=change)
    store.judge(claims[Role.TARGET].id, Verdict.CORRECT, coder="Ben", value=Thing(TAKEN_BACK, EntityKind.PERSON), note=SAID_TWICE)
    store.judge(claims[Role.TARGET].id, Verdict.WITHDRAWN, coder="Ben", note=SAID_TWICE)
    store.judge(claims[Role.TIME].id, Verdict.REJECT, coder="Ben", note="too early")
    store.judge(claims[Role.PLACE].id, Verdict.REJECT, coder="Ada")
    store.judge(claims[Role.PLACE].id, Verdict.ACCEPT, coder="Ben")
    store.judge(claims[Role.COUNT].id, Verdict.REJECT, coder="Ada")
    store.judge(claims[Role.COUNT].id, Verdict.ACCEPT, coder="Edda", change=Change(settles=True), note="settled")
    store.judge(missed_count().id, Verdict.ACCEPT, coder="Edda")


def incident_of(store: Store) -> str:
    """The incident of the bombing."""
    return store.incident_of(bomb_page()[1].events[0].id)


def incidents_of(store: Store) -> list[str]:
    """That of the bombing and that of the event that was added."""
    return sorted({incident_of(store), store.incident_of(added_event()[0].id)})


def project_in(folder: Path) -> Path:
    """A project file of two pages with these decisions."""
    path = folder / "reviewed.purport"
    with Store(path, create=True) as store:
        for capture, report in (bomb_page(), plain_page(1)):
            store.add(capture, report)
        merging.merge(store)
        decide(store)
        assert incident_comments(store, incident_of(store))
    return path


def bundle_in(folder: Path, project: Path, *, mask_names: bool = False) -> Path:
    """The bundle of its incidents."""
    with Store(project, read_only=True) as store:
        ids = incidents_of(store)
    out = folder / ("masked.wacz" if mask_names else "reviewed.wacz")
    bundling.write(project, ids, out=out, mask_names=mask_names)
    return out
