"""Cue verbs that the parse takes for nouns ("White Helmets allege that …", "as army claims rebels fled", "Video 'shows execution'"), and
those that it hangs on the wrong word at the end of a sentence ("Shelling killed nine near Gao, the governor told reporters.")."""

from collections.abc import Container, Iterator

from purport.attribution.cues import Cue, artefacts, verbs, words
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.model import Sentence, Stance

QUOTE_MARKS = frozenset("'\"‘“")
#: Words of a speaker set off at the end of a sentence, at most; and those that no name of a speaker begins with or holds.
LONGEST_SPEAKER = 8
RELATIVE = frozenset({"that", "which", "who"})
#: Words after the verb of speech, at most.
LONGEST_END = 7
NO_SPEAKER = frozenset({"VERB", "AUX", "CCONJ", "SCONJ", "ADV", "PUNCT", "INTJ"})
#: A participle may be a past tense that the parse takes for an attribute ("a bomb killed nine").
FINITE = ("VBD", "VBZ", "VBP", "VBN")


def misread_relations(tree: Tree) -> Iterator[Relation]:
    """A relation for each noun that is a cue verb by what stands around it."""
    for token in tree.tokens:
        if token.words == "heard" and token.pos in ("NOUN", "ADJ", "PROPN"):
            yield from _at_the_end(tree, token.index)
        cue = verbs().get(tree.lemma(token.index)) if token.tag in ("NN", "NNS", "JJ") else None
        if cue is None or not token.index or not token.words.islower():
            continue
        if tree.lemma(token.index) in words("never_nouns"):
            yield from _with_that(tree, token.index, cue=cue)
        elif (token.tag == "NNS" and token.dep == "compound") or _suspects(tree, token.index):
            yield from _in_headline(tree, token.index, cue=cue)


def _at_the_end(tree: Tree, verb: int) -> Iterator[Relation]:
    """ "…, an inquest heard.": what was said in court, the sentence up to the comma."""
    sentence = tree.sentence(verb)
    comma = next((t for t in range(verb - 1, max(sentence.first, verb - 5), -1) if tree.tokens[t].words == ","), None)
    if (
        comma is None
        or tree.lemma(verb - 1) not in words("hearings")
        or any(t.pos != "PUNCT" for t in tree.tokens[verb + 1 : sentence.end])
    ):
        return
    yield Relation("aside", tree.spans([verb]), tree.spans(range(sentence.first, comma)), verb, Stance.SAYS, "speech", verb - 1)


def closing_relations(tree: Tree, *, told: Container[int]) -> Iterator[Relation]:
    """The sentence before ", X said." for each such end whose verb is none of ``told``, which have their content already."""
    for sentence in tree.reading.sentences:
        verb = _closing_verb(tree, sentence)
        comma = None if verb is None or verb in told else _comma_before(tree, verb, sentence=sentence)
        if verb is None or comma is None or not any(t.tag in FINITE for t in tree.tokens[sentence.first : comma]):
            continue
        cue = verbs()[tree.lemma(verb)]
        source = next(t for t in range(comma + 1, verb) if _heads(tree, t, first=comma + 1, end=verb))
        yield Relation("aside", tree.spans([verb]), tree.spans(range(sentence.first, comma)), verb, cue.stance, cue.kind, source)


def _closing_verb(tree: Tree, sentence: Sentence) -> int | None:
    """The finite verb of speech that ends a sentence, but for who was told, when, and on what occasion ("reported on Thursday")."""
    at = sentence.end - 1
    while at > sentence.first and sentence.end - at <= LONGEST_END and not _is_speech(tree, at):
        at -= 1
    behind = [
        t for t in tree.tokens[at + 1 : sentence.end] if t.pos not in ("PUNCT", "SPACE") and tree.lemma(t.index) not in words("hearers")
    ]
    plain = not any(t.pos in ("VERB", "AUX", "CCONJ", "SCONJ", "PRON") or t.words == "," for t in tree.tokens[at + 1 : sentence.end])
    opens = not behind or behind[0].pos in ("ADP", "ADV") or behind[0].entity in ("DATE", "TIME")
    return at if plain and opens and _is_speech(tree, at) else None


def _is_speech(tree: Tree, token: int) -> bool:
    cue = verbs().get(tree.lemma(token))
    is_speech = cue is not None and cue.kind == "speech" and cue.takes("clause")
    return is_speech and tree.tokens[token].tag in FINITE and tree.tokens[token].pos == "VERB"


def _comma_before(tree: Tree, verb: int, *, sentence: Sentence) -> int | None:
    """The comma that sets the speaker off; one with a name beside it has two more ("the police chief, X, said")."""
    commas = [t for t in range(sentence.first, verb) if tree.tokens[t].words == ","]
    if commas and commas[-1] == verb - 1:
        commas = [c for c in commas[:-2] if _names(tree, commas[-2] + 1, verb - 1)][-1:] if len(commas) > 2 else []
    comma = commas[-1] if commas else None
    return comma if comma is not None and _names(tree, comma + 1, verb) else None


def _names(tree: Tree, first: int, end: int) -> bool:
    """Whether words may name a speaker: few, with a noun, without a joining word and without a verb but in "that follows the war"."""
    said = [t for t in tree.tokens[first:end] if t.words != ","]
    relative = next(
        (n for n, t in enumerate(said) if n and t.words.lower() in RELATIVE and said[n - 1].pos in ("NOUN", "PROPN")), len(said)
    )
    named = any(_heads(tree, t.index, first=first, end=end) for t in said[:relative])
    short = relative <= LONGEST_SPEAKER and len(said) - relative <= LONGEST_SPEAKER
    return named and short and not any(t.pos in NO_SPEAKER for t in said[:relative])


def _heads(tree: Tree, token: int, *, first: int, end: int) -> bool:
    """Whether a noun stands in no other of the words ``[first, end)``."""
    return tree.tokens[token].pos in ("NOUN", "PROPN", "PRON") and not first <= tree.head(token) < end


def _with_that(tree: Tree, verb: int, *, cue: Cue) -> Iterator[Relation]:
    """ "White Helmets allege that the depot was hit"."""
    clause = next((c for c in tree.all(verb, "acl", "ccomp", "relcl") if tree.child(c, "mark") is not None), None)
    if clause is not None and tree.tokens[verb - 1].pos in ("PROPN", "NOUN"):
        yield Relation("clause", tree.spans([verb]), tree.spans(tree.subtree(clause)), verb, cue.stance, cue.kind, verb - 1)


def _suspects(tree: Tree, verb: int) -> bool:
    """ "Police suspect rebels were behind it": a singular before a plural is no noun there."""
    plural = tree.tokens[tree.head(verb)].tag == "NNS" and tree.tokens[verb - 1].tag in ("NNS", "NN")
    return tree.tokens[verb].words == "suspect" and tree.tokens[verb].dep in ("compound", "amod") and plural


def _in_headline(tree: Tree, verb: int, *, cue: Cue) -> Iterator[Relation]:
    """ "army claims rebels fled": a clause behind it; "Video 'shows execution of soldiers'": a thing that shows before it."""
    source = verb - 2 if tree.tokens[verb - 1].words in QUOTE_MARKS else verb - 1
    head = tree.head(verb)
    if source < 0 or tree.tokens[source].pos not in ("NOUN", "PROPN") or head < verb:
        return
    above = tree.head(head)
    if cue.kind == "show" and tree.lemma(source) in artefacts():
        yield _told(tree, verb, cue=cue, source=source, last=tree.last[head])
    elif cue.takes("clause") and tree.tokens[head].dep in ("nsubj", "nsubjpass") and tree.tokens[above].tag in ("VBD", "VBN", "VBP"):
        yield _told(tree, verb, cue=cue, source=source, last=tree.last[above])


def _told(tree: Tree, verb: int, *, cue: Cue, source: int, last: int) -> Relation:
    pattern = "object" if cue.kind == "show" else "clause"
    return Relation(pattern, tree.spans([verb]), tree.spans(range(verb + 1, last + 1)), verb, cue.stance, cue.kind, source)
