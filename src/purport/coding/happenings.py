"""What the tellings of one happening are together: its type, whether it is real, whether anything particular is said of it."""

from dataclasses import dataclass

from purport.coding.causes import RESULTS
from purport.coding.ontology import CONSEQUENCE_TYPE
from purport.coding.tellings import Telling
from purport.coding.traits import WIDE
from purport.coding.triggers import Trigger
from purport.model import Role, Stance


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
    def own(self) -> str:
        """The type of the codebook in use whose words name it, "" for none: the first of those that say most."""
        named = [t.trigger for t in self.tellings if t.trigger.entry.own]
        return max(named, key=weight_of).entry.own if named else ""

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
