"""What kind of violence a word names: by its object, its modifiers, agent, instrument and cause."""

from collections.abc import Iterator

from purport.coding.ontology import Entry, Ontology, ontology
from purport.coding.tree import SUBJECTS, Tree
from purport.model import EntityKind, Token

PEOPLE = frozenset({EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE, EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.NATIONALITY})
STATES = frozenset({EntityKind.GOVERNMENT, EntityKind.NATIONALITY})
#: Consequences that are deeds whoever does them and with what: who is kidnapped by gunmen is kidnapped.
OWN_DEEDS = frozenset({"abducted", "detained"})
#: Who bombs without aircraft.
BOMBERS = frozenset({EntityKind.ARMED_GROUP, EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE})


def by_object(tree: Tree, lexicon: Ontology, token: Token) -> str | None:
    """The type of a verb whose object decides it ("captured the town", "captured two soldiers"); None for other verbs."""
    types = lexicon.by_object.get(token.lemma.lower())
    if not types:
        return None
    if token.pos != "VERB":
        return next((types[k] for k in (object_kind(tree, lexicon, w) for w in tree.objects_of(token, "of")) if k in types), None)
    for word in tree.children(token, "dobj", "nsubjpass") or ((tree.head(token),) if token.dep == "acl" else ()):
        kind = object_kind(tree, lexicon, word)
        if kind in types:
            return types[kind]
    return None


def object_kind(tree: Tree, lexicon: Ontology, word: Token) -> str:
    """ "people", "place", "vehicle" or "thing"."""
    if word.lemma.lower() == "it":
        return "thing"
    if word.lemma.lower() in lexicon.vehicles:
        return "vehicle"
    if (
        word.lemma.lower() in lexicon.land
        or word.entity in ("GPE", "LOC", "FAC")
        or any(t.literal and t.span.covers(word.span) for t in tree.toponyms(word))
    ):
        return "place"
    if (
        word.entity in ("PERSON", "NORP")
        or tree.mention_kind(word) in PEOPLE
        or (word.pos == "PRON" and word.lemma not in ("it", "this", "that"))
    ):
        return "people"
    return "thing"


def refined(tree: Tree, lexicon: Ontology, token: Token, entry: Entry) -> str:
    """The type of a generic word or consequence from its modifiers, agent, instrument and cause; its own type if nothing says more."""
    if not entry.generic and (not entry.consequence or entry.consequence in OWN_DEEDS):
        return entry.type
    if token.lemma == "bomb" and any(
        tree.mention_kind(t) in BOMBERS and t.entity != "NORP" for t in (*tree.children(token, *SUBJECTS), *tree.objects_of(token, "by"))
    ):
        return "bombing"
    if token.lemma.lower() == "bombing" and entry.type == "bombing" and any(_is_state(tree, t) for t in _owners(tree, token)):
        return "air_strike"
    for near in _circumstances(tree, token, verbal=token.pos in ("VERB", "AUX")):
        kind = evidence_of(tree, lexicon, near)
        if kind and not (entry.consequence and kind == "armed_clash") and (entry.consequence, kind) != ("displaced", "armed_assault"):
            return kind
    return entry.type


def _owners(tree: Tree, noun: Token) -> Iterator[Token]:
    """Who is said to do what a noun names: possessor, nationality, agent, or the subject of its light verb."""
    yield from tree.children(noun, "poss", "amod", "compound")
    yield from tree.objects_of(noun, "by")
    if noun.dep == "dobj" and tree.head(noun).lemma in ontology().light_verbs:
        yield from tree.children(tree.head(noun), *SUBJECTS)


def _is_state(tree: Tree, token: Token) -> bool:
    """Bombers of a state have aircraft."""
    if tree.mention_kind(token) in STATES:
        return True
    return any((t.adjective or not t.literal) and t.precision in ("country", "unknown") for t in tree.toponyms(token))


def evidence_of(tree: Tree, lexicon: Ontology, token: Token) -> str | None:
    """The type that a word and its compound modifiers speak for ("suicide" bomber, "fighter jet"), else None."""
    words = [token, *tree.children(token, "compound", "amod")]
    pairs = [f"{a.lemma.lower()} {b.lemma.lower()}" for a, b in zip(words[1:], words[2:] + words[:1], strict=False)]
    for word in (*pairs, *(w.words.lower() for w in words), *(w.lemma.lower() for w in words)):
        if word in lexicon.evidence:
            return lexicon.evidence[word]
        if "-" in word:
            for part in word.split("-"):
                if part in lexicon.evidence:
                    return lexicon.evidence[part]
    return None


def _circumstances(tree: Tree, token: Token, *, verbal: bool) -> Iterator[Token]:
    """Words that can tell a type, nearest first: modifiers, instrument, agent, subject, and for a noun its light verb's subject."""
    yield from tree.children(token, "compound", "amod")
    if token.lemma == "fire":
        yield from tree.children(token, "dobj", "nsubjpass")
    yield from tree.objects_of(token, "with", "by", "using", "from")
    if verbal:
        for kid in tree.children(token, "advcl"):
            if kid.lemma == "use":
                yield from tree.children(kid, "dobj")
        yield from tree.children(token, *SUBJECTS)
    elif token.dep in ("dobj", "nsubjpass", "nsubj"):
        verb = tree.head(token)
        if verb.lemma in ontology().light_verbs:
            yield from (*tree.children(verb, *SUBJECTS), *tree.objects_of(verb, "by", "with"))
