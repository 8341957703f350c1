"""How many: quantities of the reading joined to the word that says what became of them."""

from dataclasses import dataclass

from purport.coding.ontology import ontology
from purport.coding.tree import Tree
from purport.model import Quantity, Span, Token

#: Steps up the parse between a number and the word that says what became of it ("12" people ← killed; "98" ← to ← risen ← toll).
MAX_STEPS = 5
#: Verbs that only report a figure ("the toll rose to 98", "put the dead at 50").
FIGURE_VERBS = frozenset(
    {
        "rise",
        "reach",
        "stand",
        "climb",
        "put",
        "bring",
        "be",
        "increase",
        "jump",
        "grow",
        "pass",
        "exceed",
        "include",
        "remain",
        "leave",
        "give",
        "report",
        "count",
        "confirm",
        "total",
        "number",
        "estimate",
        "say",
        "see",
        "record",
        "suffer",
        "have",
        "cause",
        "treat",
        "take",
        "claim",
    }
)


#: Words that set one account against another, and verbs by which a source gives a figure.
CONTRASTS = frozenset({"although", "though", "while", "whereas", "however", "but"})
REPORTING = frozenset({"put", "say", "report", "claim", "give", "count", "estimate", "state", "insist", "speak", "record"})


#: Verbs in the passive whose subject is that of the verb after them ("three people were reported to have been killed").
RAISING = frozenset({"report", "say", "believe", "think", "fear", "presume", "know", "estimate", "allege", "claim", "confirm", "suspect"})
#: Words for a figure that do not say what was counted.
FIGURES = frozenset({"number", "figure", "total", "count"})


@dataclass(frozen=True, slots=True)
class Tally:
    """A quantity, the kind of count it gives, and the consequence word that says so."""

    quantity: Quantity
    kind: str
    word: Token
    who: str | None
    contrasted: bool = False  #: set against another figure ("although the ministry put the toll at 18")


def find_tallies(tree: Tree) -> list[Tally]:
    """Quantities that tell what became of people, in text order."""
    found: list[Tally] = []
    by_sentence = _tokens_by_start(tree)
    for quantity in tree.reading.quantities:
        anchor = _anchor(tree, quantity, by_sentence)
        if anchor is None:
            continue
        told = _partial(quantity, found, tree) or _told(tree, anchor) or _restated(tree, anchor, found=found)
        if told is not None:
            kind, word = told
            kind = "casualties" if _is_shared(tree, word) else kind
            contrasted = any(t.kind == kind for t in found) and not quantity.part_of_whole and _is_contrasted(tree, anchor)
            found.append(Tally(quantity, kind, word, _who(tree, quantity), contrasted))
    return found


def _tokens_by_start(tree: Tree) -> dict[int, Token]:
    return {t.span.start: t for t in tree.tokens}


def _anchor(tree: Tree, quantity: Quantity, starts: dict[int, Token]) -> Token | None:
    """The counted noun, or for a bare number the number itself."""
    if quantity.head is not None:
        return tree.tokens[quantity.head]
    inside = [starts[i] for i in range(quantity.span.start, quantity.span.end) if i in starts]
    return next((t for t in reversed(inside) if t.pos == "NUM"), inside[-1] if inside else None)


def kind_of(token: Token) -> str | None:
    """The kind of count that a consequence word speaks of, else None."""
    lexicon = ontology()
    lemma = token.lemma.lower()
    tables = {
        "VERB": (lexicon.verbs,),
        "AUX": (lexicon.verbs,),
        "NOUN": (lexicon.nouns, lexicon.verbs),
        "ADJ": (lexicon.adjectives, lexicon.verbs),
    }
    for table in tables.get(token.pos, ()):
        for form in (lemma, token.words.lower()):
            entry = table.get(form)
            if entry is not None and entry.consequence:
                return entry.consequence
    adjective = lexicon.adjectives.get(token.words.lower())
    return adjective.consequence if adjective and token.pos in ("NOUN", "ADJ", "VERB", "ADV") else None


def _told(tree: Tree, anchor: Token) -> tuple[str, Token] | None:
    """Climb from the counted noun to the word that says what became of it."""
    own = kind_of(anchor)
    if own:
        return own, anchor
    for kid in tree.children(anchor, "amod", "acl", "relcl", "nmod", "advmod", "prep"):
        kind = kind_of(kid) if kid.dep != "prep" else None
        if kind and (kid.dep != "relcl" or tree.is_passive(kid)):
            return kind, kid
    here, lexicon = anchor, ontology()
    for _ in range(MAX_STEPS):
        up = tree.head(here)
        if up.index == here.index:
            break
        kind = kind_of(up)
        if (
            (kind and here.dep not in ("nsubj",))
            or (kind and tree.is_passive(up))
            or (kind and up.lemma in ("die", "perish", "flee", "disappear"))
        ):
            return kind, up
        if kind:
            return None
        raised = _raised(tree, up) if here.dep == "nsubjpass" else None
        if raised is not None:
            return raised
        if up.pos == "VERB" and up.lemma not in FIGURE_VERBS and not _has_consequence(tree, up):
            break
        if up.pos in ("VERB", "AUX"):
            speaks = (
                here.dep == "nsubj"
                and up.lemma not in lexicon.toll_verbs
                and up.lemma not in ("be", "include", "total", "number", "remain")
            )
            return None if speaks else _beside(tree, up)  # "a spokesman said 23 were killed" counts no spokesman
        here = up
    return None


def _is_shared(tree: Tree, word: Token) -> bool:
    """ "20 people were killed and wounded", "killed and injured eight": one figure for both; not "two were killed and five wounded"."""
    up = tree.head(word)
    first, second = (up, word) if word.dep == "conj" else (word, next(iter(tree.children(word, "conj")), word))
    if {kind_of(first), kind_of(second)} != {"killed", "injured"} or second.index - first.index != 2 or first.tag != second.tag:
        return False
    return not tree.children(first, "dobj") and not tree.children(second, "nsubj", "nsubjpass", "nummod")


def _raised(tree: Tree, verb: Token) -> tuple[str, Token] | None:
    """The consequence that the subject of a raising verb in the passive is said to have met."""
    if verb.lemma not in RAISING:
        return None
    for kid in tree.children(verb, "xcomp", "oprd"):
        kind = kind_of(kid)
        if kind and (kid.dep == "oprd" or kid.tag == "VBN" or tree.is_passive(kid) or kid.lemma in ("die", "perish", "flee", "disappear")):
            return kind, kid
    return None


def _is_contrasted(tree: Tree, anchor: Token) -> bool:
    """True in a clause by which a source is set against what was said before it."""
    for verb in (t for t in (anchor, *tree.ancestors(anchor)) if t.pos in ("VERB", "AUX")):
        marks = [t for t in tree.children(verb, "mark", "advmod", "cc") if t.lemma.lower() in CONTRASTS and t.index < anchor.index]
        if marks:
            return verb.lemma in REPORTING and bool(tree.children(verb, "nsubj"))
    return False


def _has_consequence(tree: Tree, verb: Token) -> bool:
    return any(kind_of(t) for t in tree.children(verb, "nsubj", "nsubjpass", "dobj", "acomp", "oprd", "attr"))


def _beside(tree: Tree, verb: Token) -> tuple[str, Token] | None:
    """The consequence word among the arguments of a verb that reports a figure."""
    for kid in tree.children(verb, "nsubj", "nsubjpass", "dobj", "acomp", "oprd", "attr", "ccomp", "advcl"):
        for token in tree.subtree(kid) if kid.dep in ("nsubj", "nsubjpass", "dobj") else (kid,):
            kind = kind_of(token)
            if kind and token.pos in ("NOUN", "ADJ", "VERB"):
                return kind, token
    return None


def _partial(quantity: Quantity, found: list[Tally], tree: Tree) -> tuple[str, Token] | None:
    """ "including three children" counts what the count before it counts."""
    if not quantity.part_of_whole or not found:
        return None
    last = found[-1]
    near = quantity.span.start - last.quantity.span.end < 120
    return (last.kind, last.word) if near and tree.sentence(last.word).span.covers(Span(quantity.span.start, quantity.span.start)) else None


def _restated(tree: Tree, anchor: Token, *, found: list[Tally]) -> tuple[str, Token] | None:
    """ "…, although the agency puts the number at 12": another figure for what was counted last in the sentence."""
    prep = tree.head(anchor)
    verb = tree.head(prep)
    if not found or anchor.dep != "pobj" or prep.lemma != "at" or verb.lemma not in ("put", "place"):
        return None
    what = [t for t in tree.children(verb, "dobj", "nsubjpass") if t.lemma in FIGURES]
    return (found[-1].kind, found[-1].word) if what and found[-1].word.sentence == anchor.sentence else None


def _who(tree: Tree, quantity: Quantity) -> str | None:
    """The counted noun with its adjectives, without number words ("Israeli soldiers"); None for a bare number or plain "people"."""
    if quantity.head is None:
        return None
    head = tree.tokens[quantity.head]
    if head.pos == "NUM" or head.lemma in ("people", "person", "other", "dead", "wounded", "injured", "more"):
        return None
    left = [
        t for t in tree.children(head, "amod", "compound") if t.index < head.index and t.lemma not in ("more", "other", "least", "further")
    ]
    return " ".join(t.words for t in (*left, head))
