"""On whose word an event stands, in words for people and in a code for search; pure, from the event and its report."""

from collections.abc import Iterable
from enum import StrEnum

from purport.model import Attribution, Claim, EntityKind, Event, Factuality, Report, Role, Source, Spans, Stance

MOST_NAMED = 3  #: sources spelt out in one status before "and N more"


class StatusCode(StrEnum):
    """The search words of ``status:``. The first that fits, in the order of :func:`status_code`."""

    UNREALISED = "unrealised"  #: threatened, planned, feared, hypothetical: not told as having happened
    DENIED = "denied"  #: told as not having happened
    DISPUTED = "disputed"  #: told by one, denied or contradicted by another
    FACT = "fact"  #: the outlet's own, unhedged voice
    PARTY_CLAIM = "party_claim"  #: rests only on the word of parties to the conflict
    CLAIMED = "claimed"  #: rests on the word of sources
    ALLEGED = "alleged"  #: hedged, and no source is named


VERBS = {
    Stance.SAYS: "said by",
    Stance.CLAIMS: "claimed by",
    Stance.ACCUSES: "alleged by",
    Stance.ADMITS: "admitted by",
    Stance.DENIES: "denied by",
    Stance.DOUBTS: "doubted by",
    Stance.THREATENS: "threatened by",
    Stance.BELIEVES: "believed by",
    Stance.PURPORTS: "purportedly shown by",
}
NEGATIVE = frozenset({Factuality.NOT_CERTAIN, Factuality.NOT_PROBABLE, Factuality.NOT_POSSIBLE})


def quote_of(text: str, spans: Spans) -> str:
    """The words of a thing said in one or more pieces; pieces are joined by `` … ``."""
    return " … ".join(span.of(text) for span in spans)


def source_words(source: Source | None, text: str) -> str:
    """What to call a source: the mention that a pronoun stands for, else the words at the attribution; empty without a source."""
    return quote_of(text, source.named_spans or source.spans) if source else ""


def status_code(event: Event, report: Report) -> StatusCode:
    """The code of one event, for search and for lists."""
    if event.reality == "unrealised":
        return StatusCode.UNREALISED
    if event.disputed:
        return StatusCode.DISPUTED
    if event.reality == "negated":
        return StatusCode.DENIED
    return _code_of_telling(event, report)


def _code_of_telling(event: Event, report: Report) -> StatusCode:
    if event.voice == "outlet":
        if event.certainty != "certain":
            return StatusCode.ALLEGED
        return StatusCode.PARTY_CLAIM if _outlet_is_party(report) else StatusCode.FACT
    speakers = [chain[-1].source for chain in _telling_chains(event, report) if chain and chain[-1].source]
    if not speakers:
        return StatusCode.ALLEGED
    return StatusCode.PARTY_CLAIM if all(source.party for source in speakers if source) else StatusCode.CLAIMED


def status_of(event: Event, report: Report) -> str:
    """The status in words: "claimed by X, via Y; not independently reported", "threatened by X; not told as having happened", …"""
    code = status_code(event, report)
    told = _telling(event, report)
    match code:
        case StatusCode.UNREALISED:
            return f"{_told_as(event, report, fallback='planned, feared or hypothetical')}; not told as having happened"
        case StatusCode.DENIED:
            return _denial(event, report)
        case StatusCode.DISPUTED:
            return f"disputed: {'; '.join(part for part in (told, _denials(event, report)) if part)}"
        case StatusCode.FACT:
            return "reported by the outlet as fact"
    return told


def _telling(event: Event, report: Report) -> str:
    """Who tells the event, and how sure, without the word of those who deny it."""
    if event.voice == "outlet":
        return _outlets_word(event, report)
    words = _told_as(event, report, fallback="")
    if not words:
        return f"alleged{_hedge(event)}, source not named"
    return f"{words}{_hedge(event)}; not independently reported"


def _outlets_word(event: Event, report: Report) -> str:
    if event.certainty != "certain":
        return f"held {event.certainty} by the outlet"
    if _outlet_is_party(report):
        return "claimed by the outlet, itself a party to the conflict; not independently reported"
    return "reported by the outlet as fact"


def _hedge(event: Event) -> str:
    return "" if event.certainty == "certain" else f" as {event.certainty}"


def _denial(event: Event, report: Report) -> str:
    return ("" if event.voice == "outlet" else _denials(event, report)) or "reported as not having happened"


def _denials(event: Event, report: Report) -> str:
    return _listed(_worded(chain, report, verb="denied by") for chain in _denying_chains(event, report))


def _told_as(event: Event, report: Report, *, fallback: str) -> str:
    return _listed(_worded(chain, report) for chain in _telling_chains(event, report)) or fallback


def _listed(wordings: Iterable[str]) -> str:
    different = list(dict.fromkeys(words for words in wordings if words))
    more = len(different) - MOST_NAMED
    return "; ".join(different[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _worded(chain: tuple[Attribution, ...], report: Report, *, verb: str = "") -> str:
    """One chain in words, the innermost source first: "claimed by X (under duress), via Y"."""
    named = [(link, _called(link.source, report.document.text)) for link in reversed(chain)]
    named = [(link, words) for link, words in named if words]
    if not named:
        return ""
    speaker, words = named[0]
    duress = " (under duress)" if speaker.source and speaker.source.duress else ""
    party = " (a party to the conflict)" if speaker.source and speaker.source.party else ""
    via = "".join(f", via {words}" for _, words in named[1:])
    return f"{verb or VERBS[chain[-1].stance]} {words}{party}{duress}{via}"


def _called(source: Source | None, text: str) -> str:
    """A source inside a sentence: the capital of a first "The" or "A" goes, unless it is part of a name."""
    words = source_words(source, text)
    if source and not source.named and words.startswith(("The ", "A ", "An ")):
        return words[0].lower() + words[1:]
    return words


def _chains(claims: Iterable[Claim], report: Report) -> list[tuple[Attribution, ...]]:
    ids = dict.fromkeys(claim.attribution_id for claim in claims if claim.attribution_id is not None)
    return [report.chain(attribution_id) for attribution_id in ids]


def _telling_chains(event: Event, report: Report) -> list[tuple[Attribution, ...]]:
    """The chains that the happening itself rests on: those of its type claims, or of any claim if no type claim is attributed."""
    of_type = [claim for claim in event.claims if claim.role is Role.TYPE and not _denies(claim, report)]
    attributed = [claim for claim in of_type if claim.attribution_id is not None]
    return _chains(attributed or [claim for claim in event.claims if not _denies(claim, report)], report)


def _denying_chains(event: Event, report: Report) -> list[tuple[Attribution, ...]]:
    return _chains([claim for claim in event.claims if _denies(claim, report)], report)


def _denies(claim: Claim, report: Report) -> bool:
    if claim.factuality in NEGATIVE:
        return True
    chain = report.chain(claim.attribution_id)
    return bool(chain) and chain[-1].stance is Stance.DENIES


def _outlet_is_party(report: Report) -> bool:
    outlet = (report.document.outlet or "").casefold()
    kinds = (EntityKind.OUTLET, EntityKind.AGENCY)
    return bool(outlet) and any(e.party and e.kind in kinds and e.name.casefold() == outlet for e in report.entities)
