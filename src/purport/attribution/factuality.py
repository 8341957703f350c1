"""How the innermost voice presents every predicate (FactBank values; Saurí and Pustejovsky 2009).

Effects are composed down the dependency tree, from the root of a sentence to its leaves, once per token: the clause or nominal takes the
state of its governor changed by the governor's lexical effect (de Marneffe, Manning and Potts 2012; Karttunen 1971), then by its own
negations, modals and hedges. Inside the content of an attribution the walk starts anew.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from purport.attribution.factuality_context import state_from
from purport.attribution.factuality_local import modify
from purport.attribution.factuality_parse import Link, Parse
from purport.attribution.factuality_score import features_of, score_of
from purport.attribution.factuality_state import PLAIN, State
from purport.model import Attribution, FactualityMark, Reading, Sentence, Span, Tags, Token
from purport.settings import Settings

_PREDICATES = ("VERB", "NOUN", "ADJ")
#: A chain of more prepositions than this is a parse error.
_MAX_PREPOSITIONS = 4


def mark_factuality(reading: Reading, attributions: tuple[Attribution, ...], *, settings: Settings) -> tuple[FactualityMark, ...]:
    """A mark for every verb, common noun and adjective, in text order. Time and memory are linear in tokens."""
    voices = voices_of(reading.tokens, attributions)
    parse = composed(reading, attributions, voices=voices)
    return tuple(
        _mark(token, parse=parse, attributions=attributions, voices=voices, tags=reading.tags)
        for token in reading.tokens
        if is_predicate(token)
    )


def composed(reading: Reading, attributions: Sequence[Attribution], *, voices: Sequence[int]) -> Parse:
    """The parse with the state of every token."""
    parse = Parse(reading.tokens, children_of(reading.tokens), {}, {})
    speaking = frozenset(number for number, a in enumerate(attributions) if a.source is not None)
    for sentence in reading.sentences:
        _walk(sentence, parse=parse, voices=voices, speaking=speaking)
    return parse


def features(reading: Reading, attributions: tuple[Attribution, ...]) -> list[list[str]]:
    """For each token the features that its score is the sum of (to fit their weights)."""
    parse = composed(reading, attributions, voices=voices_of(reading.tokens, attributions))
    return [list(features_of(token, state=parse.inner[token.index], parse=parse)) for token in reading.tokens]


def is_predicate(token: Token) -> bool:
    """True for a word that can name a happening or a state of affairs."""
    if token.pos == "AUX":
        return token.dep not in ("aux", "auxpass")
    return token.pos in _PREDICATES or (token.pos == "PROPN" and token.entity in ("", "EVENT"))


def children_of(tokens: Sequence[Token]) -> list[list[int]]:
    """Indexes of the tokens that hang on each token, in text order."""
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    return children


def voices_of(tokens: Sequence[Token], attributions: Sequence[Attribution]) -> list[int]:
    """For each token the number of the attribution with the shortest content that holds it and whose cue it is not; -1: the outlet."""
    starts = [token.span.start for token in tokens]
    voices = [-1] * len(tokens)
    lengths = [sum(len(span) for span in a.content) for a in attributions]
    for number in sorted(range(len(attributions)), key=lambda n: (-lengths[n], n)):
        for span in attributions[number].content:
            for index in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
                voices[index] = number
    return voices


def _walk(sentence: Sentence, *, parse: Parse, voices: Sequence[int], speaking: frozenset[int]) -> None:
    roots = [t.index for t in parse.tokens[sentence.first : sentence.end] if t.head == t.index]
    asked = parse.tokens[sentence.end - 1].words == "?"
    pending = list(reversed(roots))
    while pending:
        index = pending.pop()
        outer = (
            _opening(parse.tokens[index], asked=asked, parse=parse)
            if index in roots
            else state_from(_link(index, parse=parse, voices=voices, speaking=speaking), parse=parse)
        )
        parse.outer[index] = outer
        parse.inner[index] = modify(parse.tokens[index], state=outer, tokens=parse.tokens, children=parse.children)
        pending.extend(reversed(parse.children[index]))


def _opening(root: Token, *, asked: bool, parse: Parse) -> State:
    """Roots are plain, save questions and commands."""
    if asked:
        return PLAIN.lowered("Uu", token=root.index, reason="question")
    beside = parse.beside(root)
    to = next((c for c in beside if c.tag == "TO"), None)
    if to is not None:
        return PLAIN.lowered("Uu", token=to.index, reason="headline future")
    subjectless = not any(c.dep in ("nsubj", "nsubjpass", "expl", "csubj") or c.tag == "MD" for c in beside)
    if root.tag == "VB" and subjectless:
        return PLAIN.lowered("Uu", token=root.index, reason="imperative")
    return PLAIN


def _link(index: int, *, parse: Parse, voices: Sequence[int], speaking: frozenset[int]) -> Link:
    token = parse.tokens[index]
    governor = parse.tokens[token.head]
    prepositions: list[Token] = []
    while len(prepositions) < _MAX_PREPOSITIONS and governor.head != governor.index and _is_preposition(governor):
        prepositions.append(governor)
        governor = parse.tokens[governor.head]
    if prepositions and governor.pos == "ADV" and governor.head != governor.index:  # "short of", "far from"
        prepositions.append(governor)
        governor = parse.tokens[governor.head]
    return Link(token, governor, tuple(prepositions), voices[index] in speaking and voices[index] != voices[governor.index])


def _is_preposition(token: Token) -> bool:
    return token.pos in ("ADP", "SCONJ") or token.dep in ("prep", "agent")


def _mark(token: Token, *, parse: Parse, attributions: Sequence[Attribution], voices: Sequence[int], tags: Tags | None) -> FactualityMark:
    state = parse.inner[token.index]
    voice = voices[token.index]
    return FactualityMark(
        token=token.index,
        value=state.value,
        attribution_id=attributions[voice].id if voice >= 0 else None,
        basis=_spans(state.basis, tokens=parse.tokens),
        score=score_of(token, state=state, parse=parse, tags=tags),
    )


def _spans(indexes: Iterable[int], *, tokens: Sequence[Token]) -> tuple[Span, ...]:
    return tuple(tokens[i].span for i in sorted(set(indexes)))
