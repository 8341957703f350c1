"""Tellings of one happening brought together within a page (codebook rules 7 and 10)."""

from dataclasses import dataclass

from purport.coding.causes import VIOLENT, link_causes
from purport.coding.ontology import ontology
from purport.coding.phrases import Phrases
from purport.coding.tellings import Telling
from purport.coding.tree import Tree
from purport.model import EntityKind, Form, Role, Toponym

#: Actors by name or nationality tell events apart; "militants" or "police" do not.
TELLING_KINDS = frozenset({EntityKind.ARMED_GROUP, EntityKind.GOVERNMENT, EntityKind.FORCE, EntityKind.NATIONALITY, EntityKind.PLACE})


@dataclass(slots=True)
class Happening:
    """Tellings that are one happening; built up while reading the page from its beginning."""

    tellings: list[Telling]

    @property
    def type(self) -> str:
        """The most specific type among the tellings: not generic, not a mere consequence, body before headline, earliest first."""
        ranked = sorted(self.tellings, key=lambda t: (t.trigger.weak, t.trigger.entry.generic or bool(t.trigger.entry.consequence), t.trigger.token.index))
        refined = [t for t in self.tellings if t.trigger.entry.generic and t.trigger.type != "armed_assault"]
        best = ranked[0].trigger
        if (best.entry.generic or best.entry.consequence) and refined and best.type in ("armed_assault", "killing"):
            return refined[0].trigger.type
        return best.type

    @property
    def open_type(self) -> bool:
        """True while only generic words or consequences have named it."""
        return all(t.trigger.entry.generic or t.trigger.entry.consequence or t.trigger.weak for t in self.tellings)

    @property
    def reality(self) -> str:
        told = {t.reality for t in self.tellings}
        return "actual" if "actual" in told else "unrealised" if "unrealised" in told else "negated"


class Grouping:
    """Joins tellings, in text order, to the happenings met so far."""

    def __init__(self, tree: Tree, phrases: Phrases) -> None:
        self._tree = tree
        self._phrases = phrases
        self.happenings: list[Happening] = []

    def group(self, tellings: list[Telling]) -> list[Happening]:
        """All happenings of the page in the order of their first telling; those that only weak words name are dropped."""
        causes = link_causes(self._tree, [t.trigger for t in tellings])
        by_token = {t.trigger.token.index: t for t in tellings}
        for bundle in _bundles(tellings, causes, by_token):
            self._place(bundle)
        return [h for h in self.happenings if not all(t.trigger.weak for t in h.tellings)]

    def _place(self, bundle: list[Telling]) -> None:
        fitting = next((h for h in reversed(self.happenings) if self._fits(h, bundle)), None)
        if fitting is None:
            self.happenings.append(Happening(list(bundle)))
        else:
            fitting.tellings.extend(bundle)

    def _fits(self, happening: Happening, bundle: list[Telling]) -> bool:
        new = Happening(bundle)
        if not types_agree(happening, new) or happening.reality != new.reality:
            return False
        if any(self._is_other(t) for t in bundle):
            return False
        return not (self._places_clash(happening, new) or self._times_clash(happening, new) or self._actors_clash(happening, new))

    def _is_other(self, telling: Telling) -> bool:
        """ "another blast", "a second attack", "an earlier strike"."""
        if telling.trigger.is_verb:
            return False
        kids = self._tree.children(telling.trigger.token, "amod", "det", "advmod")
        return any(kid.lemma.lower() in ontology().otherness for kid in kids)

    def _places_clash(self, happening: Happening, new: Happening) -> bool:
        old_places, new_places = _places(happening), _places(new)
        return bool(old_places and new_places) and not any(_near(a, b) for a in old_places for b in new_places)

    def _times_clash(self, happening: Happening, new: Happening) -> bool:
        old, now = _dates(happening), _dates(new)
        return bool(old and now) and not any(_same_time(a, b) for a in old for b in now)

    def _actors_clash(self, happening: Happening, new: Happening) -> bool:
        old, now = self._actors(happening), self._actors(new)
        return bool(old and now) and not (old & now)

    def _actors(self, happening: Happening) -> set[str]:
        found = set()
        for telling in happening.tellings:
            for filler in telling.fillers:
                mention = self._phrases.mention(filler.head)
                if filler.role is Role.PERPETRATOR and mention and mention.form is not Form.PRONOUN and mention.kind in TELLING_KINDS:
                    entity = self._phrases.entity(filler.head)
                    found.add((entity.country or entity.id) if entity else filler.head.lemma.lower())
        return found


def _bundles(tellings: list[Telling], causes: dict[int, int], by_token: dict[int, Telling]) -> list[list[Telling]]:
    """Tellings that syntax ties together, as groups in text order."""
    root: dict[int, int] = {t.trigger.token.index: t.trigger.token.index for t in tellings}

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for low, high in causes.items():
        a, b = find(low), find(high)
        if a != b:
            root[max(a, b)] = min(a, b)
    groups: dict[int, list[Telling]] = {}
    for index in sorted(by_token):
        groups.setdefault(find(index), []).append(by_token[index])
    return [groups[key] for key in sorted(groups)]


def types_agree(a: Happening, b: Happening) -> bool:
    """The same type, or one of two violent ones named only by generic words or consequences."""
    if a.type == b.type:
        return True
    both_violent = a.type in VIOLENT and b.type in VIOLENT
    return both_violent and (a.open_type or b.open_type)


def _places(happening: Happening) -> list[Toponym]:
    return [p for t in happening.tellings for p in t.places]


def _near(a: Toponym, b: Toponym) -> bool:
    """The same place, or one that can lie in the other."""
    if a.name.lower() == b.name.lower() or (a.geonames_id is not None and a.geonames_id == b.geonames_id):
        return True
    if a.country != b.country and a.country and b.country:
        return False
    wide = ("country", "region", "unknown")
    if a.precision in wide or b.precision in wide:
        return True
    return bool(a.admin1 and a.admin1 == b.admin1 and "province" in (a.precision, b.precision))


def _dates(happening: Happening) -> list[str]:
    return [x.edtf or x.value for t in happening.tellings for x in t.times]


def _same_time(a: str, b: str) -> bool:
    """One date begins with the other ("2005-07" and "2005-07-16"), or they share a day of a range."""
    strip = str.maketrans("", "", "~?%")
    ends_a, ends_b = a.translate(strip).split("/"), b.translate(strip).split("/")
    if any(x and y and x != ".." and y != ".." and (x[:10].startswith(y[:10]) or y[:10].startswith(x[:10])) for x in ends_a for y in ends_b):
        return True
    return _inside(ends_a, ends_b) or _inside(ends_b, ends_a)


def _inside(point: list[str], interval: list[str]) -> bool:
    if len(interval) != 2 or len(point) != 1 or point[0].startswith("X"):
        return False
    low, high = interval
    return (low in ("", "..") or low[: len(point[0])] <= point[0]) and (high in ("", "..") or point[0] <= high + "~")
