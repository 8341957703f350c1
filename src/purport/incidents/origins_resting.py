"""On whom each claim of each page rests, before names that mean one are brought together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from purport.incidents.competing_values import key_of
from purport.incidents.copies import Copy, block_at, copies, is_copied
from purport.incidents.origins_marks import Credit
from purport.incidents.origins_names import folded, is_same
from purport.incidents.origins_pages import Page
from purport.incidents.origins_speakers import Speaker, is_monitor, outlet_speaker, press_speaker, speakers_of
from purport.model import Attribution, Claim, Factuality, Role, Span, Spans, Stance
from purport.status import NEGATIVE, quote_of, source_words
from purport.timing import date_words

LATER_SHARE = 0.15  #: of its word runs, from which an outlet's second page is called a later state of its first
#: Count only where a page has nobody else: hearsay, what the reader could not resolve, people who comment on what others know.
NOBODY = frozenset({"unnamed:hearsay", "unnamed:nobody", "unnamed:expert"})
#: Who says no more than this says nothing of whether it happened: a group that claims a bombing is not why the outlet tells of it.
ASIDE = frozenset({Role.PERPETRATOR, Role.NAME})
UNHAPPENED = frozenset({Stance.DENIES, Stance.DOUBTS})


@dataclass(frozen=True, slots=True)
class Resting:
    """Claims of one page that rest on one speaker. ``page_why`` holds for the page as a whole (a copy, an agency's story)."""

    page: str
    speaker: Speaker
    claims: tuple[str, ...] = ()
    why: str = ""
    spans: Spans = ()
    via: tuple[str, ...] = ()
    tells: bool = True
    is_head: bool = False
    page_why: str = ""
    parent_id: str | None = None
    share: float | None = None


def restings_of(pages: Sequence[Page]) -> list[Resting]:
    """Every page's claims with whom they rest on."""
    resolver = _Resolver(pages)
    return [resting for page in pages for resting in resolver.of(page)]


class _Resolver:
    """Pages may rest on pages (copies, "the Courier reports"), so each is resolved once, on demand; a circle ends at its first page."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = {page.id: page for page in pages}
        self._of_outlet: dict[str, list[Page]] = {}
        for page in pages:
            self._of_outlet.setdefault(folded(page.document.outlet or ""), []).append(page)
        self._copies = copies([page.document for page in pages])
        self._done: dict[str, list[Resting]] = {}
        self._open: set[str] = set()

    def of(self, page: Page) -> list[Resting]:
        if page.id not in self._done:
            self._open.add(page.id)
            self._done[page.id] = self._resolved(page)
            self._open.discard(page.id)
        return self._done[page.id]

    # ------------------------------------------------------------------ one page
    def _resolved(self, page: Page) -> list[Resting]:
        said = [resting for claim in page.claims if page.chain(claim) for resting in self._said(claim, page)]
        plain = [claim for claim in page.claims if not page.chain(claim)]
        if is_monitor(page.outlet):
            said = [resting for resting in said if not resting.tells]
            plain = [claim for claim in page.claims if claim.id not in {each for resting in said for each in resting.claims}]
        named = [resting for resting in said if resting.speaker.key not in NOBODY]
        roles = {claim.id: claim.role for claim in page.claims}
        told = any(resting.tells and not resting.is_head and roles[resting.claims[0]] not in ASIDE for resting in named)
        found = named if told else [*named, *self._voice(page, plain)]
        found = found or said or self._voice(page, plain)
        whole = self._whole(page)
        return [replace(resting, **whole) for resting in self._with_plain(page, found, plain=plain)]  # type: ignore[arg-type]

    def _with_plain(self, page: Page, found: list[Resting], *, plain: Sequence[Claim]) -> list[Resting]:
        """What the outlet says itself: its own if it was there, else resting on whoever the page mostly rests on."""
        taken = {claim for resting in found for claim in resting.claims}
        left = tuple(claim.id for claim in plain if claim.id not in taken)
        if page.marks.own and self._copies.get(page.id) is None:
            return [
                *found,
                Resting(
                    page.id,
                    outlet_speaker(page),
                    left,
                    self._quoted("reports for itself", page, spans=page.marks.own[:1]),
                    page.marks.own[:1],
                ),
            ]
        telling = [resting for resting in found if resting.tells] or found
        if not left or not telling:
            return found
        return [*found, *_shared_out(left, telling, page=page)]

    def _said(self, claim: Claim, page: Page) -> list[Resting]:
        """On whom a claim rests that the page attributes."""
        chain = page.chain(claim)
        link, outer = chain[-1], chain[:-1]
        spans = _spans_of(link)
        head = bool(spans) and page.in_head(spans[0])
        via = tuple(source_words(each.source, page.text) for each in reversed(outer) if each.source and self._carries(each, page))
        tells = claim.factuality not in NEGATIVE and link.stance not in UNHAPPENED
        made = [self._placed(speaker, page, spans=spans, outer=outer) for speaker in speakers_of(link, page, outer=outer)]
        found = []
        for speaker in made:
            why = f"on the word of “{' '.join(source_words(link.source, page.text).split())}”" if link.source else "on hearsay"
            resting = Resting(page.id, speaker, (claim.id,), why, spans, via, tells, head)
            found += self._through_press(resting, page)
        return found

    def _carries(self, link: Attribution, page: Page) -> bool:
        """Only agencies and outlets carry a report; "the monitor said that the army said" is the reader's way of keeping both."""
        return speakers_of(link, page, outer=())[0].kind in ("agency", "outlet")

    def _placed(self, speaker: Speaker, page: Page, *, spans: Spans, outer: Sequence[Attribution]) -> Speaker:
        """Witnesses are told apart by who heard them: two outlets each have their own, a copied page has the original's."""
        if speaker.kind != "witness":
            return speaker
        key, name = self._carrier(page, spans, outer=outer)
        return replace(speaker, key=f"witness:{key}", name=f"witnesses heard by {name}")

    def _carrier(self, page: Page, spans: Spans, *, outer: Sequence[Attribution]) -> tuple[str, str]:
        for link in reversed(outer):
            if link.source and (speaker := speakers_of(link, page, outer=())[0]).kind in ("agency", "outlet"):
                return speaker.key, speaker.name
        block = block_at(page.document, spans[0]) if spans else None
        own = outlet_speaker(page)
        if block and any(block.span.covers(mark) for mark in (*page.marks.told, *page.marks.own)):
            return own.key, own.name
        copy = self._copies.get(page.id)
        if copy and (not spans or is_copied(page.document, spans[0], parent=self._pages[copy.parent_id].document)):
            return self._carrier(self._pages[copy.parent_id], (), outer=())
        if page.marks.credits:
            credited = press_speaker(page.marks.credits[0].name, entity=None, page=page)
            return self._page_key(credited)
        return own.key, own.name

    def _page_key(self, speaker: Speaker) -> tuple[str, str]:
        """The outlet of the incident that goes by this name ("MPA" is Meridian Press Agency), else the name itself."""
        page = self._page_of(speaker, besides="")
        found = outlet_speaker(page) if page else speaker
        return found.key, found.name

    # ------------------------------------------------------------------ outlets that rest on outlets
    def _through_press(self, resting: Resting, page: Page) -> list[Resting]:
        """What another outlet reports rests on what that outlet rests on, if its page is among those of the incident."""
        speaker = resting.speaker
        other = self._page_of(speaker, besides=page.id) if speaker.kind in ("agency", "outlet") else None
        if other is None or other.id in self._open or outlet_speaker(page).key == speaker.key:
            return [resting]
        grounds = self._grounds(other)
        return [
            replace(
                resting, speaker=ground.speaker, via=(*ground.via, other.outlet, *resting.via), why=f"{resting.why}, whose page rests on it"
            )
            for ground in grounds
        ] or [resting]

    def _page_of(self, speaker: Speaker, *, besides: str) -> Page | None:
        own = [page for page in self._pages.values() if page.document.outlet and page.id != besides]
        return next((page for page in own if outlet_speaker(page).key == speaker.key or is_same(page.outlet, speaker.name)), None)

    def _grounds(self, page: Page) -> list[Resting]:
        """One resting a speaker that tells, on a page."""
        telling = [resting for resting in self.of(page) if resting.tells and not resting.is_head]
        return list({resting.speaker.key: resting for resting in reversed(telling)}.values())[::-1]

    # ------------------------------------------------------------------ the page's own voice
    def _voice(self, page: Page, plain: Sequence[Claim]) -> list[Resting]:
        """Whom a page without quoted sources rests on: its original, the agency whose story it is, or the outlet itself."""
        claims = tuple(claim.id for claim in plain)
        telling = [c for c in plain if c.factuality not in NEGATIVE]
        tells = bool(telling) or not plain
        copy = self._copies.get(page.id)
        if copy and copy.parent_id not in self._open:
            return [
                Resting(page.id, ground.speaker, claims, "", (), (self._pages[copy.parent_id].outlet, *ground.via), tells)
                for ground in self._grounds(self._pages[copy.parent_id])
            ]
        if page.marks.credits:
            return self._credited(page, claims, tells=tells)
        if not plain:
            return []
        own, hedged = outlet_speaker(page), all(c.factuality is not Factuality.CERTAIN for c in plain)
        why = "in the outlet's own voice, hedged; no source given" if hedged else "in the outlet's own voice; no other source given"
        return [Resting(page.id, own, claims, why, tells=tells)]

    def _credited(self, page: Page, claims: tuple[str, ...], *, tells: bool) -> list[Resting]:
        found = []
        for credit in page.marks.credits:
            speaker = press_speaker(credit.name, entity=None, page=page)
            resting = Resting(page.id, speaker, claims, "", credit.spans, (), tells)
            found += self._through_press(resting, page)
        return [replace(resting, why="") for resting in found]

    # ------------------------------------------------------------------ the page as a whole
    def _whole(self, page: Page) -> dict[str, object]:
        """What holds for every claim of a page: that it is a copy, an agency's story, a translation, a later state of an earlier page."""
        parts = []
        copy = self._copies.get(page.id)
        earlier = self._earlier(page, copy)
        if earlier is not None:
            parts.append(self._later_words(page, earlier))
        elif copy is not None:
            parts.append(f"near-copy of the page of {self._pages[copy.parent_id].outlet}: {copy.share:.0%} of its word runs stand there")
        parts += [_credit_words(credit) for credit in page.marks.credits]
        parent = copy.parent_id if copy else earlier.id if earlier else None
        return {"page_why": "; ".join(parts), "parent_id": parent, "share": copy.share if copy else None}

    def _earlier(self, page: Page, copy: Copy | None) -> Page | None:
        """The page of the same outlet of which this is a later state."""
        own = [each for each in self._of_outlet[folded(page.document.outlet or "")] if each.id != page.id and each.document.outlet]
        before = [p for p in own if (p.document.published or "", p.id) < (page.document.published or "", page.id)]
        if copy and copy.parent_id in {p.id for p in before}:
            return self._pages[copy.parent_id]
        same_address = [p for p in before if p.document.url and p.document.url == page.document.url]
        if same_address or ((page.marks.update or page.marks.correction) and before):
            return (same_address or before)[0]
        return None

    def _later_words(self, page: Page, earlier: Page) -> str:
        what = "correction" if page.marks.correction else "later state"
        day = f" of {date_words(earlier.document.published)}" if earlier.document.published else ""
        marked = page.marks.correction or page.marks.update
        return f"a {what} of the same outlet's page{day}" + (f": “{marked[:90]}”" if marked else "")

    def _quoted(self, words: str, page: Page, *, spans: Sequence[Span]) -> str:
        return f"{words} “{' '.join(quote_of(page.text, tuple(spans)).split())}”"


def _shared_out(left: Sequence[str], telling: Sequence[Resting], *, page: Page) -> list[Resting]:
    """What the outlet repeats itself, each claim with whoever says the same on the page, else with whom the page mostly rests on."""
    keys = {claim.id: key_of(claim) for claim in page.claims}
    numbers: dict[str, int] = {}
    for resting in telling:
        numbers[resting.speaker.key] = numbers.get(resting.speaker.key, 0) + len(resting.claims) * (1 if resting.is_head else 10)
    main = max(telling, key=lambda resting: numbers[resting.speaker.key])
    shared = []
    for claim in left:
        same = next((each for each in telling if any(keys[other] == keys[claim] for other in each.claims if other in keys)), main)
        shared.append(replace(same, claims=(claim,), spans=()))
    return shared


def _spans_of(link: Attribution) -> Spans:
    return link.source.spans or link.source.named_spans if link.source else link.cue


def _credit_words(credit: Credit) -> str:
    words = " ".join(credit.words.split())
    match credit.where:
        case "translation":
            return f"a translation by its own word: “{words}”"
        case "line":
            return f"says whose story it is: “{words}”"
    return f"signed by {credit.name} in its {credit.where}: “{words}”"
