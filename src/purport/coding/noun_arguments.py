"""Who did it to whom, where a noun names the deed: possessors, modifiers, prepositions, and the verb that the noun depends on."""

from collections.abc import Iterator

from purport.coding.blame import behind, laid_on
from purport.coding.filler import Filler
from purport.coding.ontology import ontology
from purport.coding.tree import PASSIVE_SUBJECTS, SUBJECTS, Tree
from purport.coding.triggers import Trigger
from purport.coding.understood import subject_of
from purport.coding.weapons import does_itself, is_weapon
from purport.model import EntityKind, Role, Token

#: Trigger nouns that name the weapon itself ("a car bomb killed").
NAMED_WEAPONS = frozenset({"bomb", "ied", "mine", "landmine", "device", "car-bomb"})
#: Types whose every party is a perpetrator.
MUTUAL = frozenset({"armed_clash", "ceasefire"})
#: Prepositions that lead to the one acted upon, for nouns ("attack on", "threat against", "killing of").
TARGET_PREPOSITIONS = ("on", "against", "upon", "targeting", "at", "over")
OF_IS_TARGET = frozenset(
    {"killing", "abduction", "detention", "abuse", "destruction", "release", "displacement", "bombing", "shelling", "air_strike"}
)
OF_IS_PLACE = frozenset({"territorial_change"})
#: "a rally of nurses": who acts.
CROWDS = frozenset({"protest", "riot"})
OWNED_BY_VICTIM = frozenset({"killing", "detention", "abduction", "release"})
ACTORS = frozenset({EntityKind.NATIONALITY, EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.GOVERNMENT})


def nominal_fillers(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """The fillers that the noun of a trigger has, in no order, maybe repeated."""
    noun = trigger.token
    yield from _possessors(tree, trigger)
    yield from (doer(token) for token in tree.objects_of(noun, "by"))
    yield from _acted_upon(tree, trigger)
    for token in tree.objects_of(noun, "of"):
        if trigger.type in CROWDS:
            yield Filler(Role.PERPETRATOR, token)
        elif trigger.type in OF_IS_TARGET:
            yield Filler(Role.TARGET, token)
        elif trigger.type in OF_IS_PLACE:
            yield Filler(Role.PLACE, token)
    if noun.lemma.lower() in NAMED_WEAPONS:
        yield Filler(Role.INSTRUMENT, noun)
    yield from _parties(tree, trigger)
    yield from _light(tree, trigger)


def doer(token: Token) -> Filler:
    """A subject is the perpetrator, or the instrument if it is a weapon ("a bomb killed", "rockets hit")."""
    return Filler(Role.INSTRUMENT if does_itself(token) else Role.PERPETRATOR, token)


def doers(tree: Tree, token: Token) -> Iterator[Filler]:
    """The doer, and whose weapon it is ("Russian missiles hit")."""
    found = doer(token)
    yield found
    if found.role is Role.INSTRUMENT:
        yield from (Filler(Role.PERPETRATOR, k) for k in tree.children(token, "amod", "compound", "poss") if is_actor_modifier(tree, k))


def is_mutual(trigger: Trigger) -> bool:
    """True where both sides act; in a one-sided offensive the attacked side is the target (codebook rule 21)."""
    return trigger.type in MUTUAL and trigger.token.lemma.lower() not in ontology().one_sided


def _acted_upon(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    laid = {t.index for t in laid_on(tree, trigger.token)}
    role = Role.PERPETRATOR if is_mutual(trigger) else Role.TARGET
    yield from (Filler(role, t) for t in tree.objects_of(trigger.token, *TARGET_PREPOSITIONS) if t.index not in laid)
    if trigger.type == "threat":
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(trigger.token, "to"))


def _possessors(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """ "Israel's strikes", "Turkish shelling", "IS attack", "US-led raid": who did it; "rocket attack", "drone strike": with what."""
    for kid in tree.children(trigger.token, "poss", "compound", "amod", "nmod", "nsubj"):
        if kid.dep == "poss":
            suffered = trigger.entry.consequence == "killed" or trigger.type in OWNED_BY_VICTIM
            yield Filler(Role.TARGET if suffered else Role.PERPETRATOR, kid)
        elif is_weapon(kid):
            yield Filler(Role.INSTRUMENT, kid)
        elif is_actor_modifier(tree, kid):
            yield Filler(Role.PERPETRATOR, kid)
        elif kid.words.lower() in ("led", "backed"):  # "US-led attack"
            yield from (
                Filler(Role.PERPETRATOR, t) for t in tree.children(kid, "compound", "npadvmod", "nmod", "amod", "nsubj") if t.pos == "PROPN"
            )


def is_actor_modifier(tree: Tree, token: Token) -> bool:
    """A nationality, force or group before an event noun ("Russian air strikes", "IS attack", "coalition raid")."""
    lemma = token.lemma.lower()
    if lemma in ontology().manner_modifiers:
        return False
    if tree.mention_kind(token) in ACTORS:
        return True
    if token.pos == "ADJ" or token.entity == "NORP":
        return token.entity == "NORP" or any(t.adjective and t.span.start == token.span.start for t in tree.reading.toponyms)
    if any(t.literal and not t.adjective for t in tree.toponyms(token)):
        return False  # "the Lyon bombing"
    return token.entity in ("ORG", "PERSON") or lemma in ontology().actor_modifiers


def _parties(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """ "fighting between A and B", "a truce agreed by A and B", "clashes broke out, pitting A against B"."""
    if trigger.type not in MUTUAL:
        return
    noun = trigger.token
    yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(noun, "between", "with", "among"))
    verb = tree.head(noun)
    if noun.dep in (*SUBJECTS, *PASSIVE_SUBJECTS) and verb.lemma in ontology().light_verbs:  # "a truce was agreed between"
        yield from (Filler(Role.PERPETRATOR, t) for t in tree.objects_of(verb, "between", "by"))
    below = [
        t for clause in tree.children(noun, "acl") for t in tree.subtree(clause)
    ]  # "agreed last week between": the parser may hang it on "week"
    for prep in (t for t in below if t.lemma == "between" and t.dep == "prep"):
        yield from (Filler(Role.PERPETRATOR, c) for t in tree.children(prep, "pobj") for c in tree.conjuncts(t))
    for clause in (*tree.children(noun, "acl", "relcl"), *(tree.children(tree.head(noun), "advcl") if noun.dep in SUBJECTS else ())):
        if clause.lemma == "pit":
            opponents = (*tree.children(clause, "dobj"), *tree.objects_of(clause, "against"))
            yield from (Filler(Role.PERPETRATOR, c) for t in opponents for c in tree.conjuncts(t))


def _light(tree: Tree, trigger: Trigger) -> Iterator[Filler]:
    """ "carried out an attack", "was hit by a strike", "the attack killed": arguments of the verb that the noun depends on."""
    noun, lexicon = trigger.token, ontology()
    verb = tree.head(noun)
    if noun.dep == "conj" or (noun.dep == "compound" and trigger.type == "ceasefire"):  # "signed a ceasefire agreement"
        noun = verb
        verb = tree.head(noun)
    yield from (Filler(Role.PERPETRATOR, t) for t in behind(tree, noun))
    if noun.dep == "pobj" and verb.dep == "agent":
        verb = tree.head(verb)
    if verb.pos != "VERB":
        return
    if verb.lemma in lexicon.light_verbs:
        yield from _performed(tree, trigger, noun=noun, verb=verb)
    elif verb.lemma in lexicon.victim_verbs and noun.dep == "dobj":
        yield from (Filler(Role.TARGET, t) for t in subject_of(tree, verb))


def _performed(tree: Tree, trigger: Trigger, *, noun: Token, verb: Token) -> Iterator[Filler]:
    if noun.dep == "dobj":
        yield from (doer(t) for t in (tree.objects_of(verb, "by") if tree.is_passive(verb) else subject_of(tree, verb)))
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "against") if not is_mutual(trigger))
    elif noun.dep == "nsubjpass":
        yield from (doer(t) for t in tree.objects_of(verb, "by"))
        yield from (Filler(Role.TARGET, t) for t in tree.objects_of(verb, "on", "against"))
