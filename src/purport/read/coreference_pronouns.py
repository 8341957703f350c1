"""Pronouns: by number, gender and animacy, the subject of the sentence before any other; left alone where two would do."""

from collections.abc import Mapping, Sequence

from purport.model import EntityKind, Reading, Token
from purport.read.coreference_nodes import BODIES, FEMALE, MALE, Node, Sets

RELATIVE = frozenset({"who", "whom", "whose"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
THIRD_PERSON = MALE | FEMALE | THEY | IT
#: How many sentences back a pronoun may look: people stay in mind longer than things.
PERSON_WINDOW = 3
THING_WINDOW = 1
#: A mention with one of these labels modifies another noun; no pronoun means it ("the army truck … it").
INNER_LABELS = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod"})
#: Kinds of plurals that "they" is taken to mean.
PLURAL_KINDS = BODIES | {EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE, EntityKind.NATIONALITY, EntityKind.VEHICLE, EntityKind.WEAPON}
INANIMATE = frozenset({EntityKind.ARTEFACT, EntityKind.VEHICLE, EntityKind.WEAPON})
#: Steps up the tree within which a relative clause is found.
CLAUSE_STEPS = 4


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
    if word not in THIRD_PERSON or (word == "it" and not _refers(node, tokens)):
        return None
    speakers = _speakers(node, by_sentence, sets=sets, tokens=tokens)
    for back in range((PERSON_WINDOW if word in MALE | FEMALE else THING_WINDOW) + 1):
        candidates = [
            n
            for n in by_sentence.get(node.head.sentence - back, ())
            if _fits(n, node, word=word, tokens=tokens) and sets.root(n.index) not in speakers
        ]
        if candidates:
            return _choose(_owners(candidates) if word in IT else candidates, node, sets=sets, tokens=tokens)
    return None


def _speakers(node: Node, by_sentence: Mapping[int, Sequence[Node]], *, sets: Sets, tokens: Sequence[Token]) -> frozenset[int]:
    """Who speaks the quotation that the pronoun stands in: in their own words they are "I", not "he"."""
    if node.quote < 0:
        return frozenset()
    sentence = node.head.sentence
    while any(n.quote == node.quote for n in by_sentence.get(sentence - 1, ())):
        sentence -= 1
    around = [n for n in by_sentence.get(sentence, ()) if n.quote < 0 and n.is_subject]
    main = [n for n in around if _is_main(n, tokens)] or around
    return frozenset(sets.root(n.index) for n in main)


def _is_main(node: Node, tokens: Sequence[Token]) -> bool:
    """The subject of the sentence's main verb."""
    return node.is_subject and tokens[node.head.head].dep == "ROOT"


def _refers(node: Node, tokens: Sequence[Token]) -> bool:
    """ "it" that acts or is acted on as a subject; not "it is clear that", "it was on Monday that", "it rained"."""
    if not node.is_subject:
        return False
    verb = tokens[node.head.head]
    if verb.lemma == "be" and verb.pos in {"AUX", "VERB"}:
        return False
    clausal = any(t.dep in {"ccomp", "csubj", "csubjpass"} for t in tokens[verb.index + 1 : verb.index + 12] if t.head == verb.index)
    return not (node.head.dep == "nsubjpass" and clausal)


def _relative(node: Node, by_head: Mapping[int, Node], *, tokens: Sequence[Token]) -> Node | None:
    """ "who" stands for the noun that its clause hangs on."""
    at = node.head.index
    for _ in range(CLAUSE_STEPS):
        if tokens[at].dep == "relcl":
            return by_head.get(tokens[at].head)
        at = tokens[at].head
    return None


def _fits(other: Node, node: Node, *, word: str, tokens: Sequence[Token]) -> bool:
    if other.index >= node.index or other.first >= node.first or other.head.dep in INNER_LABELS:
        return False
    if other.is_pronoun and other.head.words.lower() not in THIRD_PERSON:
        return False
    if other.quote >= 0 and other.quote != node.quote:
        return False
    return not _shares_clause(other, node, tokens=tokens) and _agrees(other, node, word=word)


def _agrees(other: Node, node: Node, *, word: str) -> bool:
    if other.is_pronoun:
        return (other.gender, other.plural, other.head.words.lower() in IT) == (node.gender, node.plural, word in IT)
    kind = other.mention.kind
    if word in MALE | FEMALE:
        return kind is EntityKind.PERSON and not other.plural and other.gender in {"", node.gender}
    if word in THEY:
        if other.plural:
            return kind in PLURAL_KINDS
        return other.is_subject and kind in BODIES and (node.is_subject or node.head.dep == "poss")
    return not other.plural and (kind in BODIES or kind in INANIMATE or kind is EntityKind.PLACE)


def _shares_clause(other: Node, node: Node, *, tokens: Sequence[Token]) -> bool:
    """Subject and object of one verb are two ("he told him"); a possessive may be the subject's own ("he lost his leg")."""
    if node.head.dep == "poss" or other.head.sentence != node.head.sentence:
        return False
    if node.first < other.end and other.first < node.end:
        return True
    return other.head.head == node.head.head and tokens[node.head.head].pos in {"VERB", "AUX"} and other.head.dep != node.head.dep


def _owners(candidates: Sequence[Node]) -> Sequence[Node]:
    """Bodies and places come before things: "a warning in the video to Russia that its forces …"."""
    return [n for n in candidates if n.mention.kind not in INANIMATE] or candidates


def _choose(candidates: Sequence[Node], node: Node, *, sets: Sets, tokens: Sequence[Token]) -> Node | None:
    """The only candidate, else the only one among the subjects, else, for a main subject, the main subject before; None if unclear."""
    main = [n for n in candidates if _is_main(n, tokens)] if _is_main(node, tokens) and node.quote < 0 else []
    for group in (candidates, [n for n in candidates if n.is_subject], main):
        if len({sets.root(n.index) for n in group}) == 1:
            return group[-1]
    return None


def link_possessed(nodes: Sequence[Node], sets: Sets) -> None:
    """ "his mother" twice is one mother if he is one."""
    by_first = {node.first: node for node in nodes if node.is_pronoun}
    seen: dict[tuple[int, str], int] = {}
    for node in nodes:
        owner = by_first.get(node.first)
        if not node.is_pronoun and not node.is_name and owner is not None and not node.plural and node.mention.kind is EntityKind.PERSON:
            sets.join(seen.setdefault((sets.root(owner.index), node.head.lemma), node.index), node.index)
