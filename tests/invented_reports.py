"""Reports built by hand about invented pages, so that what keeps and writes them is tested without any reader."""

from dataclasses import replace

from purport.model import (
    Attribution,
    Block,
    BlockKind,
    Capture,
    Claim,
    Count,
    Document,
    Entity,
    EntityKind,
    Event,
    EventType,
    Factuality,
    Place,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Stance,
    Thing,
    Time,
    Value,
    claim_id,
    digest_of,
    event_id,
    hashed_id,
)

Page = tuple[Capture, Report]

TEXT = (
    "Car bomb hits market in Aleppo\n\n"
    "A car bomb killed at least 12 people in Aleppo on 3 March 2015, the governor said on Tuesday.\n\n"
    "The Islamic State claimed the attack in a statement carried by the Tidewater Agency. "
    "Farid Haddouli, a baker, was among the dead, a witness said.\n\n"
    "The group threatened to shell Homs."
)


def span_of(text: str, words: str, *, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def capture_of(content: bytes, *, origin: str = "page.html", url: str | None = None) -> Capture:
    digest = digest_of(content)
    return Capture("cap-" + digest[7:23], origin, digest, content, "text/html", url=url)


def document_of(capture: Capture, text: str, *, title: str = "Car bomb hits market in Aleppo") -> Document:
    return Document(
        id=hashed_id("doc", capture.id),
        capture_id=capture.id,
        text=text,
        title=title,
        outlet="The Harbour Courier",
        published="2015-03-04",
        published_from="meta article:published_time",
        url=capture.url,
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
        furniture=("Subscribe to our newsletter",),
    )


class Builder:
    """A report in the making; words are looked up in the text, so that every quote is exact."""

    def __init__(self, document: Document, *, reader: str = "rules 1") -> None:
        self.document = document
        self.reader = reader
        self.links: list[Attribution] = []
        self.events: list[Event] = []
        self.entities = (Entity("ent-1", "Islamic State", EntityKind.ARMED_GROUP, "IS", None, True),)

    def says(
        self,
        source: str | None,
        cue: str,
        stance: Stance,
        *,
        kind: SourceKind = SourceKind.OFFICIAL,
        parent: str | None = None,
        **flags: bool,
    ) -> str:
        text = self.document.text
        spans = (span_of(text, source),) if source else ()
        speaker = Source(spans, spans, None, kind, flags.get("named", False), flags.get("party", False), flags.get("duress", False))
        link_id = hashed_id("att", self.document.id, source, cue, parent)
        content = (Span(0, len(text)),)
        self.links.append(Attribution(link_id, speaker if source else None, (span_of(text, cue),), content, stance, parent, 0.9))
        return link_id

    def event(self, trigger: str, code: str, claims: list[tuple[Role, Value, str, str | None]], **derived: object) -> Event:
        trigger_span = span_of(self.document.text, trigger)
        key = event_id(self.document.id, (trigger_span,))
        made = tuple(self._claim(key, *claim) for claim in [(Role.TYPE, EventType(code), trigger, derived.pop("word", None)), *claims])
        event = Event(key, self.document.id, code, (trigger_span,), made, **derived)  # type: ignore[arg-type]
        self.events.append(event)
        return event

    def _claim(self, key: str, role: Role, value: Value, words: str, link: str | None) -> Claim:
        spans = (span_of(self.document.text, words),)
        identity = claim_id(event_id=key, role=role, value=value, spans=spans, chain=[link])
        return Claim(identity, key, role, value, words, spans, link, Factuality.CERTAIN, 0.75)

    def report(self) -> Report:
        return Report(self.document, tuple(self.links), tuple(self.events), self.entities, self.reader)


def bomb_report(document: Document, *, reader: str = "rules 1") -> Report:
    """The page of ``TEXT``: a bombing on the governor's and the group's word, and a threatened shelling."""
    build = Builder(document, reader=reader)
    governor = build.says("the governor", "said", Stance.SAYS)
    agency = build.says("the Tidewater Agency", "carried by", Stance.SAYS, kind=SourceKind.AGENCY, named=True)
    group = build.says("The Islamic State", "claimed", Stance.ADMITS, kind=SourceKind.ARMED_GROUP, parent=agency, named=True, party=True)
    witness = build.says("a witness", "said", Stance.SAYS, kind=SourceKind.WITNESS)
    threat = build.says("The group", "threatened", Stance.THREATENS, kind=SourceKind.ARMED_GROUP, party=True)
    aleppo = Place("Aleppo", "SY", "Aleppo", 170063, 36.20124, 37.16117, "exact")
    build.event(
        "car bomb",
        "bombing",
        [
            (Role.PERPETRATOR, Thing("Islamic State", EntityKind.ARMED_GROUP, "ent-1", "IS"), "The Islamic State", group),
            (Role.TARGET, Thing("Farid Haddouli", EntityKind.PERSON), "Farid Haddouli", witness),
            (Role.NAME, Thing("Farid Haddouli", EntityKind.PERSON), "Farid Haddouli", witness),
            (Role.PLACE, aleppo, "Aleppo", governor),
            (Role.TIME, Time("2015-03-03", "2015-03-03"), "3 March 2015", governor),
            (Role.COUNT, Count("killed", 12, None, "people"), "at least 12 people", governor),
        ],
        word=governor,
        voice="sources",
    )
    build.event(
        "shell",
        "shelling",
        [
            (Role.PERPETRATOR, Thing("The group", EntityKind.ARMED_GROUP), "The group", threat),
            (Role.PLACE, Place("Homs", "SY", "SY.11", None, None, None, "exact"), "Homs", threat),
        ],
        word=threat,
        voice="sources",
        reality="unrealised",
    )
    return build.report()


def bomb_page(
    *, origin: str = "page.html", url: str | None = "https://courier.example/a", text: str = TEXT, reader: str = "rules 1"
) -> Page:
    capture = capture_of(f"<html>{text}</html>".encode(), origin=origin, url=url)
    return capture, bomb_report(document_of(capture, text), reader=reader)


def plain_page(number: int, *, text: str = "", reader: str = "rules 1", **header: str | None) -> Page:
    """A page of its own with one told bombing in it."""
    body = text or f"Report number {number}: a bomb went off near the bridge."
    capture = capture_of(body.encode("utf-8", "surrogatepass"), origin=f"pages/{number}.html")
    build = Builder(replace(document_of(capture, body, title=f"Page {number}"), **header), reader=reader)  # type: ignore[arg-type]
    if "bomb" in body:
        build.event("bomb", "bombing", [])
    return capture, build.report()
