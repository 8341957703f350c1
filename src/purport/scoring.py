"""How well events read from pages agree with people's gold (``docs/codebook.md``, "Record"): events, manner, roles, counts, sources.

Spans are pairs of code points of the gold's text. One gold event and one read event are paired if a trigger of each touches; the pairing
is the one of greatest total likeness (Kuhn 1955, "The Hungarian method for the assignment problem"). Figures are taken over all events,
found or not.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from purport.assignment import assigned

Json = Mapping[str, Any]
Pair = Sequence[int]

LONGEST_LOOSE_TRIGGER = 40  #: characters; a longer one must share half of its union with the gold's
MOST_TIMES_LONGER = 3  #: a mention inside another is the same thing up to this ratio of lengths
PLAIN_FACT = ("actual", "outlet", "certain")
MANNERS = ("reality", "voice", "certainty")
SPAN_ROLES = ("perpetrator", "target", "instrument", "place", "time")
KEYS = {"time": "edtf", "place": "country"}
ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Figure:
    """Hits, how many were read and how many are in the gold."""

    hits: int = 0
    read: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """``figures`` by name (event, event_typed, source, chain, target, count …); ``shares`` by name, None where there is nothing to count.

    told_as_fact: of the found events that rest on somebody's word, are hedged or did not happen, the share stated as plain fact.
    fact_as_talk: its mirror. invented_facts: of the events read as plain fact, the share that is no gold event.
    """

    figures: Mapping[str, Figure]
    shares: Mapping[str, float | None]
    documents: int = 0


def score(gold: Iterable[Json], read: Iterable[Json]) -> Scores:
    """Gold records against records read from the same pages (``purport.goldform``), by id; a page that was not read counts as empty."""
    answers = {record["id"]: record for record in read}
    tally = _Tally()
    for record in gold:
        tally.document(record, answers.get(record["id"], {}))
    return tally.scores()


# ------------------------------------------------------------------ likeness
def normal(text: str) -> str:
    """Lower case, without punctuation and articles."""
    return " ".join(word for word in re.sub(r"[^\w\s]", " ", text.lower()).split() if word not in ARTICLES)


def shared(a: Pair, b: Pair) -> int:
    """Characters in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def union_share(a: Pair, b: Pair) -> float:
    """Characters in common by characters in either (intersection over union)."""
    both = shared(a, b)
    return both / (a[1] - a[0] + b[1] - b[0] - both) if both else 0.0


def is_same_mention(a: Pair, b: Pair, *, text: str) -> bool:
    """The same words anywhere, or half of the union shared, or one inside the other and not much shorter."""
    words = normal(text[a[0] : a[1]])
    if words and words == normal(text[b[0] : b[1]]):
        return True
    short, long = sorted((a[1] - a[0], b[1] - b[0]))
    both = shared(a, b)
    return bool(both) and (union_share(a, b) >= 0.5 or (both == short and long <= MOST_TIMES_LONGER * short))


def trigger_likeness(gold: Json, read: Json) -> float:
    """The best union share of two triggers that touch."""
    shares = [0.0]
    for theirs in gold.get("triggers", []):
        for ours in read.get("triggers", []):
            share = union_share(theirs, ours)
            if share >= 0.5 or ours[1] - ours[0] <= LONGEST_LOOSE_TRIGGER:
                shares.append(share)
    return max(shares)


def role_likeness(gold: Json, read: Json) -> float:
    """The share of roles with the same span; it settles which of two events with one trigger is meant."""
    ours, theirs = ({(role.get("role"), tuple(role["span"])) for role in event.get("roles", [])} for event in (read, gold))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def manner(event: Json) -> tuple[str, str, str]:
    """Reality, voice and certainty."""
    return event.get("reality", "actual"), event.get("voice", "outlet"), event.get("certainty", "certain")


def event_likeness(gold: Json, read: Json) -> float:
    """0 for events that share no trigger, else 1 and more."""
    triggers = trigger_likeness(gold, read)
    if not triggers:
        return 0.0
    alike = sum(a == b for a, b in zip(manner(gold), manner(read), strict=True))
    is_typed: bool = gold["type"] == read.get("type")
    return 1 + triggers + 0.5 * is_typed + 0.05 * alike + 0.2 * role_likeness(gold, read)


def _is_same_source(a: Sequence[Pair], b: Sequence[Pair], *, text: str) -> bool:
    """The innermost links name one source; two empty chains are hearsay both."""
    return bool(a) == bool(b) and (not a or is_same_mention(a[-1], b[-1], text=text))


def _is_same_chain(a: Sequence[Pair], b: Sequence[Pair], *, text: str) -> bool:
    return len(a) == len(b) and all(is_same_mention(x, y, text=text) for x, y in zip(a, b, strict=True))


def _chain_under(event: Json, number: object) -> Sequence[Pair] | None:
    """The chain that a role or count rests on; None for the outlet's own voice."""
    attributions = event.get("attributions", [])
    if not isinstance(number, int) or not 0 <= number < len(attributions):
        return None
    chain: Sequence[Pair] = attributions[number].get("chain", [])
    return chain


@dataclass(frozen=True, slots=True)
class _Two:
    """A gold event, what was read for it (empty if not found), and the text of both."""

    gold: Json
    read: Json
    text: str

    def is_on_same_ground(self, theirs: Json, ours: Json) -> bool:
        a, b = _chain_under(self.gold, theirs.get("att")), _chain_under(self.read, ours.get("att"))
        if a is None or b is None:
            return a is b
        return _is_same_source(a, b, text=self.text)

    def role_weight(self, theirs: Json, ours: Json) -> float:
        same = is_same_mention(theirs["span"], ours["span"], text=self.text)
        return 1 + 0.5 * self.is_on_same_ground(theirs, ours) if same else 0.0

    def count_weight(self, theirs: Json, ours: Json) -> float:
        same = all(theirs[key] == ours.get(key) for key in ("kind", "low", "high"))
        return 1 + 0.5 * self.is_on_same_ground(theirs, ours) if same else 0.0

    def source_weight(self, theirs: Json, ours: Json) -> float:
        chains = theirs["chain"], ours.get("chain", [])
        if not _is_same_source(*chains, text=self.text):
            return 0.0
        is_same_stance: bool = theirs["stance"] == ours.get("stance")
        return 1 + 0.5 * is_same_stance + 0.25 * _is_same_chain(*chains, text=self.text)


def _matched(gold: Sequence[Json], read: Sequence[Json], *, weight: Callable[[Json, Json], float]) -> list[tuple[Json, Json, float]]:
    """The best pairs, each with its weight."""
    pairs = assigned(len(gold), len(read), weight=lambda i, j: weight(gold[i], read[j]))
    return [(gold[i], read[j], weight(gold[i], read[j])) for i, j in pairs]


# ------------------------------------------------------------------ counting
class _Tally:
    """Counts of one run, document by document."""

    def __init__(self) -> None:
        self._hits: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._gold: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def document(self, gold: Json, read: Json) -> None:
        theirs, ours = gold["events"], read.get("events", [])
        pairs = assigned(len(theirs), len(ours), weight=lambda i, j: event_likeness(theirs[i], ours[j]))
        found = dict(pairs)
        self._all["documents"] += 1
        for i, j in pairs:
            self._found(theirs[i], ours[j])
        for i, event in enumerate(theirs):
            self._gold_event(_Two(event, ours[found[i]] if i in found else {}, gold["text"]))
        for j, event in enumerate(ours):
            self._read_event(event, is_found=j in found.values())

    def _found(self, gold: Json, read: Json) -> None:
        """Two events that are one."""
        talk, plain = manner(gold) != PLAIN_FACT, manner(read) == PLAIN_FACT
        same = dict(zip(MANNERS, (a == b for a, b in zip(manner(gold), manner(read), strict=True)), strict=True))
        self._all.update(found=1, talk=talk, told=talk and plain, plain=not talk, hedged=not talk and not plain, **same)
        self._hits.update(event=1, event_typed=gold["type"] == read.get("type"))
        self._hits.update(disputed=bool(gold["disputed"]) and bool(read.get("disputed")))

    def _gold_event(self, two: _Two) -> None:
        self._gold.update(event=1, event_typed=1, disputed=bool(two.gold["disputed"]))
        for role in SPAN_ROLES:
            self._roles(two, role)
        self._counts(two)
        self._sources(two)

    def _roles(self, two: _Two, role: str) -> None:
        theirs, ours = ([r for r in event.get("roles", []) if r.get("role") == role] for event in (two.gold, two.read))
        pairs = _matched(theirs, ours, weight=two.role_weight)
        self._gold.update({role: len(theirs), "role_attributed": len(theirs)})
        self._hits.update({role: len(pairs), "role_attributed": sum(weight > 1 for *_, weight in pairs)})
        if role in KEYS:
            key, name = KEYS[role], f"{role}_{KEYS[role]}"
            self._gold.update({name: sum(bool(r.get(key)) for r in theirs)})
            self._hits.update({name: sum(bool(a.get(key)) and a.get(key) == b.get(key) for a, b, _ in pairs)})

    def _counts(self, two: _Two) -> None:
        theirs = two.gold.get("counts", [])
        pairs = _matched(theirs, two.read.get("counts", []), weight=two.count_weight)
        self._gold.update(count=len(theirs), count_attributed=len(theirs))
        self._hits.update(count=len(pairs), count_attributed=sum(weight > 1 for *_, weight in pairs))

    def _sources(self, two: _Two) -> None:
        theirs = two.gold.get("attributions", [])
        pairs = _matched(theirs, two.read.get("attributions", []), weight=two.source_weight)
        whole = [a for a, b, _ in pairs if _is_same_chain(a["chain"], b.get("chain", []), text=two.text)]
        self._gold.update(source=len(theirs), source_with_stance=len(theirs), chain=len(theirs), nested_chain=_nested(theirs))
        self._hits.update(source=len(pairs), source_with_stance=sum(a["stance"] == b.get("stance") for a, b, _ in pairs))
        self._hits.update(chain=len(whole), nested_chain=_nested(whole))

    def _read_event(self, event: Json, *, is_found: bool) -> None:
        plain = manner(event) == PLAIN_FACT
        self._all.update(stated=plain, invented=plain and not is_found)
        self._read.update(event=1, event_typed=1, disputed=bool(event.get("disputed")))
        roles, counts, links = (event.get(name, []) for name in ("roles", "counts", "attributions"))
        self._read.update(role["role"] for role in roles)
        self._read.update(role_attributed=len(roles), count=len(counts), count_attributed=len(counts))
        self._read.update(source=len(links), source_with_stance=len(links), chain=len(links), nested_chain=_nested(links))
        for role, key in KEYS.items():
            self._read.update({f"{role}_{key}": sum(r["role"] == role and bool(r.get(key)) for r in roles)})

    def scores(self) -> Scores:
        names = FIGURES + tuple(sorted(set(self._read) - set(FIGURES)))
        figures = {name: Figure(int(self._hits[name]), int(self._read[name]), int(self._gold[name])) for name in names}
        shares = {f"{name}_accuracy": self._share(name, "found") for name in MANNERS}
        shares |= {name: self._share(*parts) for name, parts in SHARES.items()}
        return Scores(figures, shares, self._all["documents"])

    def _share(self, part: str, whole: str) -> float | None:
        return self._all[part] / self._all[whole] if self._all[whole] else None


def _nested(links: Sequence[Json]) -> int:
    return sum(len(link.get("chain", [])) > 1 for link in links)


SHARES = {"told_as_fact": ("told", "talk"), "fact_as_talk": ("hedged", "plain"), "invented_facts": ("invented", "stated")}
FIGURES: tuple[str, ...] = ("event", "event_typed", "source", "source_with_stance", "chain", "nested_chain", *SPAN_ROLES, "role_attributed")
FIGURES += ("time_edtf", "place_country", "count", "count_attributed", "disputed")
