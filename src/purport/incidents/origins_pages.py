"""The pages of an incident in the order in which they count, each with what it tells of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from purport.incident import Telling
from purport.incidents.origins_marks import Marks, is_agency, marks_of
from purport.model import Attribution, BlockKind, Claim, Document, Entity, Span, chain_of

HEAD = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.HEADING, BlockKind.CAPTION})
UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Page:
    """One page with all that it tells of the incident."""

    document: Document
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...]
    entities: tuple[Entity, ...]
    marks: Marks

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def outlet(self) -> str:
        return self.document.outlet or "an outlet whose name is not known"

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, None if the page has none."""
        return next((entity for entity in self.entities if entity.id == entity_id), None) if entity_id else None

    def chain(self, claim: Claim) -> tuple[Attribution, ...]:
        """The attributions of a claim, outermost first."""
        return chain_of(self.attributions, claim.attribution_id)

    def in_head(self, span: Span) -> bool:
        """Whether a stretch stands in a headline, a standfirst or a caption, which say in short what the body says in full."""
        return any(block.kind in HEAD and block.span.start <= span.start < block.span.end for block in self.document.blocks)


def pages_of(tellings: Iterable[Telling]) -> tuple[Page, ...]:
    """One page a document: agencies before others, the earlier before the later, undated ones last; ids decide where these are equal."""
    by_document: dict[str, list[Telling]] = {}
    for telling in tellings:
        by_document.setdefault(telling.document.id, []).append(telling)
    outlets = sorted({t.document.outlet for own in by_document.values() for t in own if t.document.outlet})
    return tuple(sorted((_page(own, outlets) for own in by_document.values()), key=_rank))


def _page(tellings: Sequence[Telling], outlets: Sequence[str]) -> Page:
    document = tellings[0].document
    claims = {claim.id: claim for telling in tellings for claim in telling.event.claims}
    links = {link.id: link for telling in tellings for link in telling.attributions}
    entities = {entity.id: entity for telling in tellings for entity in telling.entities}
    others = [outlet for outlet in outlets if outlet != document.outlet]
    ordered = sorted(claims.values(), key=lambda claim: (claim.spans[0].start if claim.spans else 0, claim.id))
    return Page(document, tuple(ordered), tuple(links.values()), tuple(entities.values()), marks_of(document, outlets=others))


def _rank(page: Page) -> tuple[bool, str, str]:
    document = page.document
    return (not (document.outlet and is_agency(document.outlet)), document.published or UNDATED, document.id)
