"""Who did it to whom, with what: the fillers of one trigger, from its syntax."""

from collections.abc import Iterator
from dataclasses import dataclass

from purport.coding.ontology import Ontology, ontology
from purport.coding.tree import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, Tree
from purport.coding.triggers import Trigger
from purport.model import EntityKind, Role, Token

#: Words for the parties that do not name who they are.
EMPTY_NOUNS = frozenset({"thing", "way", "kind", "time", "day", "place", "year", "month", "week", "hour", "wake", "case", "response"})
WEAPON_KINDS = frozenset({EntityKind.WEAPON, EntityKind.VEHICLE})
ACTOR_KINDS = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.GROUP_OF_PEOPLE,
        EntityKind.ARMED_GROUP,
        EntityKind.GOVERNMENT,
        EntityKind.FORCE,
        EntityKind.PARTY,
        EntityKind.ORGANISATION,
        EntityKind.NATIONALITY,
        EntityKind.PLACE,
        EntityKind.INTERGOVERNMENTAL,
        EntityKind.OUTLET,
        EntityKind.AGENCY,
        EntityKind.NGO,
        EntityKind.FACILITY,
    }
)
#: Kinds of mention that do nothing themselves.
NO_ACTORS = frozenset({EntityKind.ARTEFACT, EntityKind.WEAPON, EntityKind.VEHICLE})
#: Words that tell a manner of attack and are no instrument of their own.
NO_INSTRUMENT = frozenset(
    {"suicide", "air", "aerial", "bomb", "explosion", "bombing", "blast", "ground", "chemical", "mine", "cross-border", "shooting"}
)
#: Trigger nouns that name the weapon itself ("a car bomb killed").
NAMED_WEAPONS = frozenset({"bomb", "ied", "mine", "landmine", "device", "car-bomb"})
#: Types whose object, if it is a town, is where it happened.
STRUCK = frozenset({"air_strike", "shelling", "bombing", "armed_assault", "chemical_attack", "destruction", "territorial_change"})
#: Types whose every party is a perpetrator.
MUTUAL = frozenset({"armed_clash", "ceasefire"})
#: Prepositions that lead to the one acted upon, for nouns ("attack on", "threat against", "killing of").
TARGET_PREPOSITIONS = ("on", "against", "upon", "targeting", "at", "over")
OF_IS_TARGET = frozenset(
    {"killing", "abduction", "detention", "abuse", "destruction", "release", "displacement", "bombing", "shelling", "air_strike"}
)
OF_IS_PLACE = frozenset({"territorial_change"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills a role of a trigger; the phrase around it is quoted later. ``via`` is the trigger it was found at."""

    role: Role
    head: Token
    last: Token | None = None  #: last member of a coordination quoted as one ("mortars and long-range rockets")


def fillers_of(tree: Tree, trigger: Trigger, *, events: frozenset[int]) -> list[Filler]:
    """Perpetrators, targets and instruments of one trigger, in text order, each word once. ``events`` are the tokens of all triggers: a
    happening is nobody's perpetrator or victim."""
    found = _verbal(tree, trigger) if trigger.is_verb else _nominal(tree, trigger)
    unique: dict[tuple[Role, int], Filler] = {}
    for filler in (_placed(tree, trigger, f) for f in found):
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
    if head.index in events and head.pos in ("NOUN", "VERB") and not _is_weapon(ontology(), head):
        return tree.mention_kind(head) in (EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE)
    return head.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X") and not (
        filler.role is Role.INSTRUMENT and head.lemma.lower() in NO_INSTRUMENT
    )


def _placed(tree: Tree, trigger: Trigger, filler: Filler) -> Filler:
    """A town that is bombed, shelled or raided is the place."""
    if filler.role is Role.TARGET and trigger.type in STRUCK and any(t.literal and not t.adjective for t in tree.toponyms(filler.head)):
        return Filler(Role.PLACE, filler.head)
    return filler


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
def subject_of(tree: Tree, verb: Token) -> list[Token]:
    """The understood subjects of a verb: its own, its antecedent in a relative clause, or that of the verb it depends on."""
    for _ in range(4):
        own = [t for t in tree.children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)]
        if own:
            return [c for t in own for c in _spread(tree, _antecedent(tree, verb, t))]
        if verb.dep == "acl" and verb.tag == "VB":
            return []  # "a plot to attack": the plot does not attack
        if verb.dep in ("relcl", "acl"):
            return [tree.head(verb)]
        if verb.dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux"):
            up = tree.head(verb)
            if up.dep == "prep" or up.pos == "ADP":
                up = tree.head(up)
            accused = _accused(tree, up, verb)
            if accused:
                return accused
            if verb.dep == "xcomp" and tree.children(up, "dobj"):
                return [c for t in tree.children(up, "dobj") for c in _spread(tree, t)]
            if verb.dep == "ccomp" and verb.tag not in ("VBG", "VB"):
                return []
            if up.pos not in ("VERB", "AUX"):
                return [up] if up.pos in ("NOUN", "PROPN") else []
            verb = up
            continue
        return []
    return []


def _accused(tree: Tree, up: Token, verb: Token) -> list[Token]:
    """ "accused X of killing", "X was believed to have killed": the one accused."""
    if up.lemma not in ontology().accusing_verbs or verb.dep not in ("pcomp", "xcomp"):
        return []
    return [c for t in tree.children(up, "nsubjpass", "dobj") for c in _spread(tree, t)]


def _antecedent(tree: Tree, verb: Token, subject: Token) -> Token:
    if subject.lemma.lower() in ("who", "which", "that", "whom") and verb.dep == "relcl":
        return tree.head(verb)
    return subject


def _spread(tree: Tree, token: Token) -> list[Token]:
    return tree.conjuncts(token)


def _verbal(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    verb, lexicon = trigger.token, ontology()
    passive = trigger.entry.frame != "suffer" and (tree.is_passive(verb) or _is_bare_passive(tree, trigger))
    subjects, objects = _subjects(tree, verb, passive=passive), _objects(tree, verb, passive=passive)
    agents = tree.objects_of(verb, "by") if passive else subjects
    patients = objects
    if passive and not tree.children(verb, "agent"):
        agents = [t for t in agents if t.pos != "NUM"]
    yield from _framed(tree, trigger, lexicon, agents=agents, patients=patients)
    yield from _instruments(tree, verb)


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
    return [c for t in tree.children(verb, *OBJECTS) for c in _spread(tree, t)]


def _framed(tree: Tree, trigger: Trigger, lexicon: Ontology, *, agents: list[Token], patients: list[Token]) -> Iterator[Filler]:
    frame, verb = trigger.entry.frame, trigger.token
    if frame == "suffer":
        flees = verb.lemma == "flee" or not tree.children(verb, "dobj")
        yield from (Filler(Role.TARGET, t) for t in (subject_of(tree, verb) if flees else patients))
        return
    if frame == "explode":
        yield from (_doer(tree, lexicon, t) for t in agents)
        yield from (Filler(Role.INSTRUMENT, t) for t in patients)
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
    yield from (f for t in agents for f in _doers(tree, lexicon, t))
    yield from (Filler(Role.TARGET, t) for t in patients)
    if trigger.type not in ("detention", "release"):
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "at", "against") if not patients)


#: Weapons that are crewed: as a subject they stand for those who use them ("Israeli gunboats attacked").
CREWED = frozenset(
    {"warplane", "jet", "aircraft", "airplane", "plane", "helicopter", "artillery", "gunboat", "tank", "warship", "air-force", "gunship"}
)


def _doer(tree: Tree, lexicon: Ontology, token: Token) -> Filler:
    """A subject is the perpetrator, or the instrument if it is a weapon ("a bomb killed", "rockets hit")."""
    weapon = _is_weapon(lexicon, token) and token.lemma.lower() not in CREWED
    return Filler(Role.INSTRUMENT if weapon else Role.PERPETRATOR, token)


def _doers(tree: Tree, lexicon: Ontology, token: Token) -> Iterator[Filler]:
    """The doer, and whose weapon it is ("Russian missiles hit")."""
    doer = _doer(tree, lexicon, token)
    yield doer
    if doer.role is Role.INSTRUMENT:
        yield from (Filler(Role.PERPETRATOR, k) for k in tree.children(token, "amod", "compound", "poss") if is_actor_modifier(tree, k))


PEOPLE_OF_VIOLENCE = frozenset(
    {"bomber", "attacker", "gunman", "coalition", "force", "soldier", "sniper", "shooter", "fighter", "army", "military", "air"}
)


def _is_weapon(lexicon: Ontology, token: Token) -> bool:
    lemma = token.lemma.lower()
    return lemma in lexicon.evidence and lemma not in PEOPLE_OF_VIOLENCE


def _instruments(tree: Tree, verb: Token) -> Iterator[Filler]:
    for token in tree.objects_of(verb, "with", "by", "using"):
        if _is_weapon(ontology(), token) or any(_is_weapon(ontology(), k) for k in tree.children(token, "compound")):
            yield Filler(Role.INSTRUMENT, token)
    for kid in tree.children(verb, "advcl", "acl", "xcomp"):
        if kid.lemma == "use":
            yield from (Filler(Role.INSTRUMENT, c) for t in tree.children(kid, "dobj") for c in tree.conjuncts(t))


# ------------------------------------------------------------------ nouns
def _nominal(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    noun, lexicon = trigger.token, ontology()
    yield from _possessors(tree, trigger)
    for token in tree.objects_of(noun, "by"):
        yield _doer(tree, lexicon, token)
    yield from (Filler(Role.PERPETRATOR if trigger.type in MUTUAL else Role.TARGET, t) for t in tree.objects_of(noun, *TARGET_PREPOSITIONS))
    if trigger.type == "threat":
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(noun, "to"))
    if trigger.type in MUTUAL:
        yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(noun, "between", "with", "among"))
    for token in tree.objects_of(noun, "of"):
        if trigger.type in OF_IS_TARGET:
            yield Filler(Role.TARGET, token)
        elif trigger.type in OF_IS_PLACE:
            yield Filler(Role.PLACE, token)
    if noun.lemma.lower() in NAMED_WEAPONS:
        yield Filler(Role.INSTRUMENT, noun)
    yield from _light(tree, trigger)


def _possessors(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """ "Israel's strikes", "Turkish shelling", "IS attack": who did it; "rocket attack", "drone strike": with what."""
    lexicon = ontology()
    for kid in tree.children(trigger.token, "poss", "compound", "amod", "nmod", "nsubj"):
        if kid.dep == "poss":
            role = (
                Role.TARGET
                if trigger.entry.consequence == "killed" or trigger.type in ("killing", "detention", "abduction", "release")
                else Role.PERPETRATOR
            )
            yield Filler(role, kid)
        elif _is_weapon(lexicon, kid):
            yield Filler(Role.INSTRUMENT, kid)
        elif is_actor_modifier(tree, kid):
            yield Filler(Role.PERPETRATOR, kid)


def is_actor_modifier(tree: Tree, token: Token) -> bool:
    """A nationality, force or group before an event noun ("Russian air strikes", "IS attack", "coalition raid")."""
    if tree.mention_kind(token) in (EntityKind.NATIONALITY, EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.GOVERNMENT):
        return True
    if token.pos == "ADJ" or token.entity == "NORP":
        return token.entity == "NORP" or any(t.adjective and t.span.start == token.span.start for t in tree.reading.toponyms)
    return token.entity in ("ORG", "PERSON") or token.lemma.lower() in (
        "coalition",
        "insurgent",
        "rebel",
        "army",
        "police",
        "regime",
        "militant",
        "government",
        "militia",
    )


def _light(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """ "carried out an attack", "was hit by a strike", "the attack killed": arguments of the verb that the noun depends on."""
    noun, lexicon = trigger.token, ontology()
    verb = tree.head(noun)
    if noun.dep == "conj":
        noun = verb
        verb = tree.head(noun)
    yield from _blamed(tree, noun)
    if noun.dep == "pobj" and verb.dep == "agent":
        verb = tree.head(verb)
    if verb.pos != "VERB":
        return
    if verb.lemma in lexicon.light_verbs:
        if noun.dep == "dobj":
            yield from (_doer(tree, lexicon, t) for t in (tree.objects_of(verb, "by") if tree.is_passive(verb) else subject_of(tree, verb)))
            yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "against") if trigger.type not in MUTUAL)
        elif noun.dep == "nsubjpass":
            yield from (_doer(tree, lexicon, t) for t in tree.objects_of(verb, "by"))
            yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "against"))
        return
    if verb.lemma in lexicon.victim_verbs and noun.dep == "dobj":
        yield from (Filler(Role.TARGET, t) for t in subject_of(tree, verb) if t.pos != "PRON")


def _blamed(tree: Tree, noun: Token) -> Iterator[Filler]:
    """ "blamed X for the attack", "blamed the attack on X"."""
    up = tree.head(noun)
    if noun.dep == "dobj" and up.lemma == "blame":
        yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(up, "on"))
    if noun.dep == "pobj" and tree.head(up).lemma in ("blame", "accuse", "suspect"):
        yield from (Filler(Role.PERPETRATOR, c) for t in tree.children(tree.head(up), "dobj", "nsubjpass") for c in tree.conjuncts(t))
