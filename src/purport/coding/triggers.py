"""Words that name a violent happening: phrases first, then verbs and nouns of the lexicon, typed by what stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from purport.coding.ontology import Entry, Ontology, ontology
from purport.coding.tree import SUBJECTS, Tree
from purport.model import BlockKind, EntityKind, Form, Span, Token

#: Nouns after which a compound modifier is still the event ("attack site", "bombing victims") though weakly.
MODIFIED_NOUNS = frozenset(
    {"victim", "site", "scene", "toll", "suspect", "spree", "wave", "series", "survivor", "aftermath", "zone", "plan", "plot", "attempt"}
)
ABSTRACT_HEADS = frozenset(
    {
        "charge",
        "trial",
        "warrant",
        "case",
        "law",
        "ban",
        "leader",
        "movement",
        "crime",
        "treaty",
        "talks",
        "talk",
        "right",
        "effort",
        "cabinet",
    }
)
PEOPLE = frozenset({EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE, EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.NATIONALITY})
PARTICULARISED = frozenset({"campaign", "operation", "violence", "unrest", "conflict", "war", "hostilities"})
#: Who bombs without aircraft.
BOMBERS = frozenset({EntityKind.ARMED_GROUP, EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE})
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
        entry = lexicon.verbs.get(lemma) or _moved(tree, lexicon, token, lemma) or _armed(tree, lexicon, token, lemma)
        if entry is None and token.tag in ("VBG", "NN"):
            entry = lexicon.nouns.get(token.words.lower())
        return None if entry is None or _excluded(tree, lexicon, token, lemma) else entry
    if token.pos in ("NOUN", "PROPN"):
        if lemma in ("explosion", "blast") and {k.lemma.lower() for k in tree.children(token, "compound", "amod")} & lexicon.accidents:
            return None
        entry = lexicon.nouns.get(lemma) or lexicon.nouns.get(token.words.lower())
        return None if entry is None or (token.dep == "appos" and token.pos == "PROPN") else entry
    if token.pos == "ADJ":
        return lexicon.adjectives.get(token.words.lower())
    return None


#: Verbs that are events only with a certain object, and how their arguments fill roles.
TAKING = Entry("territorial_change", "take")
LOSING = Entry("territorial_change", "lose")
LEAVING = Entry("territorial_change", "withdraw")
MOVER_NOUNS = frozenset(
    {"troop", "tank", "soldier", "rebel", "fighter", "force", "army", "militant", "militia", "insurgent", "convoy", "division", "unit"}
)


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
    movers = tree.children(token, *SUBJECTS) or ((tree.head(token),) if token.dep in ("acl", "relcl", "conj", "ccomp") else ())
    is_force = any(m.lemma.lower() in MOVER_NOUNS or tree.mention_kind(m) in (EntityKind.ARMED_GROUP, EntityKind.FORCE) for m in movers)
    return LEAVING if is_land and is_force else None


def _armed(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    """ "threw a grenade", "planted a bomb": the object's weapon tells the type; "set the trucks on fire" destroys."""
    if lemma == "set" and any(t.lemma.lower() == "fire" for t in tree.objects_of(token, "on")):
        return Entry("destruction", "attack")
    if lemma in lexicon.impact_verbs:
        return _impact(tree, lexicon, token, lemma)
    if lemma not in lexicon.weapon_verbs:
        return None
    for word in tree.children(token, "dobj", "nsubjpass"):
        kind = evidence_of(tree, lexicon, word) if tree.mention_kind(word) in (EntityKind.WEAPON, None) else None
        if kind in ("bombing", "shelling", "air_strike", "chemical_attack"):
            return Entry(kind, "launch")
    return None


def _impact(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> Entry | None:
    """ "rockets landed in the market", "the city fell to the rebels"."""
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


#: Verbs that also tell of patients and of things.
CARING = frozenset({"take", "release", "evacuate", "free", "hold", "transfer"})


def _excluded(tree: Tree, lexicon: Ontology, token: Token, lemma: str) -> bool:
    objects = (*tree.children(token, "dobj", "nsubjpass"), *tree.objects_of(token, "at"))
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
    weak = vague or entry.consequence == "missing" or _is_modifier(tree, token) or _is_general(tree, token)
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
    return bool(tree.objects_of(token, "against")) or any(
        k.lemma.lower() in lexicon.evidence for k in tree.children(token, "amod", "compound")
    )


def _is_modifier(tree: Tree, token: Token) -> bool:
    if token.dep not in ("compound", "amod", "nmod") or token.pos == "VERB":
        return token.dep == "amod"
    return True


def _is_general(tree: Tree, token: Token) -> bool:
    """ "any attack", and nouns under law or trial: talk about a kind of thing."""
    if token.pos != "NOUN":
        return False
    return any(k.lemma in GENERIC_DETERMINERS for k in tree.children(token, "det"))


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
    """ "people", "place" or "thing"."""
    if word.lemma.lower() == "it":
        return "thing"
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
    if not entry.generic and not entry.consequence:
        return entry.type
    if token.lemma == "bomb" and any(
        tree.mention_kind(t) in BOMBERS for t in (*tree.children(token, *SUBJECTS), *tree.objects_of(token, "by"))
    ):
        return "bombing"
    for near in _circumstances(tree, token, verbal=token.pos in ("VERB", "AUX")):
        kind = evidence_of(tree, lexicon, near)
        if kind and not (entry.consequence and kind == "armed_clash"):
            return kind
    return entry.type


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
