"""Type, reality, voice, certainty and dispute of an event, as the codebook defines them, from its claims (rules 1, 8, 11, 12, 15).

A reader derives them from more than its claims; here is what claims alone say, for events that people changed or added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from purport.model import Attribution, Claim, Count, EventType, Factuality, Role, Stance

CERTAINTY = {"CT": "certain", "PR": "probable", "PS": "possible", "Uu": "certain"}
RANK = {"certain": 2, "probable": 1, "possible": 0}
#: Stances whose cue itself hedges the happening: an artefact that purports to show, a belief.
STANCE_CERTAINTY = {Stance.PURPORTS: "possible", Stance.BELIEVES: "probable"}


@dataclass(frozen=True, slots=True)
class Derived:
    """The words of an event that follow from its claims."""

    type: str
    reality: str
    voice: str
    certainty: str
    disputed: bool


def derived_from(claims: Iterable[Claim], *, attributions: Mapping[str, Attribution], speakers: Mapping[str, str]) -> Derived | None:
    """What claims say of their event; None if none says of what type it is. ``speakers``: see :func:`contradicting_counts`."""
    claims = tuple(claims)
    told = [(claim, attributions.get(claim.attribution_id or "")) for claim in claims if claim.role is Role.TYPE]
    if not told:
        return None
    voice = "outlet" if any(attribution is None for _, attribution in told) else "sources"
    voiced = [each for each in told if (each[1] is None) == (voice == "outlet")]
    denied = [attribution is not None and attribution.stance is Stance.DENIES for _, attribution in told]
    spoken = [attributions[claim.attribution_id] for claim in claims if claim.attribution_id and claim.attribution_id in attributions]
    denies = any(attribution.stance is Stance.DENIES for attribution in spoken)
    return Derived(
        type=_type_of([claim for claim, _ in told]),
        reality="negated" if all(denied) else reality_of(claim.factuality for claim, _ in told),
        voice=voice,
        certainty=max((certainty_of(claim.factuality, attribution) for claim, attribution in voiced), key=RANK.__getitem__),
        disputed=(denies and not all(denied)) or contradicting_counts(claims, speakers=speakers),
    )


def _type_of(claims: list[Claim]) -> str:
    """The type that most claims give, those of people before the machine's; the first of equals."""
    people = [claim for claim in claims if claim.origin.startswith("coder ")]
    codes = [claim.value.code for claim in people or claims if isinstance(claim.value, EventType)]
    return max(dict.fromkeys(codes), key=codes.count) if codes else "other"


def reality_of(told: Iterable[Factuality]) -> str:
    """``actual`` if anybody tells it as that, else ``unrealised`` if anybody does, else ``negated``."""
    found = {reality_told(factuality) for factuality in told}
    return "actual" if "actual" in found else "unrealised" if "unrealised" in found else "negated"


def reality_told(factuality: Factuality) -> str:
    """What one telling alone says."""
    if factuality is Factuality.UNDERSPECIFIED:
        return "unrealised"
    return "negated" if factuality.value.endswith("-") else "actual"


def certainty_of(factuality: Factuality, attribution: Attribution | None) -> str:
    """How sure one voice is: its factuality, less where the cue itself hedges."""
    own = CERTAINTY[factuality.value[:2]]
    if attribution is None:
        return own
    if attribution.source is None and factuality is Factuality.CERTAIN:
        own = "possible"
    hedged = STANCE_CERTAINTY.get(attribution.stance, own)
    return min(own, hedged, key=RANK.__getitem__)


def contradicting_counts(claims: Iterable[Claim], *, speakers: Mapping[str, str]) -> bool:
    """Two sources (not one that corrects itself) count the same dead and their figures cannot both be true.

    ``speakers`` tells by attribution id one source from another.
    """
    found = {
        (speakers[c.attribution_id], c.value)
        for c in claims
        if isinstance(c.value, Count) and c.value.kind == "killed" and c.attribution_id and c.attribution_id in speakers
    }
    return any(x != y and _same_people(a, b) and not _compatible(a, b) for x, a in found for y, b in found)


def _same_people(a: object, b: object) -> bool:
    return isinstance(a, Count) and isinstance(b, Count) and (a.who or "people") == (b.who or "people")


def _compatible(a: object, b: object) -> bool:
    if not isinstance(a, Count) or not isinstance(b, Count):
        return True
    low = max(a.low or 0, b.low or 0)
    highs = [x for x in (a.high, b.high) if x is not None]
    return not highs or low <= min(highs)
