"""Who did it to whom, with what: the fillers of one trigger, from its syntax."""

from collections.abc import Iterator

from purport.coding.filler import Filler as Filler
from purport.coding.noun_arguments import doer, doers, nominal_fillers
from purport.coding.ontology import ontology
from purport.coding.tree import OBJECTS, PASSIVE_SUBJECTS, Tree
from purport.coding.triggers import Trigger
from purport.coding.understood import subject_of
from purport.coding.weapons import CREWED, can_be_used, does_itself, is_weapon, used_by
from purport.model import EntityKind, Role, Token

#: Words for the parties that do not name who they are.
EMPTY_NOUNS = frozenset(
    {"thing", "way", "kind", "time", "day", "place", "year", "month", "week", "hour", "wake", "case", "response", "one", "each", "another"}
)
#: What stands for people or things named after "of" ("a number of vehicles", "a series of bombs").
MEASURES = frozenset({"number", "series", "lot", "variety", "handful", "couple", "range", "string", "wave"})
#: Heads that leave a number bare: a count, and nobody named.
NOBODY_NAMED = frozenset({"other", "more", "another"})
#: Kinds of mention that do nothing themselves.
NO_ACTORS = frozenset({EntityKind.ARTEFACT, EntityKind.WEAPON, EntityKind.VEHICLE})
#: Types whose object, if it is a town, is where it happened.
STRUCK = frozenset({"air_strike", "shelling", "bombing", "armed_assault", "chemical_attack", "destruction", "territorial_change"})

STRUCK_OR_FOUGHT = STRUCK | {"armed_clash"}


def fillers_of(tree: Tree, trigger: Trigger, *, events: frozenset[int]) -> list[Filler]:
    """Perpetrators, targets and instruments of one trigger, in text order, each word once. ``events`` are the tokens of all triggers: a
    happening is nobody's perpetrator or victim."""
    found = _verbal(tree, trigger) if trigger.is_verb else nominal_fillers(tree, trigger)
    unique: dict[tuple[Role, int], Filler] = {}
    for filler in (_placed(tree, trigger, _named(tree, f)) for f in found):
        if _can_fill(tree, filler, trigger, events):
            unique.setdefault((filler.role, filler.head.index), filler)
    return _joined(tree, [unique[key] for key in sorted(unique, key=lambda k: (k[1], k[0].value))])


def _can_fill(tree: Tree, filler: Filler, trigger: Trigger, events: frozenset[int]) -> bool:
    head = filler.head
    if head.index == trigger.token.index:
        return filler.role is Role.INSTRUMENT
    if head.lemma.lower() in EMPTY_NOUNS or head.tag in ("WDT", "WP", "DT", "EX") or tree.is_time(head):
        return False
    if filler.role is Role.PERPETRATOR and tree.mention_kind(head) in NO_ACTORS and head.lemma.lower() not in CREWED:
        return False
    if filler.role is Role.PERPETRATOR and trigger.entry.frame != "crowd" and head.lemma.lower() in ontology().victim_nouns:
        return False
    if head.index in events and head.pos in ("NOUN", "VERB") and not is_weapon(head):
        return tree.mention_kind(head) in (EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE)
    if filler.role is Role.TARGET and _is_bare_number(tree, head):
        return False
    return head.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X") and (filler.role is not Role.INSTRUMENT or can_be_used(head))


def _is_bare_number(tree: Tree, head: Token) -> bool:
    """ "killing seven and injuring 48 others": a count, and no victim named; "all three" points at somebody."""
    if any(t.lemma.lower() in ("all", "both", "the", "these", "those") for t in tree.children(head, "det", "predet", "quantmod", "advmod")):
        return False
    return head.pos == "NUM" or (head.lemma.lower() in NOBODY_NAMED and bool(tree.children(head, "nummod", "amod")))


def _named(tree: Tree, filler: Filler) -> Filler:
    """The filler moved from a measure to what it measures, and from an apposition to the name ("X, a cleric accused of ...")."""
    head, role = filler.head, filler.role
    measured = tree.objects_of(head, "of") if head.lemma.lower() in MEASURES and role is not Role.PLACE else []
    if measured:
        return Filler(Role.INSTRUMENT if role is Role.PERPETRATOR and does_itself(measured[0]) else role, measured[0])
    named = tree.head(head)
    if head.dep == "appos" and head.pos == "NOUN" and named.pos == "PROPN" and role is not Role.PLACE:
        return Filler(role, named)
    return filler


def _placed(tree: Tree, trigger: Trigger, filler: Filler) -> Filler:
    """A town that is bombed, shelled or raided is the place."""
    if filler.role is not Role.TARGET or trigger.type not in STRUCK_OR_FOUGHT:
        return filler
    if any(t.literal and not t.adjective for t in tree.toponyms(filler.head)) or _is_part_of_place(tree, filler.head):
        return Filler(Role.PLACE, filler.head)
    return filler


def _is_part_of_place(tree: Tree, head: Token) -> bool:
    """ "the canton of Afrin", "the countryside of Homs", "the area": where it happened rather than what was hit."""
    if head.lemma.lower() not in ontology().areas or head.pos != "NOUN":
        return False
    if head.tag == "NNS" and not any(t.literal for below in tree.subtree(head) for t in tree.toponyms(below)):
        return False  # "villages were shelled": the villages are what was hit
    return not tree.conjuncts(head)[1:]


def _joined(tree: Tree, fillers: list[Filler]) -> list[Filler]:
    """Things in one coordination as one filler; people and named actors stay apart."""
    found: list[Filler] = []
    for filler in fillers:
        before = found[-1] if found else None
        if (
            before
            and before.role is filler.role
            and _is_thing(tree, filler.head)
            and _is_thing(tree, before.head)
            and _coordinated(tree, before, filler)
        ):
            found[-1] = Filler(before.role, before.head, filler.head)
        else:
            found.append(filler)
    return found


def _coordinated(tree: Tree, a: Filler, b: Filler) -> bool:
    return b.head.dep == "conj" and (a.last or a.head).index == b.head.head


def _is_thing(tree: Tree, token: Token) -> bool:
    kind = tree.mention_kind(token)
    return kind in (None, EntityKind.OTHER, EntityKind.FACILITY, EntityKind.VEHICLE, EntityKind.WEAPON) and token.pos == "NOUN"


# ------------------------------------------------------------------ verbs
def _verbal(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    verb = trigger.token
    passive = trigger.entry.frame != "suffer" and (tree.is_passive(verb) or _is_bare_passive(tree, trigger))
    subjects, objects = _subjects(tree, verb, passive=passive), _objects(tree, verb, passive=passive)
    agents = tree.objects_of(verb, "by") if passive else subjects
    patients = objects
    if passive and not tree.children(verb, "agent"):
        agents = [t for t in agents if t.pos != "NUM"]
    yield from _framed(tree, trigger, agents=agents, patients=patients)
    yield from (Filler(Role.INSTRUMENT, t) for t in used_by(tree, verb, agents=agents))


def _is_bare_passive(tree: Tree, trigger: Trigger) -> bool:
    """ "Seven killed in blast", "dozens injured": a participle without its auxiliary, as headlines and lists have it."""
    verb = trigger.token
    if verb.tag not in ("VBN", "VBD") or tree.children(verb, "dobj", "aux", "prt") or trigger.entry.frame != "attack":
        return False
    if trigger.entry.consequence:
        return True
    return (verb.tag == "VBN" or trigger.headline) and not tree.objects_of(verb, "on", "at", "against", "with")


def _subjects(tree: Tree, verb: Token, *, passive: bool) -> list[Token]:
    return [] if passive else subject_of(tree, verb)


def _objects(tree: Tree, verb: Token, *, passive: bool) -> list[Token]:
    if passive:
        if verb.dep in ("acl", "amod") and not tree.children(verb, *PASSIVE_SUBJECTS):
            return [tree.head(verb)]
        return subject_of(tree, verb)
    return [c for t in tree.children(verb, *OBJECTS) for c in tree.conjuncts(t)]


def _framed(tree: Tree, trigger: Trigger, *, agents: list[Token], patients: list[Token]) -> Iterator[Filler]:
    frame, verb = trigger.entry.frame, trigger.token
    if frame == "suffer":
        flees = verb.lemma == "flee" or not tree.children(verb, "dobj")
        yield from (Filler(Role.TARGET, t) for t in (subject_of(tree, verb) if flees else patients))
        return
    if frame == "explode":
        yield from (doer(t) for t in agents)
        yield from (Filler(Role.INSTRUMENT, t) for t in patients)
        return
    if frame == "empty":
        yield from (Filler(Role.PLACE, t) for t in patients)
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "of"))
        return
    if frame == "clash":
        parties = [*agents, *patients, *tree.objects_of(verb, "with", "against", "between")]
        yield from (Filler(Role.PERPETRATOR, t) for t in parties)
        return
    if frame == "fall":
        yield from (Filler(Role.PLACE, t) for t in agents)
        yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(verb, "to"))
        return
    if frame in ("take", "lose", "withdraw"):
        yield from (Filler(Role.PERPETRATOR if frame != "lose" else Role.TARGET, t) for t in agents)
        yield from (Filler(Role.PLACE, t) for t in patients)
        other = Role.TARGET if frame == "take" else Role.PERPETRATOR
        yield from (Filler(other, t) for t in tree.objects_of(verb, "from" if frame == "take" else "to"))
        return
    if frame == "launch":
        yield from (Filler(Role.PERPETRATOR, t) for t in agents)
        yield from (Filler(Role.INSTRUMENT, t) for t in patients)
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "at", "on", "onto", "into", "against", "towards", "toward"))
        return
    if frame in ("crowd", "agree"):
        yield from (Filler(Role.PERPETRATOR, t) for t in agents)
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "against") if frame == "crowd")
        yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(verb, "with", "between") if frame == "agree")
        return
    yield from (f for t in agents for f in doers(tree, t))
    yield from (Filler(Role.TARGET, t) for t in patients)
    if trigger.type not in ("detention", "release"):
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "at", "against") if not patients)
