"""Claims of responsibility and denials that name no event: "the group claimed responsibility" speaks of the one told last."""

from bisect import bisect_left

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
#: Actors looked at from the beginning of a content on.
MOST_ACTORS = 200
#: How much less each earlier telling counts for what a claim of responsibility speaks of, and how many are looked at.
FADING, MOST_TELLINGS = 0.75, 12
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
    told = violent(happenings)
    used = {a.id for h in happenings for t in h.tellings for a in (t.attribution, t.echo) if a is not None}
    for attribution in grounds.attributions:
        if (
            attribution.stance in (Stance.ADMITS, Stance.DENIES)
            and attribution.source
            and attribution.id not in used
            and _speaks_of_it(attribution, tree)
        ):
            number = spoken_of(told, attribution.cue[0] if attribution.cue else attribution.content[0])
            if number is not None:
                found.setdefault(number, []).append(attribution)
    return found


def blamed(happenings: list[Happening], *, tree: Tree, grounds: Grounds) -> dict[int, list[Naming]]:
    """By number of the happening, those whom somebody blames or suspects without naming the event ("opponents blamed the militia")."""
    found: dict[int, list[Naming]] = {}
    triggers = sorted(t.trigger.span for h in happenings for t in h.tellings)
    told = violent(happenings)
    actors = sorted((m for m in tree.reading.mentions if m.kind in ACCUSABLE), key=lambda m: (m.span.start, -len(m.span)))
    for attribution in grounds.attributions:
        words = [t for s in attribution.cue for t in tree.inside(s)]
        if not any(t.lemma.lower() in ontology().blaming_cues for t in words) or any(
            s.covers(t) for s in attribution.content for t in _from(triggers, s.start, end=s.end)
        ):
            continue
        if _is_of_something_else(attribution, tree):
            continue
        accused = _accused(attribution, actors)
        number = spoken_of(told, attribution.cue[0]) if accused else None
        if accused is not None and number is not None:
            found.setdefault(number, []).append(Naming(Role.PERPETRATOR, accused.span, attribution, accused.entity_id))
    return found


def _from(spans: list[Span], start: int, *, end: int) -> list[Span]:
    """Those of ``spans`` (in text order) that begin in ``[start, end)``."""
    return spans[bisect_left(spans, Span(start, -1)) : bisect_left(spans, Span(end, -1))]


def _accused(attribution: Attribution, actors: list[Mention]) -> Mention | None:
    """The first actor (of ``actors`` in text order) mentioned in the content."""
    for content in sorted(attribution.content):
        first = bisect_left(actors, content.start, key=lambda m: m.span.start)
        inside = next((m for m in actors[first : first + MOST_ACTORS] if content.covers(m.span)), None)
        if inside is not None:
            return inside
    return None


def _is_of_something_else(attribution: Attribution, tree: Tree) -> bool:
    """ "accused them of having struck a deal", "blamed the government for the crisis": no act told before."""
    for word in (t for s in attribution.content for t in tree.inside(s) if t.lemma in ("of", "for") and t.dep == "prep"):
        deeds = tree.children(word, "pobj", "pcomp")
        if any(t.dep == "pcomp" or (t.pos == "NOUN" and t.lemma.lower() not in ontology().nouns) for t in deeds):
            return True
    return False


def _speaks_of_it(attribution: Attribution, tree: Tree) -> bool:
    words = {t.lemma.lower() for s in (*attribution.cue, *attribution.content) for t in tree.inside(s)}
    return bool(words & RESPONSIBILITY) or (attribution.stance is Stance.DENIES and bool(words & ACCUSATION))


def violent(happenings: list[Happening]) -> list[tuple[int, int]]:
    """Where each telling of a violent happening that took place stands, and the happening's number, in text order."""
    kept = [(n, h) for n, h in enumerate(happenings) if (h.type in VIOLENT or h.type == "abduction") and h.reality == "actual"]
    return sorted((t.trigger.span.start, number) for number, h in kept for t in h.tellings)


def spoken_of(told: list[tuple[int, int]], cue: Span) -> int | None:
    """The number of the violent happening that the tellings before the cue speak of most, the nearer the more; None without any."""
    weights: dict[int, float] = {}
    before = told[: bisect_left(told, (cue.start, -1))]
    for steps, (_, number) in enumerate(before[-1 : -MOST_TELLINGS - 1 : -1]):
        weights[number] = weights.get(number, 0.0) + FADING**steps
    return max(weights, key=lambda n: weights[n], default=None)
