"""Tellings of one happening brought together within a page (codebook rules 7 and 10)."""

from dataclasses import dataclass

from purport.coding.causes import RESULTS, VIOLENT, link_causes
from purport.coding.likeness import ONE, WIDE, Traits, clash, likeness, traits_of
from purport.coding.ontology import CONSEQUENCE_TYPE
from purport.coding.phrases import Phrases
from purport.coding.tellings import Telling, is_other
from purport.coding.tree import Tree
from purport.coding.triggers import Trigger
from purport.model import Factuality, Role, Stance


@dataclass(slots=True)
class Happening:
    """Tellings that are one happening; built up while reading the page from its beginning."""

    tellings: list[Telling]

    @property
    def type(self) -> str:
        """The type that the tellings speak for most, each word weighed by how specific it is; the earlier one in a tie."""
        exact: dict[str, float] = {}
        vague: dict[str, float] = {}
        for telling in self.tellings:
            weight = weight_of(telling.trigger)
            votes = exact if weight > VAGUE else vague
            votes[telling.trigger.type] = votes.get(telling.trigger.type, 0.0) + weight
        kinds = dict.fromkeys(t.trigger.type for t in self.tellings)
        return max(kinds, key=lambda kind: exact.get(kind, 0.0) + min(MOST_VAGUE, vague.get(kind, 0.0)))

    @property
    def open_type(self) -> bool:
        """True while only generic words or consequences have named it."""
        return all(t.trigger.entry.generic or t.trigger.entry.consequence or t.trigger.weak for t in self.tellings)

    @property
    def reality(self) -> str:
        told = {t.reality for t in self.tellings}
        if told == {"negated"} and all(t.trigger.type == "bombing" and t.trigger.is_verb and t.attribution is None for t in self.tellings):
            return "unrealised"  # a bomb that "did not go off" was to
        return "actual" if "actual" in told else "unrealised" if "unrealised" in told else "negated"


#: How much one word counts for the type of its happening: a name of an act, one whose modifiers tell, a vague one, a mere consequence.
SPECIFIC, REFINED, VAGUE, CONSEQUENCE = 2.0, 1.5, 0.5, 0.3
#: What vague words together can weigh, so that seven times "attack" do not outvote one "car bomb" (event_typed .640 without, .644 with).
MOST_VAGUE = 1.5


def weight_of(trigger: Trigger) -> float:
    """The weight of a trigger's vote for the type of its happening."""
    if trigger.entry.consequence:
        refined = trigger.type != CONSEQUENCE_TYPE.get(trigger.entry.consequence) and not trigger.weak
        return CONSEQUENCE if not refined else VAGUE if trigger.type == "armed_assault" else REFINED
    if trigger.entry.generic:
        return REFINED if trigger.type not in ("armed_assault", "shelling", "armed_clash") else VAGUE
    if trigger.type in RESULTS:
        return VAGUE
    return VAGUE if trigger.weak else SPECIFIC


class Grouping:
    """Joins tellings, in text order, to the happenings met so far."""

    def __init__(self, tree: Tree, phrases: Phrases) -> None:
        self._tree = tree
        self._phrases = phrases
        self.happenings: list[Happening] = []
        self._traits: list[Traits] = []  #: of each happening so far

    def group(self, tellings: list[Telling]) -> list[Happening]:
        """All happenings of the page in the order of their first telling; those that only weak words name are dropped."""
        causes = link_causes(self._tree, [t.trigger for t in tellings])
        by_token = {t.trigger.token.index: t for t in tellings}
        for bundle in _bundles(tellings, causes, by_token):
            self._place(bundle)
        return [h for h in self.happenings if has_particulars(h)]

    def _place(self, bundle: list[Telling]) -> None:
        traits = traits_of(bundle, phrases=self._phrases)
        scored = [(self._score(number, bundle, traits), number) for number in range(len(self.happenings))]
        best = max(scored, default=(0.0, 0))
        if best[0] >= ONE:
            self.happenings[best[1]].tellings.extend(bundle)
            self._traits[best[1]] = self._traits[best[1]].with_later(traits)
        else:
            self.happenings.append(Happening(list(bundle)))
            self._traits.append(traits)

    def _score(self, number: int, bundle: list[Telling], traits: Traits) -> float:
        """How like a bundle of tellings is to the happening of this number; 0 if they cannot be one."""
        happening, old, new = self.happenings[number], self._traits[number], Happening(bundle)
        if happening.reality != new.reality:
            return 0.0
        same_victim = (
            bool(old.named_targets & traits.named_targets)
            and {happening.type, new.type} <= VIOLENT
            and "killing" in (happening.type, new.type)
        )
        if not same_victim and not types_agree(happening, new):
            return 0.0
        if any(not t.trigger.is_verb and is_other(self._tree, t.trigger.token) for t in bundle):
            return 0.0
        return 0.0 if clash(old, traits) else likeness(old, traits)


def _bundles(tellings: list[Telling], causes: dict[int, int], by_token: dict[int, Telling]) -> list[list[Telling]]:
    """Tellings that syntax ties together, as groups in text order."""
    root: dict[int, int] = {t.trigger.token.index: t.trigger.token.index for t in tellings}

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for low, high in causes.items():
        if not _told_alike(by_token[low], by_token[high]):
            continue
        a, b = find(low), find(high)
        if a != b:
            root[max(a, b)] = min(a, b)
    groups: dict[int, list[Telling]] = {}
    for index in sorted(by_token):
        groups.setdefault(find(index), []).append(by_token[index])
    return [groups[key] for key in sorted(groups)]


def _told_alike(a: Telling, b: Telling) -> bool:
    """Neither is hedged or unreal where the other is told flatly ("believed to have been killed in the attack" is two things)."""
    return a.reality == b.reality and (a.factuality is Factuality.CERTAIN) == (b.factuality is Factuality.CERTAIN)


def has_particulars(happening: Happening) -> bool:
    """True unless only weak words name it, or nothing is said of who, whom, where, when or how many (codebook rules 8 and 19)."""
    strong = [t for t in happening.tellings if not t.trigger.weak]
    told = {f.role for t in strong for f in t.fillers}
    detailed = any(t.places or t.sites or t.times or t.tallies for t in strong)
    if happening.reality == "negated" and any(t.attribution is not None for t in strong):
        return detailed or bool(told) or any(t.sites for t in strong)  # what somebody denies is worth a line
    if happening.reality != "actual":
        exact = any(t.times or t.tallies or any(p.precision not in WIDE for p in t.places) for t in strong)
        threatened = all(t.attribution is not None and t.attribution.stance is Stance.THREATENS for t in strong)
        single = any(f.role is Role.TARGET and f.head.tag in ("NN", "NNP") for t in strong for f in t.fillers)
        failed = Role.INSTRUMENT in told and happening.type == "bombing"
        who = Role.PERPETRATOR in told and any(not t.trigger.is_verb for t in strong)  # "attacks by the militia", of which many are feared
        whom = single or (Role.TARGET in told and not threatened)
        return bool(strong) and (exact or failed or who or whom or (detailed and (bool(told) or threatened)))
    return bool(strong) and (detailed or bool(told))


def types_agree(a: Happening, b: Happening) -> bool:
    """The same type, or one of two violent ones named only by generic words or consequences."""
    if a.type == b.type:
        return True
    both_violent = a.type in VIOLENT and b.type in VIOLENT
    return both_violent and (a.open_type or b.open_type)
