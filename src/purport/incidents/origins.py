"""Where the knowledge of an incident comes from: copies folded into their originals, quotations into whom they quote."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from purport.incident import Folded, Incident, Origin, Standing
from purport.incidents.origins_pages import Page, pages_of
from purport.incidents.origins_resting import Resting, restings_of
from purport.incidents.origins_same import unified
from purport.incidents.origins_speakers import Speaker
from purport.incidents.origins_standing import Sides, sides_of, standing_of
from purport.model import Span, hashed_id

ORDER = (Standing.THIRD_PARTY, Standing.UNKNOWN, Standing.PARTY, Standing.CAPTIVE)
MOST_WHYS, MOST_SPANS = 3, 4
RANKS = ("outlet", "agency", "organisation", "group", "body", "captive", "person", "witness", "artefact", "unnamed")


def with_origins(incident: Incident) -> Incident:
    """The incident with its ``origins``, third parties first, then by how many pages rest on each.

    A page may rest on several origins, each claim on one. What a page says in its own voice beside what it says on somebody's word rests
    on that word, unless the page shows that the outlet was there or asked for itself: ten outlets that repeat one monitor are one source.
    """
    return replace(incident, origins=origins_of(incident))


def origins_of(incident: Incident) -> tuple[Origin, ...]:
    """The origins of an incident whose pages have their texts."""
    pages = pages_of(incident.tellings)
    if not pages:
        return ()
    sides = sides_of(pages)
    restings = _grounded(unified(restings_of(pages), sides=sides))
    keys = dict.fromkeys(resting.speaker.key for resting in restings)
    own = {key: [resting for resting in restings if resting.speaker.key == key] for key in keys}
    made = [_origin(incident.id, group, pages=pages, sides=sides) for group in own.values()]
    return tuple(sorted(made, key=lambda origin: (ORDER.index(origin.standing), -len(origin.folded), origin.name, origin.id)))


def _grounded(restings: Sequence[Resting]) -> list[Resting]:
    """Headlines say in short what the text says in full: one that names nobody of the text goes to what its page mostly rests on."""
    grounded = [resting for resting in restings if not resting.is_head]
    keys = {resting.speaker.key for resting in grounded}
    for resting in restings:
        if not resting.is_head:
            continue
        own = [each for each in grounded if each.page == resting.page]
        if resting.speaker.key in keys or not own:
            grounded.append(resting)
        else:
            main = primary(own)
            grounded.append(replace(main, claims=resting.claims, spans=(), why=main.why))
    return grounded


def primary(restings: Sequence[Resting]) -> Resting:
    """The one that most claims of a page rest on; one that tells before one that denies, the first in the text of equals."""
    return max(restings, key=lambda resting: (resting.tells, len(resting.claims), -_first(resting)))


def _first(resting: Resting) -> int:
    return min((span.start for span in resting.spans), default=0)


def _origin(incident_id: str, group: Sequence[Resting], *, pages: Sequence[Page], sides: Sides) -> Origin:
    speaker = best(resting.speaker for resting in group)
    standing, why = standing_of(speaker, sides)
    order = {page.id: number for number, page in enumerate(pages)}
    documents = sorted({resting.page for resting in group}, key=order.__getitem__)
    return Origin(
        hashed_id("org", incident_id, speaker.key),
        speaker.name,
        speaker.kind,
        standing,
        tuple(_folded([resting for resting in group if resting.page == page], speaker) for page in documents),
        standing_why=why,
        tells=any(resting.tells for resting in group),
        actor_code=speaker.code,
    )


def best(speakers: Iterable[Speaker]) -> Speaker:
    """The one that says most: a named one before others, a longer name before a shorter; any that is flagged a party makes it one."""
    every = list(speakers)
    chosen = max(every, key=lambda s: (-RANKS.index(s.kind), bool(s.code), s.name[:1].isupper(), len(s.name), s.name))
    return replace(
        chosen,
        country=chosen.country or next((s.country for s in every if s.country), None),
        party=any(s.party for s in every),
        state_voice=any(s.state_voice for s in every),
    )


def _folded(group: Sequence[Resting], speaker: Speaker) -> Folded:
    """One page under one origin: every reason once, with the words that show it."""
    whys = list(dict.fromkeys(why for resting in group for why in (resting.page_why, resting.why, resting.speaker.note) if why))
    spans = list(dict.fromkeys(span for resting in group for span in resting.spans))
    parent = next((resting for resting in group if resting.parent_id), None)
    return Folded(
        group[0].page,
        "; ".join(whys[:MOST_WHYS]),
        tuple(sorted(spans, key=_start)[:MOST_SPANS]),
        tuple(dict.fromkeys(claim for resting in group for claim in resting.claims)),
        next((resting.via for resting in group if resting.via), ()),
        parent.parent_id if parent else None,
        parent.share if parent else None,
    )


def _start(span: Span) -> tuple[int, int]:
    return span.start, span.end
