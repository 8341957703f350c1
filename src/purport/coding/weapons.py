"""Words for weapons: what was used, and who stands behind a weapon that does the deed."""

from collections.abc import Iterator

from purport.coding.ontology import ontology
from purport.coding.tree import Tree
from purport.model import Token

#: As modifiers these tell a manner of attack and are no instrument of their own ("suicide attack", "bomb blast", "air strike").
MANNERS = frozenset(
    {"suicide", "air", "aerial", "bomb", "explosion", "bombing", "blast", "ground", "chemical", "mine", "cross-border", "shooting"}
)
#: Words of the lexicon of weapons that are events or people.
NO_THINGS = frozenset(
    {"explosion", "bombing", "blast", "shooting", "airstrike", "arson", "suicide", "ground", "air", "cross-border", "chemical"}
)
PEOPLE_OF_VIOLENCE = frozenset(
    {"bomber", "attacker", "gunman", "coalition", "force", "soldier", "sniper", "shooter", "fighter", "army", "military", "air", "security"}
)
#: Weapons that are crewed: as a subject they stand for those who use them ("Israeli gunboats attacked").
CREWED = frozenset(
    {"warplane", "jet", "aircraft", "airplane", "plane", "helicopter", "artillery", "gunboat", "tank", "warship", "air-force", "gunship"}
)
MODIFYING = ("compound", "amod", "nmod", "npadvmod")


def is_weapon(token: Token) -> bool:
    """True for a word that the lexicon knows as a weapon or a manner of attack."""
    lemma = token.lemma.lower()
    return lemma in ontology().evidence and lemma not in PEOPLE_OF_VIOLENCE


def can_be_used(token: Token) -> bool:
    """True for what can stand as an instrument: a modifier that names a thing, or any noun that is no event."""
    return token.lemma.lower() not in (MANNERS if token.dep in MODIFYING else NO_THINGS)


def does_itself(token: Token) -> bool:
    """True for a weapon as subject that is no crew ("a bomb killed", "rockets hit")."""
    return is_weapon(token) and token.lemma.lower() not in CREWED


def used_by(tree: Tree, verb: Token, *, agents: list[Token]) -> Iterator[Token]:
    """What a deed was done with: "with rockets", "using knives", "gunmen armed with rifles"."""
    for token in tree.objects_of(verb, "with", "by", "using"):
        if is_weapon(token) or any(is_weapon(k) for k in tree.children(token, "compound", "amod")):
            yield token
    for clause in (*tree.children(verb, "advcl", "acl", "xcomp"), *(c for agent in agents for c in tree.children(agent, "acl"))):
        if clause.lemma == "use":
            yield from (c for t in tree.children(clause, "dobj") for c in tree.conjuncts(t))
        elif clause.lemma in ("arm", "wield", "carry"):
            yield from (t for t in (*tree.objects_of(clause, "with"), *tree.children(clause, "dobj")) if is_weapon(t))
