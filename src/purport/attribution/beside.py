"""Quotes beside a sentence about their speaker that has no cue: '"…" Nabil Haddad, a rescuer, was still covered in dust as he spoke.'"""

from purport.attribution.cues import verbs, words
from purport.attribution.quotes import Quote
from purport.attribution.relation import Relation
from purport.attribution.syntactic import cue_spans
from purport.attribution.tree import Tree
from purport.model import Stance

#: A shorter quote is a name or a word held at arm's length.
MIN_WORDS = 4
#: The speaker's sentence ends with the quote: 'Captain Reyes was brief: "…"' has so few words before the colon.
MAX_BEFORE = 15
#: The subject stands among the first words after the quote.
MAX_STEPS = 5


def beside_a_speaker(tree: Tree, quote: Quote) -> Relation | None:
    """The relation of a whole-sentence quote to the person that the words beside it are about, if there is one."""
    inside = tree.inside(quote.span)
    if len(inside) <= MIN_WORDS:
        return None
    return _before(tree, quote, first=inside.start) or _after(tree, quote, end=inside.stop)


def _before(tree: Tree, quote: Quote, *, first: int) -> Relation | None:
    """'Captain Reyes was brief: "…"'."""
    colon = first - 1
    if colon < 1 or tree.tokens[colon].words != ":" or tree.sentence(colon).block != tree.sentence(first).block:
        return None
    opening = tree.sentence(colon).first
    if colon - opening > MAX_BEFORE:
        return None
    speaker = next((t for t in range(opening, colon) if _is_person(tree, t) and tree.tokens[t].dep == "nsubj"), None)
    return _told(tree, quote, speaker=speaker, cue=colon) if speaker is not None else None


def _after(tree: Tree, quote: Quote, *, end: int) -> Relation | None:
    """'"…" Nabil Haddad, a rescuer, was still covered in dust as he spoke.'"""
    text = tree.text
    opens = quote.span.start == tree.reading.document.blocks[quote.block].span.start
    whole = any(c in ".?!…" for c in text[quote.span.end - 2 : quote.span.end])
    if not (opens and whole) or end >= len(tree.tokens) or tree.sentence(end).block != tree.sentence(end - 1).block:
        return None
    stop = min(end + MAX_STEPS, len(tree.tokens))
    speaker = next((t for t in range(end, stop) if _is_person(tree, t) and tree.tokens[t].dep in ("nsubj", "nsubjpass")), None)
    if speaker is None or tree.first[speaker] < end:
        return None
    speaks = next((t for t in range(speaker, tree.sentence(speaker).end) if _speaks(tree, t)), None)
    if speaks is None and tree.child(speaker, "appos") is None:
        return None
    return _told(tree, quote, speaker=speaker, cue=tree.head(speaker) if speaks is None else speaks)


def _is_person(tree: Tree, token: int) -> bool:
    here = tree.tokens[token]
    return here.pos == "PROPN" and here.entity in ("PERSON", "") and here.words[0].isupper()


def _speaks(tree: Tree, token: int) -> bool:
    cue = verbs().get(tree.lemma(token))
    return tree.tokens[token].pos == "VERB" and ((cue is not None and cue.takes("quote")) or tree.lemma(token) in words("as_time"))


def _told(tree: Tree, quote: Quote, *, speaker: int, cue: int) -> Relation:
    token = tree.tokens[cue]
    spans = (token.span,) if token.pos == "PUNCT" else cue_spans(tree, cue)
    return Relation("quote", spans, (quote.span,), cue, Stance.SAYS, "speech", speaker)
