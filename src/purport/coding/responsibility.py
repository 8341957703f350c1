"""Claims of responsibility and denials that name no event: "the group claimed responsibility" speaks of the one told last."""

from purport.coding.causes import VIOLENT
from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening
from purport.coding.names import Naming
from purport.coding.ontology import ontology
from purport.coding.tree import Tree
from purport.model import Attribution, EntityKind, Mention, Role, Span, Stance

#: Words in the cue or content that make a claim or denial one about who did it.
RESPONSIBILITY = frozenset({"responsibility", "behind", "involvement", "credit", "responsible", "involve", "role", "link"})
#: Words by which a denial points at what was said before ("denied the accusation").
ACCUSATION = frozenset({"claim", "accusation", "allegation", "charge", "report", "version", "account"})
#: Kinds of mention that can be blamed for an act.
ACCUSABLE = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.GROUP_OF_PEOPLE,
        EntityKind.ARMED_GROUP,
        EntityKind.FORCE,
        EntityKind.GOVERNMENT,
        EntityKind.ORGANISATION,
        EntityKind.PLACE,
    }
)


def responsible(happenings: list[Happening], *, tree: Tree, grounds: Grounds) -> dict[int, list[Attribution]]:
    """By number of the happening, the attributions that take or deny responsibility for it without naming it."""
    found: dict[int, list[Attribution]] = {}
    used = {a.id for h in happenings for t in h.tellings for a in (t.attribution, t.echo) if a is not None}
    for attribution in grounds.attributions:
        if (
            attribution.stance in (Stance.ADMITS, Stance.DENIES)
            and attribution.source
            and attribution.id not in used
            and _speaks_of_it(attribution, tree)
        ):
            number = _told_last(happenings, attribution.cue[0] if attribution.cue else attribution.content[0])
            if number is not None:
                found.setdefault(number, []).append(attribution)
    return found


def blamed(happenings: list[Happening], *, tree: Tree, grounds: Grounds) -> dict[int, list[Naming]]:
    """By number of the happening, those whom somebody blames or suspects without naming the event ("opponents blamed the militia")."""
    found: dict[int, list[Naming]] = {}
    triggers = [t.trigger.span for h in happenings for t in h.tellings]
    for attribution in grounds.attributions:
        words = [t for s in attribution.cue for t in tree.inside(s)]
        if not any(t.lemma.lower() in ontology().blaming_cues for t in words) or any(
            s.covers(t) for s in attribution.content for t in triggers
        ):
            continue
        accused = _accused(attribution, tree)
        number = _told_last(happenings, attribution.cue[0]) if accused else None
        if accused is not None and number is not None:
            found.setdefault(number, []).append(Naming(Role.PERPETRATOR, accused.span, attribution, accused.entity_id))
    return found


def _accused(attribution: Attribution, tree: Tree) -> Mention | None:
    """The first actor mentioned in the content."""
    inside = [m for m in tree.reading.mentions if any(s.covers(m.span) for s in attribution.content) and m.kind in ACCUSABLE]
    return min(inside, key=lambda m: (m.span.start, -len(m.span)), default=None)


def _speaks_of_it(attribution: Attribution, tree: Tree) -> bool:
    words = {t.lemma.lower() for s in (*attribution.cue, *attribution.content) for t in tree.inside(s)}
    return bool(words & RESPONSIBILITY) or (attribution.stance is Stance.DENIES and bool(words & ACCUSATION))


def _told_last(happenings: list[Happening], cue: Span) -> int | None:
    """The number of the violent happening whose telling stands nearest before the cue, else the first one."""
    before = [
        (t.trigger.span.start, number)
        for number, h in enumerate(happenings)
        if (h.type in VIOLENT or h.type == "abduction") and h.reality == "actual"
        for t in h.tellings
        if t.trigger.span.start < cue.start
    ]
    return max(before)[1] if before else None
