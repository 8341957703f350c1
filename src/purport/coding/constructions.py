"""Verbs that are violence only together with something else: "drove a van into the crowd", "sentenced him to death", "threw a grenade"."""

from dataclasses import replace

from purport.coding.ontology import Entry, Ontology
from purport.coding.tree import SUBJECTS, Tree
from purport.coding.type_evidence import by_object, evidence_of, object_kind
from purport.coding.understood import subject_of
from purport.model import EntityKind, Token

TAKING = Entry("territorial_change", "take")
LOSING = Entry("territorial_change", "lose")
LEAVING = Entry("territorial_change", "withdraw")
MOVER_NOUNS = frozenset(
    {"troop", "tank", "soldier", "rebel", "fighter", "force", "army", "militant", "militia", "insurgent", "convoy", "division", "unit"}
)
FORCES = frozenset({EntityKind.ARMED_GROUP, EntityKind.FORCE})
#: What a death sentence is passed to.
DEATHS = frozenset({"death", "gallow", "gallows", "execution"})


def constructed(tree: Tree, lexicon: Ontology, token: Token) -> Entry | None:
    """The entry of a verb that what stands around it makes an event; None if nothing does."""
    lemma = token.lemma.lower()
    if lemma == "control" and any(t.lemma.lower() == "now" for t in tree.children(token, "advmod")):
        held = any(object_kind(tree, lexicon, t) == "place" for t in tree.children(token, "dobj", "nsubjpass"))
        return TAKING if held else None  # "rebels now control the town"
    return _moved(tree, lexicon, token, lemma) or _armed(tree, lexicon, token, lemma) or _emptied(tree, token, lemma)


def condemned(tree: Tree, token: Token) -> bool:
    """ "sentenced to death", also with the condemned in between: a killing that has not happened (codebook rule 17)."""
    return token.lemma.lower() in ("sentence", "condemn") and any(t.lemma.lower() in DEATHS for t in tree.objects_of(token, "to"))


def _moved(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    """Verbs of taking, losing, entering and leaving a place; None where no place or no force is involved."""
    if lemma in lexicon.by_object:
        kind = by_object(tree, lexicon, token)
        frame = LOSING if lemma == "lose" else TAKING
        return replace(frame, type=kind, frame=frame.frame if kind == "territorial_change" else "attack") if kind else None
    prepositions = lexicon.movements.get(lemma, ())
    goals = [*(tree.children(token, "dobj") if "" in prepositions else ()), *tree.objects_of(token, *(p for p in prepositions if p))]
    goals += [noun for prep in tree.children(token, "prep") for noun in tree.objects_of(prep, *prepositions)]
    is_land = any(object_kind(tree, lexicon, goal) == "place" for goal in goals)
    return LEAVING if is_land and _is_force(tree, token) else None


def _is_force(tree: Tree, verb: Token) -> bool:
    movers = subject_of(tree, verb) or ([tree.head(verb)] if verb.dep in ("acl", "relcl", "conj", "ccomp") else [])
    movers = [t for m in movers for t in (m, *tree.objects_of(m, "of"))]  # "thousands of troops"
    return any(m.lemma.lower() in MOVER_NOUNS or tree.mention_kind(m) in FORCES for m in movers)


def _armed(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    """ "threw a grenade", "planted a bomb": the object's weapon tells the type; "set the trucks on fire" destroys."""
    if lemma == "set" and any(t.lemma.lower() == "fire" for t in tree.objects_of(token, "on")):
        return Entry("destruction", "attack")
    if lemma in lexicon.ramming_verbs and _rams(tree, lexicon, token):
        return Entry("armed_assault", "launch")
    if lemma in lexicon.impact_verbs:
        return _impact(tree, lexicon, token, lemma)
    if lemma not in lexicon.weapon_verbs:
        return None
    for word in tree.children(token, "dobj", "nsubjpass"):
        kind = evidence_of(tree, lexicon, word) if tree.mention_kind(word) in (EntityKind.WEAPON, None) else None
        if kind in ("bombing", "shelling", "air_strike", "chemical_attack"):
            return Entry(kind, "launch")
    return None


def _rams(tree: Tree, lexicon: Ontology, token: Token) -> bool:
    """ "drove a van into a crowd"."""
    driven = any(t.lemma.lower() in lexicon.vehicles for t in tree.children(token, "dobj", "nsubjpass", "nsubj"))
    return driven and any(
        object_kind(tree, lexicon, t) == "people" or t.lemma.lower() in lexicon.crowds for t in tree.objects_of(token, "into")
    )


def _impact(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    """ "rockets landed in the market", "the city fell to the rebels"."""
    if tree.children(token, "dobj", "attr", "oprd"):
        return None  # "fell victim to"
    for word in tree.children(token, *SUBJECTS):
        kind = evidence_of(tree, lexicon, word)
        if kind in ("bombing", "shelling", "air_strike"):
            return Entry(kind, "attack")
        if (
            lemma == "fall"
            and object_kind(tree, lexicon, word) == "place"
            and (tree.objects_of(token, "to") or not tree.children(token, "prep"))
        ):
            return Entry("territorial_change", "fall")
    return None


def _emptied(tree: Tree, token: Token, lemma: str) -> Entry | None:
    """ "the town was emptied of its people"."""
    if lemma not in ("empty", "cleanse"):
        return None
    gone = [
        t
        for t in tree.objects_of(token, "of")
        if tree.mention_kind(t) in (EntityKind.GROUP_OF_PEOPLE, EntityKind.NATIONALITY, EntityKind.PERSON)
    ]
    return Entry("displacement", "empty") if gone else None
