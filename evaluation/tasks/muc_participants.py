"""MUC-4 templates with the encoder's participants: who did it, to whom, to what, with what, by the words that it marks on the whole page.

The rules say which kinds of incident a page tells of and where; a participant goes to the kind whose words stand nearest to it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
LEAST = {"perp_individual": 0.35, "physical_target": 0.4, "victim": 0.5, "instrument": 0.2}
#: Shorter names are remains of something else.
SHORTEST = 3
#: What a cut-off name may end with.
DANGLING = re.compile(r"(?:\s+(?:OF|THE|AT|IN|FROM|AND|WHO|WEARING)|\s*[(\[,\"-])+$")
#: A page without any participant so likely tells of no incident.
RELEVANT = 0.2
#: An organisation of the actor list that is so likely somewhere on the page is held responsible by it.
LEAST_ORGANISATION = 0.12
CONFIDENCES = (
    "REPORTED AS FACT", "CLAIMED OR ADMITTED", "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES", "POSSIBLE"
)  # fmt: skip
#: For a page whose rules find no kind.
USUAL = "ATTACK"


def templates_of(
    text: str,
    tags: Tags,
    *,
    places: Mapping[str, Sequence[int]],
    by_rules: Sequence[Record],
    organisations: Sequence[str],
    bare: Callable[[str], str],
) -> list[Record]:
    """Templates by kind of incident. ``places``: where the page names each kind; ``by_rules``: the rules' templates."""
    found = participants(text, tags, bare=bare)
    if not any(score >= RELEVANT for said in found.values() for _, score in said):
        return []
    places = places or {USUAL: [0]}
    made: dict[str, Record] = {}
    for (label, name), said in sorted(found.items()):
        kind = _nearest(said, places)
        template = made.setdefault(kind, {"type": kind, **{field: [] for field in FIELDS.values()}})
        template[FIELDS[label]].append(name)
    for template in by_rules:
        for organisation in template["perp_orgs"]:
            if template["type"] in made:
                _hold(made[template["type"]], organisation["name"], text=text, tags=tags)
    fullest = max(made.values(), key=lambda t: sum(len(v) for v in t.values() if isinstance(v, list)), default=None)
    for name in organisations:
        chances = [tags.chance("participant", "perp_org", span=span) for span in mentions(text, name)]
        if fullest is not None and max(chances, default=0.0) >= LEAST_ORGANISATION:
            _hold(fullest, name, text=text, tags=tags)
    return list(made.values())


def participants(text: str, tags: Tags, *, bare: Callable[[str], str]) -> Found:
    """Label and bare words → where they stand, how likely."""
    found: Found = defaultdict(list)
    for label, least in LEAST.items():
        for tagged in tags.likely("participant", label, least=least):
            name = DANGLING.sub("", bare(tagged.span.of(text)))
            if len(name) >= SHORTEST:
                found[label, name].append((tagged.span, tagged.score))
    return _once(found)


def _once(found: Found) -> Found:
    """Of two names of one label, one with all words of the other ("ROLDAN", "ANTONIO ROLDAN"), the longer, with the places of both."""
    kept: Found = {}
    for label, name in sorted(found, key=lambda key: (-len(key[1].split()), key)):
        words = set(name.split())
        longer = next((k for k in kept if k[0] == label and words < set(k[1].split())), None)
        kept.setdefault(longer or (label, name), []).extend(found[label, name])
    return kept


def _nearest(said: Sequence[tuple[Span, float]], places: Mapping[str, Sequence[int]]) -> str:
    votes: Counter[str] = Counter()
    for span, score in said:
        votes[min(places, key=lambda kind: min(abs(span.start - place) for place in places[kind]))] += score  # type: ignore[assignment]
    return votes.most_common(1)[0][0]


def _hold(template: Record, name: str, *, text: str, tags: Tags) -> None:
    """Adds an organisation with the confidence that the encoder gives to its mentions."""
    if name not in [o["name"] for o in template["perp_orgs"]]:
        spans = mentions(text, name)
        sums = {label: sum(tags.chance("confidence", label, span=span) for span in spans) for label in CONFIDENCES}
        template["perp_orgs"].append({"name": name, "confidence": max(CONFIDENCES, key=lambda label: sums[label])})


def mentions(text: str, name: str) -> list[Span]:
    """Where the words of ``name`` stand, over line ends too."""
    words = [re.escape(word) for word in name.split()]
    return [Span(*m.span()) for m in re.finditer(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", text)] if words else []
