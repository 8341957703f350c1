"""Words that name a violent happening: phrases first, then verbs and nouns of the lexicon, typed by what stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from purport.coding.constructions import condemned, constructed
from purport.coding.ontology import Entry, Ontology, ontology
from purport.coding.tree import SUBJECTS, Tree
from purport.coding.type_evidence import by_object, object_kind, refined
from purport.model import BlockKind, EntityKind, Form, Span, Token

#: Verbs by which a vague noun becomes an act ("launched an operation").
LAUNCHING = frozenset({"launch", "begin", "start", "conduct", "carry", "stage", "mount", "wage"})
#: Modifiers that tell shooting from burning.
AIMED = frozenset(
    {
        "constant",
        "heavy",
        "intense",
        "sniper",
        "small-arms",
        "machine-gun",
        "automatic",
        "indiscriminate",
        "sustained",
        "enemy",
        "live",
        "gun",
    }
)
#: "an attack plan" is an attack, planned.
ATTEMPTS = frozenset({"plan", "plot", "attempt", "spree"})
#: "a ceasefire agreement" is a ceasefire.
TRUCES = frozenset({"ceasefire", "cease-fire", "truce", "armistice", "fire"})
PAPERS = frozenset({"agreement", "deal", "accord", "resolution", "proposal", "pact", "treaty", "plan"})
PARTICULARISED = frozenset({"campaign", "operation", "violence", "unrest", "conflict", "war", "hostilities"})
GENERIC_DETERMINERS = frozenset({"any", "every", "no"})
NAMED_THINGS = frozenset(
    {
        EntityKind.OUTLET,
        EntityKind.AGENCY,
        EntityKind.NGO,
        EntityKind.ARMED_GROUP,
        EntityKind.INTERGOVERNMENTAL,
        EntityKind.PARTY,
        EntityKind.ORGANISATION,
    }
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One mention of a happening. ``token`` is the head word, ``span`` what is quoted."""

    token: Token
    span: Span
    entry: Entry
    type: str
    weak: bool = False  #: may join a happening, never make one
    headline: bool = False

    @property
    def is_verb(self) -> bool:
        return self.token.pos in ("VERB", "AUX")


def find_triggers(tree: Tree) -> list[Trigger]:
    """Triggers in text order, at most one a token."""
    lexicon = ontology()
    named = _named_tokens(tree)
    found: list[Trigger] = []
    taken: set[int] = set()
    for first, end, entry in _phrases(tree, lexicon):
        inside = list(tree.tokens[first:end])
        if any(t.index in taken for t in inside):
            continue
        taken.update(t.index for t in inside)
        if entry is not None and not (named & {t.index for t in inside}):
            found.append(_trigger(tree, lexicon, _root(inside), entry, span=tree.span(inside)))
    for token in tree.tokens:
        entry = None if token.index in taken or token.index in named else _entry(tree, lexicon, token)
        if entry is not None:
            found.append(_trigger(tree, lexicon, token, entry, span=token.span))
    return sorted(found, key=lambda t: t.token.index)


def _root(tokens: list[Token]) -> Token:
    inside = {t.index for t in tokens}
    return next((t for t in tokens if t.head not in inside or t.head == t.index), tokens[-1])


def _named_tokens(tree: Tree) -> set[int]:
    """Tokens inside proper names of organisations: "war" in the name of a monitor names no war."""
    starts = {t.span.start: t.index for t in tree.tokens}
    found: set[int] = set()
    for mention in tree.reading.mentions:
        if mention.form is Form.NAME and mention.kind in NAMED_THINGS and mention.span.start in starts:
            index = starts[mention.span.start]
            while index < len(tree.tokens) and tree.tokens[index].span.start < mention.span.end:
                if tree.tokens[index].pos == "PROPN" or tree.tokens[index].words[:1].isupper():
                    found.add(index)
                index += 1
    return found


def _phrases(tree: Tree, lexicon: Ontology) -> Iterator[tuple[int, int, Entry | None]]:
    tokens = tree.tokens
    for i, token in enumerate(tokens):
        for form in dict.fromkeys((token.words.lower(), token.lemma.lower())):
            for words, entry in lexicon.phrases.get(form, ()):
                end = i + len(words)
                if end <= len(tokens) and tokens[end - 1].sentence == token.sentence and _matches(tokens[i:end], words):
                    yield i, end, entry
                    break
            else:
                continue
            break


def _matches(tokens: tuple[Token, ...], words: tuple[str, ...]) -> bool:
    return all(w in (t.words.lower(), t.lemma.lower()) for t, w in zip(tokens, words, strict=True))


def _entry(tree: Tree, lexicon: Ontology, token: Token) -> Entry | None:
    lemma = token.lemma.lower()
    if token.pos in ("VERB", "AUX"):
        entry = _verb(tree, lexicon, token, lemma)
        if entry is None and token.tag in ("VBG", "NN"):
            entry = lexicon.nouns.get(token.words.lower())
        return None if entry is None or _excluded(tree, lexicon, token, lemma) else entry
    if token.pos in ("NOUN", "PROPN"):
        if lemma in ("explosion", "blast") and {k.lemma.lower() for k in tree.children(token, "compound", "amod")} & lexicon.accidents:
            return None
        entry = lexicon.nouns.get(lemma) or lexicon.nouns.get(token.words.lower()) or _fire(tree, token)
        return None if entry is None or (token.dep == "appos" and token.pos == "PROPN") else entry
    if token.pos == "ADJ":
        return lexicon.adjectives.get(token.words.lower())
    return None


def _fire(tree: Tree, token: Token) -> Entry | None:
    """ "under constant fire", "heavy fire": shooting or shelling, and not what burns."""
    if token.lemma.lower() != "fire":
        return None
    aimed = any(k.lemma.lower() in AIMED for k in tree.children(token, "amod", "compound"))
    under = token.dep == "pobj" and tree.head(token).lemma == "under"
    return Entry("shelling", "attack", generic=True) if aimed or under else None


def _verb(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    if condemned(tree, token):
        return Entry("killing", "attack")
    return lexicon.verbs.get(lemma) or constructed(tree, lexicon, token)


#: Verbs that also tell of patients and of things.
CARING = frozenset({"take", "release", "evacuate", "free", "hold", "transfer"})


def _excluded(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> bool:
    objects = (*tree.children(token, "dobj", "nsubjpass"), *tree.objects_of(token, "at", "against"))
    objects += ((tree.head(token),) if token.dep == "acl" and token.tag == "VBN" else ()) + tree.children(token, "oprd", "acomp")
    if {t.lemma.lower() for t in objects} & lexicon.excluded_objects.get(lemma, frozenset()):
        return True
    if {t.lemma.lower() for t in tree.children(token, *SUBJECTS)} & lexicon.excluded_subjects.get(lemma, frozenset()):
        return True
    if lemma == "hold" and any(t.lemma.lower() in ("responsible", "accountable") for t in tree.subtree(token)):
        return True
    if lemma in CARING and {t.lemma.lower() for t in tree.objects_of(token, "to", "from", "in")} & lexicon.care:
        return True
    if lemma in lexicon.by_object and lemma in lexicon.verbs and objects and by_object(tree, lexicon, token) is None:
        return all(object_kind(tree, lexicon, t) == "thing" for t in objects)
    causes = (*tree.children(token, *SUBJECTS), *tree.objects_of(token, "by", "in", "from", "of", "during", "to"))
    causes += tuple(t for kid in tree.children(token, "prep") if kid.lemma in ("because", "due") for t in tree.subtree(kid))
    if any(k.lemma.lower() in lexicon.accidents for t in causes for k in tree.children(t, "compound") if t.lemma in ("explosion", "blast")):
        return True
    return bool({t.lemma.lower() for t in causes} & lexicon.excluded_causes)


def _trigger(tree: Tree, lexicon: Ontology, token: Token, entry: Entry, *, span: Span) -> Trigger:
    kind = tree.reading.document.blocks[tree.sentence(token).block].kind
    type_ = by_object(tree, lexicon, token) or refined(tree, lexicon, token, entry)
    if type_ != entry.type:
        entry = replace(entry, type=type_)
    named = _operation_name(tree, token)
    vague = entry.anaphoric and not named and not _is_pointed(tree, lexicon, token)
    weak = (
        vague
        or entry.consequence == "missing"
        or _is_modifier(tree, token)
        or _is_general(tree, token)
        or (span == token.span and _only_moved(tree, token))
    )
    return Trigger(token, named or _with_modifier(tree, lexicon, token, span, entry), entry, type_, weak, kind is BlockKind.HEADLINE)


def _operation_name(tree: Tree, token: Token) -> Span | None:
    """ "Operation" with the name that follows it."""
    if token.words != "Operation" or token.index + 1 >= len(tree.tokens):
        return None
    end = token.index + 1
    while end < len(tree.tokens) and tree.tokens[end].pos == "PROPN" and tree.tokens[end].sentence == token.sentence:
        end += 1
    return Span(token.span.start, tree.tokens[end - 1].span.end) if end > token.index + 1 else None


def _is_pointed(tree: Tree, lexicon: Ontology, token: Token) -> bool:
    """A vague noun ("campaign", "operation") made particular by what it is waged with or against."""
    if token.pos not in ("NOUN", "PROPN") or token.lemma.lower() not in PARTICULARISED:
        return False
    if tree.head(token).lemma in lexicon.outbreak_verbs and token.dep == "nsubj":
        return True
    if tree.head(token).lemma in LAUNCHING and token.dep in ("dobj", "nsubjpass"):
        return True
    return bool(tree.objects_of(token, "against", "between")) or any(
        k.lemma.lower() in lexicon.evidence for k in tree.children(token, "amod", "compound")
    )


def _is_modifier(tree: Tree, token: Token) -> bool:
    head = tree.head(token).lemma.lower()
    if (token.lemma.lower() in TRUCES and head in PAPERS) or (token.dep == "compound" and head in ATTEMPTS):
        return False
    if token.dep not in ("compound", "amod", "nmod") or token.pos == "VERB":
        return token.dep == "amod"
    return True


def _only_moved(tree: Tree, token: Token) -> bool:
    """ "the prisoners were taken to a cellar": where those already held are brought."""
    return token.lemma.lower() == "take" and token.pos == "VERB" and bool(tree.objects_of(token, "to"))


def _is_general(tree: Tree, token: Token) -> bool:
    """ "any attack", and nouns under law or trial: talk about a kind of thing."""
    if token.pos != "NOUN":
        return _is_habit(tree, token)
    return any(k.lemma in GENERIC_DETERMINERS for k in tree.children(token, "det"))


def _is_habit(tree: Tree, verb: Token) -> bool:
    """ "journalists are killed for less": what happens in general, to people in general."""
    now = any(k.tag in ("VBP", "VBZ") and k.lemma == "be" for k in tree.children(verb, "auxpass"))
    if not now or tree.children(verb, "aux"):
        return False
    sufferers = tree.children(verb, "nsubjpass")
    return bool(sufferers) and all(t.tag == "NNS" and not tree.children(t, "det", "nummod", "poss", "amod", "compound") for t in sufferers)


def _with_modifier(tree: Tree, lexicon: Ontology, token: Token, span: Span, entry: Entry) -> Span:
    """The span widened to the modifier that gives a generic noun its type ("rocket attack")."""
    if token.pos not in ("NOUN", "PROPN"):
        return span
    start = span.start
    for kid in reversed(tree.children(token, "compound", "amod")):
        if kid.span.end <= start <= kid.span.end + 1 and (
            kid.lemma.lower() in lexicon.evidence or kid.lemma.lower() in ("terrorist", "terror")
        ):
            start = kid.span.start
    return Span(start, span.end)
