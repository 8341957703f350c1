"""Pronouns: by number, gender and animacy, the subject of the sentence before any other; left alone where two would do."""

from collections.abc import Mapping, Sequence

from purport.model import EntityKind, Reading, Token
from purport.read.coreference_nodes import BODIES, FEMALE, MALE, Node, Sets

RELATIVE = frozenset({"who", "whom", "whose"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
#: How many sentences back a pronoun may look.
WINDOW = 2
GROUPS = frozenset({EntityKind.GROUP_OF_PEOPLE, EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.NATIONALITY})


def link_pronouns(nodes: Sequence[Node], sets: Sets, *, reading: Reading) -> None:
    by_head = {node.head.index: node for node in nodes if not node.is_pronoun}
    by_sentence: dict[int, list[Node]] = {}
    for node in nodes:
        if node.is_pronoun:
            found = _antecedent(node, by_sentence, by_head=by_head, sets=sets, tokens=reading.tokens)
            if found is not None:
                sets.join(found.index, node.index)
        by_sentence.setdefault(node.head.sentence, []).append(node)


def _antecedent(
    node: Node, by_sentence: Mapping[int, Sequence[Node]], *, by_head: Mapping[int, Node], sets: Sets, tokens: Sequence[Token]
) -> Node | None:
    word = node.head.words.lower()
    if word in RELATIVE:
        return _relative(node, by_head, tokens=tokens)
    if word not in MALE | FEMALE | THEY | IT:
        return None
    for back in range(WINDOW + 1):
        candidates = [n for n in by_sentence.get(node.head.sentence - back, ()) if _fits(n, node, word=word, sets=sets, tokens=tokens)]
        found = _choose(candidates, sets)
        if candidates:
            return found
    return None


def _relative(node: Node, by_head: Mapping[int, Node], *, tokens: Sequence[Token]) -> Node | None:
    """ "who" stands for the noun that its clause hangs on."""
    at = node.head.index
    for _ in range(4):
        if tokens[at].dep == "relcl":
            return by_head.get(tokens[at].head)
        at = tokens[at].head
    return None


def _fits(other: Node, node: Node, *, word: str, sets: Sets, tokens: Sequence[Token]) -> bool:
    if other.index >= node.index or other.first >= node.first:
        return False
    if other.is_pronoun and other.head.words.lower() not in MALE | FEMALE | THEY | IT:
        return False
    if _shares_clause(other, node, tokens=tokens):
        return False
    return _agrees(other, node, word=word)


def _agrees(other: Node, node: Node, *, word: str) -> bool:
    if other.is_pronoun:
        return (other.gender, other.plural, other.head.words.lower() in IT) == (node.gender, node.plural, word in IT)
    if word in MALE | FEMALE:
        return other.mention.kind is EntityKind.PERSON and not other.plural and other.gender in {"", node.gender}
    if word in THEY:
        return other.plural or (other.mention.kind in GROUPS and other.mention.kind is not EntityKind.NATIONALITY)
    return not other.plural and (
        other.mention.kind in BODIES or other.mention.kind in {EntityKind.ARTEFACT, EntityKind.VEHICLE, EntityKind.WEAPON}
    )


def _shares_clause(other: Node, node: Node, *, tokens: Sequence[Token]) -> bool:
    """Subject and object of one verb are two ("he told him"); a possessive may be the subject's own ("he lost his leg")."""
    if node.head.dep == "poss" or other.head.sentence != node.head.sentence:
        return False
    return other.head.head == node.head.head and tokens[node.head.head].pos in {"VERB", "AUX"} and other.head.dep != node.head.dep


def _choose(candidates: Sequence[Node], sets: Sets) -> Node | None:
    """The only candidate, else the only one among the subjects; None if two different things would do."""
    for group in (candidates, [n for n in candidates if n.is_subject]):
        roots = {sets.root(n.index) for n in group}
        if len(roots) == 1:
            return group[-1]
    return None
