"""MUC-4 templates with the encoder's participants: who did it, to whom, to what, with what, by the words that it marks on the whole page.

The rules say which kinds of incident a page tells of and where; a participant goes to the kind whose words stand nearest to it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.tasks.muc_names import DANGLING, bare
from purport.model import Span, Tags

Record = dict[str, Any]
Found = dict[tuple[str, str], list[tuple[Span, float]]]

FIELDS = {
    "perp_individual": "perp_individuals",
    "perp_org": "perp_orgs",
    "physical_target": "physical_targets",
    "victim": "victims",
    "instrument": "instruments",
}
#: How likely a stretch must be, by label; chosen on muc4_dev.
LEAST = {"perp_individual": 0.35, "physical_target": 0.45, "victim": 0.5, "instrument": 0.2}
#: Who did it, told once for the whole page: the likeliest words, from this probability on muc4_dev micro f .428 against .424 for several
#: words from .35, each for its own kind of incident.
DOER, LEAST_DOER = "perp_individual", 0.15
#: Shorter names are remains of something else.
SHORTEST = 3
#: What a name cut off at the front begins with.
LEADING = re.compile(r"^(?:(?:OF|AND|OR|BY)\s+|[^\w\"'(\[]+|\.\s*)+")
SPACE = re.compile(r"\s+")
LONGEST_TITLE = 3
#: A page without any participant so likely tells of no incident.
RELEVANT = 0.2
#: For a page whose rules find no kind.
USUAL = "ATTACK"


def templates_of(text: str, tags: Tags, *, places: Mapping[str, Sequence[int]], organisations: Sequence[Mapping[str, str]]) -> list[Record]:
    """Templates by kind of incident. ``places``: where the page names each kind; ``organisations``: those that it holds responsible."""
    found = participants(text, tags)
    if not any(score >= RELEVANT for said in found.values() for _, score in said):
        return []
    places = places or {USUAL: [0]}
    made: dict[str, Record] = {}
    for (label, name), said in sorted(found.items()):
        kind = _nearest(said, places)
        template = made.setdefault(kind, {"type": kind, **{field: [] for field in FIELDS.values()}})
        template[FIELDS[label]].append(name)
    doers = likeliest(text, tags)
    for template in made.values():  # a page's incidents are mostly of the same hand
        template["perp_orgs"] = [dict(organisation) for organisation in organisations]
        template["perp_individuals"] = doers
    return list(made.values())


def likeliest(text: str, tags: Tags) -> list[str]:
    """The words for those who did it that the encoder marks most, one at most."""
    sums: Counter[str] = Counter()
    for tagged in tags.likely("participant", DOER, least=LEAST_DOER):
        sums[DANGLING.sub("", bare(tagged.span.of(text)))] += tagged.score  # type: ignore[assignment]
    named = sorted((name for name in sums if len(name) >= SHORTEST), key=lambda name: (-sums[name], name))
    return named[:1]


def participants(text: str, tags: Tags) -> Found:
    """Label and bare words → where they stand, how likely."""
    found: Found = defaultdict(list)
    for label, least in LEAST.items():
        for tagged in tags.likely("participant", label, least=least):
            name = DANGLING.sub("", bare(LEADING.sub("", tagged.span.of(text))))
            if len(name) >= SHORTEST:
                found[label, name].append((tagged.span, tagged.score))
    return _once(_untitled(found, text=text))


def _untitled(found: Found, *, text: str) -> Found:
    """Without the titles that stand only right before a name ("ARCHBISHOP JUAN PAZ" marked in two)."""
    starts = {(label, span.start): name for (label, name), said in found.items() for span, _ in said}

    def is_title(label: str, name: str, span: Span) -> bool:
        gap = SPACE.match(text, span.end)
        after = starts.get((label, gap.end())) if gap else None
        return label == "victim" and after is not None and len(name.split()) <= LONGEST_TITLE and len(after.split()) > 1

    return {(label, name): said for (label, name), said in found.items() if not all(is_title(label, name, span) for span, _ in said)}


def _once(found: Found) -> Found:
    """Of two names of one label, one with all words of the other ("PAZ", "JUAN PAZ"), the longer, with the places of both."""
    kept: Found = {}
    for label, name in sorted(found, key=lambda key: (-len(key[1].split()), key)):
        words = _words(name, label)
        longer = next((k for k in kept if k[0] == label and words <= _words(k[1], label)), None)
        kept.setdefault(longer or (label, name), []).extend(found[label, name])
    return kept


def _words(name: str, label: str) -> frozenset[str]:
    """Its words; of people without the ending of the plural ("TEACHER", "VILLAGE TEACHERS")."""
    return frozenset(word.removesuffix("S") if label == "victim" else word for word in name.split())


def _nearest(said: Sequence[tuple[Span, float]], places: Mapping[str, Sequence[int]]) -> str:
    votes: Counter[str] = Counter()
    for span, score in said:
        votes[min(places, key=lambda kind: min(abs(span.start - place) for place in places[kind]))] += score  # type: ignore[assignment]
    return votes.most_common(1)[0][0]
