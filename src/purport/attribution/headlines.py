"""Headlines that name their source beside a colon or dash: "Police: 5 killed", "Rebels behead spy: video"."""

from collections.abc import Iterator

from purport.attribution.cues import words
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.attribution.via import KindOf
from purport.model import Sentence, SourceKind, Span, Stance

#: A longer first or last part of a headline is no source.
MAX_SOURCE = 6
MAX_LENGTH = 40
MARKS = frozenset({":", "–", "—", "-", "--"})


def headline_relations(tree: Tree, *, kind_of: KindOf) -> Iterator[Relation]:
    """A relation for each short block without a full stop that has a source before its first colon or after its last mark."""
    for sentence in _headlines(tree):
        marks = [t for t in range(sentence.first + 1, sentence.end - 1) if _parts(tree, t)]
        if marks and tree.tokens[marks[0]].words == ":":
            yield from _named(tree, sentence, mark=marks[0], first=True, kind_of=kind_of)
        if marks:
            yield from _named(tree, sentence, mark=marks[-1], first=False, kind_of=kind_of)


def _headlines(tree: Tree) -> Iterator[Sentence]:
    blocks = tree.reading.document.blocks
    for sentence in tree.reading.sentences:
        span = blocks[sentence.block].span
        opens = sentence.span.start == span.start or tree.text[sentence.span.start - 1] == "\n"
        if opens and sentence.end - sentence.first <= MAX_LENGTH:
            yield sentence


def _parts(tree: Tree, token: int) -> bool:
    """Whether a colon or dash stands between words and not inside one."""
    span = tree.tokens[token].span
    after = tree.text[span.end : span.end + 1].isspace()
    return tree.tokens[token].words in MARKS and after and (tree.tokens[token].words == ":" or tree.text[span.start - 1].isspace())


def _named(tree: Tree, sentence: Sentence, *, mark: int, first: bool, kind_of: KindOf) -> Iterator[Relation]:
    source, content = (range(sentence.first, mark), range(mark + 1, sentence.end))
    if not first:
        source, content = content, source
    if len(source) > MAX_SOURCE or len(content) < 3 or any(tree.tokens[t].pos in ("VERB", "AUX") for t in source):
        return
    if not first and any("/" in tree.tokens[t].words or tree.lemma(t) in words("credits") for t in source):
        return  # "– North Press/archive" credits a photo
    heads = [t for t in source if tree.tokens[t].pos in ("NOUN", "PROPN")]
    if not heads or not _speaks(tree, heads[-1], first=first, kind_of=kind_of):
        return
    cue = Span(tree.tokens[mark].span.start, tree.tokens[mark].span.end)
    stance = Stance.PURPORTS if kind_of(heads[-1]) is SourceKind.ARTEFACT and not first else Stance.SAYS
    yield Relation("headline", (cue,), tree.spans(content), mark, stance, "speech", heads[-1])


def _speaks(tree: Tree, head: int, *, first: bool, kind_of: KindOf) -> bool:
    named = first and (tree.tokens[head].entity in ("PERSON", "ORG", "NORP") or tree.tokens[head].pos == "PROPN")
    return named or kind_of(head) is not SourceKind.UNKNOWN or tree.lemma(head) == "source"
