"""Which happening caused a consequence: "the blast killed 12", "12 died when a bomb went off", "opened fire, wounding three"."""

from collections.abc import Iterator

from purport.coding.ontology import ontology
from purport.coding.tree import SUBJECTS, Tree
from purport.coding.triggers import Trigger
from purport.model import Token

#: Prepositions between a consequence and its cause.
WITHIN = ("in", "by", "during", "from", "of")
CAUSAL = ("in", "by", "during", "from", "after", "following", "of", "amid", "as", "to", "because", "due", "under")
#: Conjunctions by which a clause tells of something else than what comes of the main clause.
EARLIER = frozenset({"after", "before", "since", "until", "because", "although", "though", "while"})
#: Types that can have caused deaths and injuries.
VIOLENT = frozenset(
    {
        "killing",
        "armed_assault",
        "armed_clash",
        "bombing",
        "air_strike",
        "shelling",
        "chemical_attack",
        "riot",
        "abuse",
        "protest",
        "destruction",
    }
)
#: What comes of an attack rather than being one.
RESULTS = frozenset({"destruction", "killing"})


def link_causes(tree: Tree, triggers: list[Trigger]) -> dict[int, int]:
    """For triggers by token index, the token index of the trigger that is the same happening told by its cause or its verb."""
    by_token = {t.token.index: t for t in triggers}
    found: dict[int, int] = {}
    for trigger in triggers:
        for near in _kin(tree, trigger):
            other = by_token.get(near.index)
            if (
                other is not None
                and other is not trigger
                and _same_happening(trigger, other)
                and not _is_second_act(tree, trigger, other)
                and found.get(near.index) != trigger.token.index
            ):
                found[trigger.token.index] = near.index
                break
    return found


def _same_happening(trigger: Trigger, other: Trigger) -> bool:
    if trigger.type == other.type:
        return True
    if trigger.type == "threat" or other.type == "threat":
        return False
    if trigger.entry.consequence in ("killed", "injured", "casualties") or trigger.type in RESULTS:
        return other.type in VIOLENT
    if trigger.entry.generic or other.entry.generic:
        return trigger.type in VIOLENT and other.type in VIOLENT
    return False


def _is_second_act(tree: Tree, trigger: Trigger, other: Trigger) -> bool:
    """ "looted and bombed", "shelled the road and then hit the town": acts in one coordination that are two."""
    if (
        trigger.entry.consequence
        or other.entry.consequence
        or tree.head(trigger.token).index != other.token.index
        or trigger.token.dep != "conj"
    ):
        return False
    then = any(t.lemma.lower() in ("then", "later", "afterwards") for t in tree.children(trigger.token, "advmod"))
    return trigger.type != other.type or then


def _kin(tree: Tree, trigger: Trigger) -> Iterator[Token]:
    token = trigger.token
    if trigger.entry.consequence or trigger.entry.generic or trigger.type in RESULTS:
        yield from _subjects_and_causes(tree, token, told_of=bool(trigger.entry.consequence))
    if token.dep in ("advcl", "conj", "relcl", "acl") or (token.dep == "xcomp" and token.tag == "VBG"):
        yield from _above(tree, token)
    if token.pos in ("NOUN", "PROPN"):
        yield from _nominal_kin(tree, token)


def _subjects_and_causes(tree: Tree, token: Token, *, told_of: bool) -> Iterator[Token]:
    """``told_of``: the word is a consequence; an act that comes after another is a second act ("after the attacks the army shelled")."""
    for kid in tree.children(token, *SUBJECTS):
        yield kid
        yield from _inside(tree, kid)
    for noun in tree.objects_of(token, *(CAUSAL if told_of else WITHIN)):
        yield noun
        yield from _inside(tree, noun)
    for kid in tree.children(token, "advcl"):
        if any(t.lemma.lower() in ("when", "after", "as", "while") for t in tree.children(kid, "advmod", "mark")):
            yield kid


def _inside(tree: Tree, noun: Token) -> Iterator[Token]:
    """ "a series of attacks", "a wave of bombings"."""
    yield from tree.objects_of(noun, "of")


def _above(tree: Tree, token: Token) -> Iterator[Token]:
    """The verb or noun above: "fired rockets, killing two", "an attack that killed two", "attacked and killed"."""
    up = tree.head(token)
    if token.dep in ("relcl", "acl"):
        yield up
        if up.dep == "pobj" and tree.head(up).lemma == "of":
            yield tree.head(tree.head(up))
        return
    if token.dep == "advcl" and token.tag != "VBG" and not ontology().verbs.get(up.lemma.lower()):
        return
    if token.dep == "advcl" and any(t.lemma.lower() in EARLIER for t in tree.children(token, "mark")):
        return  # "struck the camp after two soldiers died": the dead came before
    if token.dep == "conj" and tree.children(token, *SUBJECTS, "nsubjpass"):
        return
    yield up
    while up.dep in ("advcl", "conj", "xcomp") and up.pos == "VERB" and not tree.children(up, *SUBJECTS):
        up = tree.head(up)  # "attacked a truck, running up to it and detonating his explosives"
        yield up
    yield from tree.children(up, *SUBJECTS, "dobj", "nsubjpass")
    yield from tree.objects_of(up, "in", "by")


def _nominal_kin(tree: Tree, token: Token) -> Iterator[Token]:
    """ "death toll from the attack", "an attack, a suicide bombing"; a noun under a verb of the same happening."""
    yield from tree.objects_of(token, "from", "in", "of")
    if token.dep == "appos":
        yield tree.head(token)
    if token.dep in ("dobj", "pobj"):
        up = tree.head(token)
        yield tree.head(up) if up.dep in ("prep", "agent") else up
