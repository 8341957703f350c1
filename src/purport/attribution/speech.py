"""Quotes given to the cues that introduce them, within a sentence, after it, and over paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from purport.attribution.beside import beside_a_speaker
from purport.attribution.cues import verbs
from purport.attribution.quotes import Quote
from purport.attribution.relation import Relation, bucket_of, buckets, covers
from purport.attribution.subjects import is_passive, speaker_of
from purport.attribution.syntactic import cue_spans
from purport.attribution.tree import Tree
from purport.model import Span, Spans

#: A shorter quote without a comma or colon before it is a word held at arm's length, not speech.
MIN_WORDS = 4
#: Cues further from the quote than this (in tokens) do not introduce it.
MAX_DISTANCE = 25
#: Words of up to so many letters stay small in a title; a longer row of capitals is no title.
LINKING = 3
MAX_TITLE = 8
#: Patterns whose content may grow by the quotes it touches.
GROWING = frozenset({"clause", "aside", "quote", "according", "object", "infinitive", "as", "passive"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The quotes of a page and the relations found so far, by the token of their cue."""

    tree: Tree
    quotes: tuple[Quote, ...]
    starts: tuple[int, ...]
    by_head: dict[int, Relation] = field(default_factory=dict)
    by_bucket: dict[int, list[int]] = field(default_factory=dict)

    def quoted(self, character: int) -> bool:
        at = bisect_right(self.starts, character) - 1
        return at >= 0 and character < self.quotes[at].span.end

    def within(self, span: Span) -> tuple[Quote, ...]:
        """The quotes that overlap ``span``."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        return tuple(q for q in self.quotes[first : bisect_left(self.starts, span.end)] if q.span.overlaps(span))

    def keep(self, relation: Relation) -> None:
        self.by_head[relation.head] = relation
        for bucket in buckets(relation.content):
            self.by_bucket.setdefault(bucket, []).append(relation.head)

    def around(self, character: int) -> list[Relation]:
        """The relations whose content may cover ``character``, in the order in which they were found."""
        return [self.by_head[h] for h in dict.fromkeys(self.by_bucket.get(bucket_of(character), ()))]


def with_quotes(tree: Tree, relations: Iterable[Relation], *, quotes: tuple[Quote, ...]) -> tuple[Relation, ...]:
    """The relations with their content grown to whole quotes, and new ones for quotes that no clause led to."""
    speech = Speech(tree, quotes, tuple(q.span.start for q in quotes))
    for relation in relations:
        speech.keep(_grown(relation, speech))
    last: Relation | None = None
    for quote in quotes:
        owner = _owner(speech, quote) or _introduced(speech, quote) or beside_a_speaker(tree, quote)
        owner = owner or _carried(speech, quote, last=last)
        if owner is not None:
            last = _plus(owner, quote.span)
            speech.keep(last)
    return tuple(speech.by_head[h] for h in sorted(speech.by_head))


def _grown(relation: Relation, speech: Speech) -> Relation:
    if relation.pattern not in GROWING:
        return relation
    cue = relation.cue[0].start
    for quote in dict.fromkeys(q for s in relation.content for q in speech.within(s)):
        if not quote.span.start <= cue < quote.span.end:
            relation = _plus(relation, quote.span)
    return relation


def _plus(relation: Relation, span: Span) -> Relation:
    return relation.with_content(merged((*relation.content, span)))


def merged(spans: Spans) -> Spans:
    """Overlapping or touching spans joined, in text order."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _owner(speech: Speech, quote: Quote) -> Relation | None:
    """The relation that already holds this quote, unless its cue stands inside."""
    for relation in speech.around(quote.span.start):
        if covers(relation.content, quote.span.start) and not quote.span.covers(relation.cue[0]) and relation.pattern in GROWING:
            return relation
    return None


def _introduced(speech: Speech, quote: Quote) -> Relation | None:
    """A cue verb beside the quote, in the sentence that runs into it or out of it."""
    tree = speech.tree
    inside = tree.inside(quote.span)
    if not inside or not _is_speech(speech, quote, words=sum(tree.tokens[t].pos != "PUNCT" for t in inside)):
        return None
    after = _cue_after(speech, inside.stop) if _leads_on(speech.tree.text, quote.span) else None
    candidates = [v for v in (after, _cue_before(speech, inside.start - 1)) if v is not None]
    if not candidates:
        return None
    verb = candidates[0]
    found = speech.by_head.get(verb)
    if found is not None:
        return found
    cue = verbs()[tree.lemma(verb)]
    return Relation("quote", cue_spans(tree, verb), (), verb, cue.stance, cue.kind, speaker_of(tree, verb))


def _leads_on(text: str, span: Span) -> bool:
    """Whether the quote ends as one does before "he said": with a comma or a full stop inside or a comma behind."""
    return any(c in ",.?!…—-" for c in text[span.end - 3 : span.end + 1])


def _is_speech(speech: Speech, quote: Quote, *, words: int) -> bool:
    text = speech.tree.text
    if _is_title(quote.span.of(text)):
        return False
    before = text[max(0, quote.span.start - 3) : quote.span.start].strip()
    return words > MIN_WORDS or before.endswith((",", ":")) or text[quote.span.end - 2 : quote.span.end - 1] in ",.?!"


def _is_title(quoted: str) -> bool:
    """ "The Morning Hour": every longer word with a capital."""
    longer = [w for w in re.findall(r"\w+", quoted) if len(w) > LINKING]
    return 1 < len(longer) < MAX_TITLE and all(w[0].isupper() for w in longer)


def _cue_after(speech: Speech, token: int) -> int | None:
    tree = speech.tree
    if token >= len(tree.tokens) or tree.text[tree.tokens[token - 1].span.start - 1] in ".":
        return None
    if (
        token
        and tree.tokens[token].sentence != tree.tokens[token - 1].sentence
        and tree.tokens[token].words[0].isupper()
        and not _inverted(tree, token)
    ):
        return None
    for at in range(token, min(token + MAX_DISTANCE, len(tree.tokens))):
        if tree.tokens[at].words in (".", ";") or speech.quoted(tree.tokens[at].span.start) or _other_block(tree, at, token):
            return None
        if _speaks(tree, at):
            return at
    return None


def _inverted(tree: Tree, token: int) -> bool:
    return any(_speaks(tree, at) for at in range(token, min(token + 4, len(tree.tokens))))


def _cue_before(speech: Speech, token: int) -> int | None:
    """The nearest cue before the quote, in its block; a colon leads from one block into the next."""
    tree = speech.tree
    colon = token >= 0 and tree.tokens[token].words == ":"
    for at in range(token, max(token - MAX_DISTANCE, -1), -1):
        stops = tree.tokens[at].words in (".", ";") or speech.quoted(tree.tokens[at].span.start)
        if stops or _other_block(tree, at, token if colon else token + 1):
            return None
        if _speaks(tree, at):
            return at
    return None


def _other_block(tree: Tree, one: int, other: int) -> bool:
    return other < len(tree.tokens) and tree.sentence(one).block != tree.sentence(other).block


def _speaks(tree: Tree, token: int) -> bool:
    if tree.tokens[token].pos != "VERB":
        return False
    cue = verbs().get(tree.lemma(token))
    return cue is not None and cue.takes("quote") and not is_passive(tree, token)


def _carried(speech: Speech, quote: Quote, *, last: Relation | None) -> Relation | None:
    """The speaker so far goes on: a sentence of its own in quotes, in the same paragraph or after an unclosed one."""
    if last is None or not quote.span.start or len(speech.tree.inside(quote.span)) <= MIN_WORDS:
        return None
    blocks = speech.tree.reading.document.blocks
    same = blocks[quote.block].span.covers(last.cue[0]) or blocks[quote.block].span.covers(last.content[-1])
    alone = quote.span.start == blocks[quote.block].span.start
    before = speech.tree.text[max(0, quote.span.start - 2) : quote.span.start].strip()
    begins = not before or before[-1] in ".?!:"
    near = quote.block - speech.tree.sentence(last.head).block <= 3
    return last if (same and begins) or (quote.carries_on and alone) or (alone and near and not same and _whole(speech, quote)) else None


def _whole(speech: Speech, quote: Quote) -> bool:
    return speech.tree.reading.document.blocks[quote.block].span.end - quote.span.end <= 1
