"""Names of one thing: the same actor, the same words, a surname, an acronym, a part of a long name, an apposition, a title."""

from collections.abc import Sequence

from purport.model import EntityKind, Token
from purport.read.coreference_nodes import BODIES, Node, Sets
from purport.read.mentions_lexicon import first_names, word_set

#: Head nouns that add nothing to the name before them are the list "bare_nouns": "the Islamic State group", "the Reuters news agency".
#: Words between a name and its bare noun: an acronym in brackets.
MAX_BETWEEN = 3


def link_names(nodes: Sequence[Node], sets: Sets, *, tokens: Sequence[Token]) -> None:
    _link_same(nodes, sets)
    _link_brackets(nodes, sets, tokens=tokens)
    _link_persons(nodes, sets)
    _link_acronyms(nodes, sets)
    _link_parts(nodes, sets)
    _link_bare_nouns(nodes, sets, tokens=tokens)
    _link_appositions(nodes, sets, tokens=tokens)


def _link_same(nodes: Sequence[Node], sets: Sets) -> None:
    seen: dict[object, int] = {}
    for node in nodes:
        if node.words and (node.is_name or (node.entity.actor_code and _names_whole(node))):
            key = node.entity.actor_code or (node.words, _family(node))
            sets.join(seen.setdefault(key, node.index), node.index)


def _names_whole(node: Node) -> bool:
    """A description that names an actor as a whole ("Turkish forces"), not some of it ("two Turkish soldiers")."""
    return node.opener not in word_set("parts") and not any(word[0].isdigit() for word in node.words) and node.mention.kind in BODIES


def _family(node: Node) -> str:
    """Kinds that one name does not change between: a body stays a body, whatever the parser calls it this time."""
    kind = node.mention.kind
    return "body" if kind in BODIES or kind is EntityKind.OTHER else kind.value


def _link_brackets(nodes: Sequence[Node], sets: Sets, *, tokens: Sequence[Token]) -> None:
    """ "Free Syrian Army (FSA)": a name in brackets that holds only initials of the name before it."""
    by_end = {node.end: node for node in nodes if not node.is_pronoun}
    for node in nodes:
        before = by_end.get(node.first - 1)
        opened = node.first > 0 and tokens[node.first - 1].words in {"(", "["}
        closed = node.end < len(tokens) and tokens[node.end].words in {")", "]"}
        if node.is_name and opened and closed and before is not None and _abbreviates(node, before):
            sets.join(before.index, node.index)


def _abbreviates(short: Node, long: Node) -> bool:
    """The letters of ``short`` stand in ``long`` in this order, from the first of a word on ("Beirut (AFP)" is no such pair)."""
    if short.end - short.first != 1 or not short.head.words.isupper() or long.mention.kind in {EntityKind.PLACE, EntityKind.PERSON}:
        return False
    if not short.words or not long.words:
        return False
    letters = "".join(long.words)
    return short.words[0][0] in {word[0] for word in long.words} and _holds(letters, short.words[0])


def _link_persons(nodes: Sequence[Node], sets: Sets) -> None:
    """A surname (or another single part of a name) stands for the only person whose full name holds it."""
    persons = [n for n in nodes if n.is_name and n.mention.kind is EntityKind.PERSON]
    full: dict[str, set[int]] = {}
    for node in persons:
        if len(node.words) > 1:
            for word in node.words:
                full.setdefault(word, set()).add(sets.root(node.index))
    for node in persons:
        roots = {sets.root(r) for r in full.get(node.words[-1], ())} if node.words else set()
        if len(node.words) == 1 and len(roots) == 1:
            (root,) = roots
            if not _genders_clash(node, nodes[root]) and not _is_first_name_of_other(node, nodes[root]):
                sets.join(root, node.index)
    _link_longer(persons, sets)


def _genders_clash(one: Node, other: Node) -> bool:
    return bool(one.gender and other.gender and one.gender != other.gender)


def _is_first_name_of_other(node: Node, full: Node) -> bool:
    return node.words[0] == full.words[0] != full.words[-1] and node.words[0] in first_names() and len(full.words) > 3


def _link_longer(persons: Sequence[Node], sets: Sets) -> None:
    """Two full names where one holds all words of the other in order ("Recep Erdogan", "Recep Tayyip Erdogan")."""
    by_last: dict[str, list[Node]] = {}
    for node in {n.words: n for n in reversed(persons) if len(n.words) > 1}.values():
        same_surname = by_last.setdefault(node.words[-1], [])
        for other in same_surname:
            if _holds(node.words, other.words) or _holds(other.words, node.words):
                sets.join(other.index, node.index)
        same_surname.append(node)


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word not in word_set("small_words"))


def _link_acronyms(nodes: Sequence[Node], sets: Sets) -> None:
    long: dict[str, list[Node]] = {}
    for node in nodes:
        if node.is_name and node.mention.kind in BODIES and len(node.words) > 2:
            long.setdefault(initials(node.words), []).append(node)
    for node in nodes:
        if node.is_name and len(node.words) == 1 and node.head.words.isupper() and len(node.words[0]) > 2:
            roots = {sets.root(n.index) for n in long.get(node.words[0], ())}
            if len(roots) == 1 and node.mention.kind in BODIES | {EntityKind.OTHER}:
                sets.join(roots.pop(), node.index)


def _link_parts(nodes: Sequence[Node], sets: Sets) -> None:
    """ "the Observatory" for "Syrian Observatory for Human Rights": one capitalised word that only one long name holds."""
    holders: dict[str, set[int]] = {}
    for node in nodes:
        if node.is_name and node.mention.kind in BODIES and len(node.words) > 1:
            for word in node.words:
                holders.setdefault(word, set()).add(node.index)
    for node in nodes:
        if (
            len(node.words) == 1
            and node.mention.kind in BODIES
            and node.head.words[:1].isupper()
            and node.opener in {"the", node.head.words.lower()}
        ):
            roots = {sets.root(i) for i in holders.get(node.words[0], ()) if i < node.index}
            if len(roots) == 1 and node.entity.actor_code is None and (node.is_name or node.opener == "the"):
                sets.join(roots.pop(), node.index)


def _link_bare_nouns(nodes: Sequence[Node], sets: Sets, *, tokens: Sequence[Token]) -> None:
    """ "the Islamic State (IS) group" is the Islamic State."""
    bodies = [n for n in nodes if n.is_name and n.mention.kind in BODIES and n.mention.kind is not EntityKind.GOVERNMENT]
    names = {n.first: n for n in bodies}
    for node in nodes:
        if node.mention.form.value == "nominal" and node.head.words.lower() in word_set("bare_nouns"):
            name = names.get(node.first) or names.get(node.first + 1)
            if name is not None and not node.plural and _stands_before(name, node, tokens=tokens):
                sets.join(name.index, node.index)


def _stands_before(name: Node, node: Node, *, tokens: Sequence[Token]) -> bool:
    """Nothing but brackets between the name and the noun; "a PKK-linked group" is another."""
    return 0 <= node.head.index - name.end <= MAX_BETWEEN and tokens[name.end].words != "-"


def _link_appositions(nodes: Sequence[Node], sets: Sets, *, tokens: Sequence[Token]) -> None:
    by_head = {node.head.index: node for node in nodes if not node.is_pronoun}
    for node in nodes:
        other = by_head.get(_described_by(node, tokens))
        if other is not None and other is not node and _can_be_one(node, other):
            sets.join(other.index, node.index)
    _link_titles(nodes, sets, tokens=tokens)


def _described_by(node: Node, tokens: Sequence[Token]) -> int:
    """The head that this phrase is in apposition to, or names ("a man named Sami Haddad"); -1 if none."""
    if node.head.dep == "appos":
        return node.head.head
    verb = tokens[node.head.head]
    return verb.head if node.head.dep == "oprd" and verb.dep == "acl" and verb.lemma in {"name", "call", "identify", "know"} else -1


def _can_be_one(one: Node, other: Node) -> bool:
    if one.is_pronoun or other.is_pronoun or one.plural != other.plural:
        return False
    if one.is_name and other.is_name:
        return False
    kinds = {one.mention.kind, other.mention.kind}
    return len(kinds) == 1 or kinds <= BODIES or (EntityKind.OTHER in kinds and not kinds & {EntityKind.PLACE})


def _link_titles(nodes: Sequence[Node], sets: Sets, *, tokens: Sequence[Token]) -> None:
    """A nominal that stands right before a person's name ("the militant Adnan Sari") describes that person."""
    by_first = {node.first: node for node in nodes if node.is_name and node.mention.kind is EntityKind.PERSON}
    for node in nodes:
        name = by_first.get(node.end)
        if (
            node.mention.form.value == "nominal"
            and name is not None
            and not node.plural
            and tokens[node.head.index].head in range(name.first, name.end)
        ):
            sets.join(node.index, name.index)
