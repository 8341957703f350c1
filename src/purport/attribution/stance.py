"""The stance of an attribution: what the cue says, who speaks, and what is said."""

from collections.abc import Iterable

from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.model import Source, SourceKind, Stance

RESPONSIBILITY = frozenset({"responsibility", "credit", "blame"})
FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo"})
FIRST_PERSON = frozenset({"we", "our", "us", "i", "my"})
OWN = frozenset({"it", "they", "its", "their", "he", "his", "she", "her"}) | FIRST_PERSON


def stance_of(tree: Tree, relation: Relation, *, source: Source | None) -> Stance:
    """The codebook's stance: the cue decides, then whether a party speaks of its own deeds."""
    words = [tree.lemma(t) for s in relation.content for t in tree.inside(s)]
    lemma = tree.lemma(relation.head)
    if _takes_responsibility(tree, relation, words=words):
        return Stance.DENIES if lemma in ("deny", "reject", "disclaim") else Stance.ADMITS
    if lemma == "claim" and relation.pattern == "object":
        return Stance.ADMITS
    if _cannot(tree, relation):
        return Stance.DOUBTS
    if lemma in ("warn", "warning") and not _threatens(words, source=source):
        return Stance.SAYS
    if relation.stance is Stance.SAYS and source is not None:
        return _of_speaker(relation, source, words=words)
    return relation.stance


def _takes_responsibility(tree: Tree, relation: Relation, *, words: Iterable[str]) -> bool:
    return tree.lemma(relation.head) in ("claim", "accept", "take", "deny", "assume", "admit", "reject", "disclaim") and bool(
        RESPONSIBILITY & set(list(words)[:3])
    )


def _cannot(tree: Tree, relation: Relation) -> bool:
    """ "could not confirm", "has not verified"."""
    if tree.lemma(relation.head) not in ("confirm", "verify", "specify", "say", "corroborate", "determine", "establish", "elaborate"):
        return False
    return tree.child(relation.head, "neg") is not None or tree.lemma(tree.head(relation.head)) in ("unable", "possible", "impossible")


def _threatens(words: list[str], *, source: Source | None) -> bool:
    armed = source is not None and (source.party or source.kind in (SourceKind.ARMED_GROUP, SourceKind.UNKNOWN))
    return armed and any(w in FUTURE for w in words)


def _of_speaker(relation: Relation, source: Source, *, words: list[str]) -> Stance:
    if source.kind is SourceKind.ARTEFACT and relation.kind == "show":
        return Stance.PURPORTS
    if source.party and relation.kind == "speech" and any(w in OWN for w in words[:6]):
        return Stance.CLAIMS
    return Stance.SAYS
