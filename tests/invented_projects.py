"""Small project files of invented pages: one incident that many sources tell, a page that attacks, one in Arabic, one of 60 kB."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hostile import hostile_page
from invented_reports import Builder, Page, capture_of, document_of, span_of
from purport.incidents.linking import PageLinker
from purport.merging import merge
from purport.model import (
    Block,
    BlockKind,
    Count,
    EntityKind,
    Place,
    Report,
    Role,
    SourceKind,
    Span,
    Stance,
    Thing,
    Time,
)
from purport.store import Store

SPEAKERS = (
    (SourceKind.NGO, "monitor"),
    (SourceKind.OFFICIAL, "governor"),
    (SourceKind.WITNESS, "resident"),
    (SourceKind.ARMED_GROUP, "brigade"),
    (SourceKind.CAPTIVE, "captive"),
)
FIRST_NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel")
LAST_NAMES = ("Watch", "Relief", "League", "Council", "Observatory")


def kept(path: Path, pages: Iterable[Page], *, described: bool = True) -> Path:
    """A project file with these pages, merged; ``described``: with the cards of its incidents, which take long for a page of 500 events."""
    with Store(path, create=True) as store:
        for capture, report in pages:
            store.add(capture, report)
        if described:
            merge(store)
        else:
            store.link(PageLinker())
    return path


def told_by(number: int) -> list[Page]:
    """So many pages about one bombing, each on the word of a source of its own with a count of its own."""
    return [_told_by_one(each) for each in range(number)]


def _told_by_one(number: int) -> Page:
    kind, noun = SPEAKERS[number % len(SPEAKERS)]
    name = f"the {FIRST_NAMES[number % 8]} {LAST_NAMES[number // 8 % 5]}"
    long = " of the Provinces Beyond the Upper River and of All Its Islands" if number == 1 else ""
    count = 10 + number % 3
    told = f"A car bomb killed {count} people at a market in Aleppo on 3 March 2015, {name}{long} {noun} said."
    text = f"Car bomb hits market in Aleppo\n\n{told}"
    capture = capture_of(text.encode(), origin=f"pages/{number}.html", url=f"https://outlet-{number}.example/bomb")
    outlet = f"The {FIRST_NAMES[number % 8]} Courier {number}{long}"
    build = Builder(replace(document_of(capture, text), outlet=outlet, published=f"2015-03-{4 + number % 9:02}"))
    flags = {"named": True, "party": kind is SourceKind.ARMED_GROUP, "duress": kind is SourceKind.CAPTIVE}
    voice = build.says(f"{name}{long} {noun}", "said", Stance.SAYS, kind=kind, **flags)
    aleppo = Place("Aleppo", "SY", "Aleppo", 170063, 36.20124, 37.16117, "exact")
    build.event(
        "car bomb",
        "bombing",
        [
            (Role.PLACE, aleppo, "Aleppo", voice),
            (Role.TIME, Time("2015-03-03", "2015-03-03"), "3 March 2015", voice),
            (Role.COUNT, Count("killed", count, count, "people"), f"{count} people", voice),
            (Role.TARGET, Thing("a market", EntityKind.FACILITY), "a market", voice),
        ],
        word=voice,
        voice="sources",
    )
    return capture, build.report()


def attacked(path: Path) -> Path:
    """A project whose one page attacks in every field."""
    return kept(path, [hostile_page()])


ARABIC = "انفجار في السوق\n\nقتل 12 شخصا في انفجار سيارة في حلب، قال المحافظ.\n\nA line in English stands here."


def arabic_page() -> Page:
    """A page in Arabic that was read, with a claim on somebody's word, and a block in English."""
    capture = capture_of(ARABIC.encode(), origin="pages/ar.html")
    blocks = tuple(Block(span_of(ARABIC, line), BlockKind.PARAGRAPH) for line in ARABIC.split("\n\n"))
    document = replace(
        document_of(capture, ARABIC, title="انفجار في السوق"), outlet="نافذة النهر", language="ar", blocks=blocks, published=None
    )
    build = Builder(document)
    governor = build.says("المحافظ", "قال", Stance.SAYS)
    build.event("انفجار سيارة", "bombing", [(Role.COUNT, Count("killed", 12, 12), "12 شخصا", governor)], word=governor, voice="sources")
    return capture, build.report()


SENTENCE = "On day {0} gunmen number {0} attacked village {0} and killed {0} farmers, the Alder governor said on Monday while people fled. "


def long_page(*, size: int = 60_000) -> Page:
    """A page of at least ``size`` characters whose every paragraph tells of an event, three voices deep."""
    paragraphs = [SENTENCE.format(100 + each) for each in range(size // 120)]
    text = "\n\n".join(paragraphs)
    capture = capture_of(text.encode(), origin="pages/long.html")
    starts = [0]
    for paragraph in paragraphs[:-1]:
        starts.append(starts[-1] + len(paragraph) + 2)
    blocks = tuple(Block(Span(start, start + len(p)), BlockKind.PARAGRAPH) for start, p in zip(starts, paragraphs, strict=True))
    build = Builder(replace(document_of(capture, text, title="A long day"), blocks=blocks))
    return capture, _with_events(build, paragraphs, starts=starts)


def _with_events(build: Builder, paragraphs: list[str], *, starts: list[int]) -> Report:
    """An event to each paragraph, its words found in that paragraph alone."""
    reports = []
    for number, (paragraph, start) in enumerate(zip(paragraphs, starts, strict=True), start=100):
        own = Builder(replace(build.document, text=paragraph, id=f"{build.document.id}-{number}"))
        outer = own.says("people", "fled", Stance.SAYS)
        governor = own.says("the Alder governor", "said", Stance.SAYS, parent=outer, named=True)
        claims = [
            (Role.PERPETRATOR, Thing(f"gunmen number {number}", EntityKind.ARMED_GROUP), f"gunmen number {number}", governor),
            (Role.COUNT, Count("killed", number, number, "farmers"), f"{number} farmers", governor),
            (Role.PLACE, Place(f"village {number}"), f"village {number}", governor),
        ]
        own.event("attacked", "armed_assault", claims, word=governor, voice="sources")
        reports.append(_moved(own.report(), start, document_id=build.document.id))
    links = tuple(link for report in reports for link in report.attributions)
    return Report(build.document, links, tuple(event for report in reports for event in report.events), build.entities, "rules 1")


def _moved(report: Report, by: int, *, document_id: str) -> Report:
    def spans(each: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(span.start + by, span.end + by) for span in each)

    links = []
    for link in report.attributions:
        source = link.source and replace(link.source, spans=spans(link.source.spans), named_spans=spans(link.source.named_spans))
        links.append(replace(link, source=source, cue=spans(link.cue), content=spans(link.content)))
    events = []
    for event in report.events:
        claims = tuple(replace(claim, spans=spans(claim.spans)) for claim in event.claims)
        events.append(replace(event, document_id=document_id, triggers=spans(event.triggers), claims=claims))
    return replace(report, attributions=tuple(links), events=tuple(events))
