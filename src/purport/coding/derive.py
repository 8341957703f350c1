"""Reality, voice, certainty and dispute of an event, as the codebook defines them, from its tellings (rules 1, 8, 11, 12, 15)."""

from collections.abc import Mapping

from purport.coding.happenings import Happening
from purport.coding.tellings import Telling
from purport.derivation import RANK, contradicting_counts
from purport.derivation import certainty_of as told_certainty
from purport.model import Attribution, Claim, Stance


def reality_of(happening: Happening) -> str:
    """``negated`` if nobody but a denier speaks of it; else what its tellings say."""
    told = decisive(happening)
    if all(t.attribution is not None and t.attribution.stance is Stance.DENIES for t in told):
        return "negated"
    return happening.reality


def voice_of(happening: Happening) -> str:
    """``outlet`` if the page states or presupposes it in its own voice; a headline alone does not over a hedged body."""
    return "outlet" if any(t.attribution is None for t in decisive(happening)) else "sources"


def decisive(happening: Happening) -> list[Telling]:
    """The tellings that settle voice and certainty: no pointing back, no weak words, unless there are no others."""
    typed = [t for t in happening.tellings if t.trigger.type == happening.type] or happening.tellings
    stated = [t for t in typed if not t.pointing_back] or typed
    body = [t for t in stated if not t.trigger.headline]
    if not body or all(_certainty(t) == "certain" for t in body):
        body = stated  # a flat headline over a flatly attributed body is the outlet's own word; over a hedged body it is not (rule 1)
    return [t for t in body if not t.trigger.weak] or body


def certainty_of(happening: Happening) -> str:
    """What the strongest voice commits to for the happening."""
    voice = voice_of(happening)
    told = [t for t in decisive(happening) if (t.attribution is None) == (voice == "outlet")] or decisive(happening)
    return max((_certainty(t) for t in told), key=RANK.__getitem__)


def _certainty(telling: Telling) -> str:
    return told_certainty(telling.factuality, telling.attribution)


def disputed(happening: Happening, claims: tuple[Claim, ...], *, owners: list[Attribution], speakers: Mapping[str, str]) -> bool:
    """Someone denies what another says or the outlet states, or two sources give totals that cannot both be true."""
    spoken = [a for t in happening.tellings for a in (t.attribution, t.echo) if a is not None]
    denies = any(a.stance is Stance.DENIES for a in (*spoken, *owners))
    asserted = any(t.attribution is None or t.attribution.stance is not Stance.DENIES for t in happening.tellings)
    contrasted = any(tally.contrasted for t in happening.tellings for tally in t.tallies)
    return (denies and asserted) or contrasted or contradicting_counts(claims, speakers=speakers)
