"""Attributions as the encoder sees them: cues, and for each cue its source and content.

In the terms of PARC and PolNeAR (Pareti 2012; Newell, Margolin and Ruths 2018): every report, belief and attitude with a cue. What the
product keeps of them is decided in ``attribute``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.attribution.cues import broad, nouns, verbs, words
from purport.attribution.relation import Relation, covers
from purport.attribution.speech import merged
from purport.attribution.tree import Tree
from purport.model import Reading, Span, Spans, Stance, Tagged, Tags

#: A word less likely a cue than this is none (polnear_dev: f is flat between .40 and .55).
LEAST_CUE = 0.5
#: Pieces of a content this near, in characters, are one; pieces with a smaller share of its characters are left out. PolNeAR dev, exact
#: content f: .481 as decoded, .520 joined (.510 to .521 for gaps of 10 to 150), .529 without stray words (.524 to .532 for .03 to .15).
LONGEST_GAP = 30
LEAST_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Told:
    """One cue with what belongs to it; ``source`` is empty if nobody is named. ``score`` is the cue's probability."""

    cue: Spans
    source: Spans
    content: Spans
    score: float


def told(reading: Reading, *, least: float = LEAST_CUE) -> tuple[Told, ...]:
    """What is told in a text, in the order of the cues; nothing without content."""
    if reading.tags is None:
        return ()
    marks = reading.tags.marks("cue", least=least)
    return tuple(_told(reading.tags, marks))


def _told(tags: Tags, marks: Sequence[Tagged]) -> Iterator[Told]:
    for mark, parts in zip(marks, tags.asked("attribution", [m.span for m in marks]), strict=True):
        by_label = {label: [p for p in parts if p.label == label] for label in ("source", "cue", "content")}
        cue, source = _cue(mark.span, by_label["cue"]), _best(by_label["source"])
        content = _whole([p.span for p in by_label["content"]], between=(*cue, *source))
        if content:
            yield Told(cue, source, content, mark.score)


def _whole(pieces: Sequence[Span], *, between: Spans) -> Spans:
    """The pieces of a content, joined over small gaps in which neither cue nor source stands, without stray words."""
    joined: list[Span] = []
    for piece in pieces:
        gap = Span(joined[-1].end, piece.start) if joined else piece
        if joined and len(gap) <= LONGEST_GAP and not any(part.overlaps(gap) for part in between):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    least = LEAST_SHARE * sum(len(piece) for piece in joined)
    return tuple(piece for piece in joined if len(piece) >= least)


def _cue(mark: Span, parts: Sequence[Tagged]) -> Spans:
    """The cue with the word that marks it in any case."""
    spans = [p.span for p in parts]
    return tuple(sorted(spans if any(s.overlaps(mark) for s in spans) else [mark, *spans]))


def _best(parts: Sequence[Tagged]) -> Spans:
    """The likeliest of several."""
    return (max(parts, key=lambda p: p.score).span,) if parts else ()


#: A cue that no rule knows must be at least so likely, and have a verb in its content, to be kept: PolNeAR marks attitudes and deeds too.
#: Development gold, talk told as fact: .098 without new cues, .078 from .8 or .9 on, .098 from .97 on.
LEAST_NEW = 0.75
#: From this likelihood of its cue on the encoder's content is added to the rules'. Development gold, source f .474 without, .482 so (.477
#: from .9 on); in place of the rules' content, or with the encoder's source in place of theirs, less (.40 to .47).
LEAST_CONTENT = 0.97
#: Finders whose content is as the rule has it: marks of hearsay, headlines, fixed phrases with their own shape.
FIXED = frozenset({"hearsay", "headline", "predicate", "adverb", "adjective", "phrase", "passive"})
#: Labels of verbs that only describe a noun.
ATTRIBUTES = frozenset({"relcl", "amod", "acl", "compound", "nmod"})
QUOTE_MARKS = frozenset('"“”')
#: Parts of speech that a source or a cue can rest on.
HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB", "ADP", "ADV"})


def mended(tree: Tree, relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """The relations of the rules, their contents grown by the encoder's, and those that only the encoder sees."""
    found = told(tree.reading)
    if not found:
        return tuple(relations)
    by_character = {c: one for one in reversed(found) for span in one.cue for c in range(span.start, span.end)}
    used: set[int] = set()
    out = []
    cues = sorted(span for relation in relations for span in relation.cue)
    for relation in relations:
        one = next((by_character[c] for span in relation.cue for c in range(span.start, span.end) if c in by_character), None)
        if one is not None:
            used.add(id(one))
        out.append(relation if one is None else _mended(tree, relation, one=one, cues=cues))
    new = (_new(tree, one) for one in found if id(one) not in used)
    return (*out, *(relation for relation in new if relation is not None))


def _mended(tree: Tree, relation: Relation, *, one: Told, cues: Sequence[Span]) -> Relation:
    """The relation with the encoder's content added where it goes on beyond the rules', inside the sentence.

    Not where another cue stands in what would be added: there somebody else may speak.
    """
    if relation.pattern in FIXED or relation.kind in ("hearsay", "seem") or one.score < LEAST_CONTENT:
        return relation
    bounds = tree.sentence(relation.head).span
    longer = [p for p in one.content if bounds.covers(p) and any(p.overlaps(own) for own in relation.content)]
    own = tree.spans(tree.subtree(relation.source)) if relation.source is not None else ()
    longer = [p for p in longer if not any(p.overlaps(s) for s in own)]  # "…, the army" of "…, the army said"
    grown = tuple(tree.trim(s) for s in merged((*relation.content, *longer))) if longer else relation.content
    added = (cue for span in grown for cue in _within(cues, span) if not covers(relation.content, cue.start))
    return relation if any(cue not in relation.cue for cue in added) else relation.with_content(grown)


def _within(cues: Sequence[Span], span: Span) -> Sequence[Span]:
    """The cues that begin inside ``span``."""
    return cues[bisect_left(cues, span.start, key=lambda c: c.start) : bisect_left(cues, span.end, key=lambda c: c.start)]


def _new(tree: Tree, one: Told) -> Relation | None:
    """A relation for a cue that the rules have not seen, if it reports something."""
    head = head_of(tree, one.cue[0])
    content = () if head is None else tuple(s for s in one.content if not _is_background(tree, s, cue=head) and _says_something(tree, s))
    if head is None or one.score < LEAST_NEW or not content:
        return None
    if tree.tokens[head].dep == "advcl" or content[0].of(tree.text).startswith("to "):
        return None  # "asked whether he would resign, the minister …", "planned to attack": no report, or none of the subject's
    cue = verbs().get(tree.lemma(head)) or nouns().get(tree.lemma(head))
    attitude = broad("verb").get(tree.lemma(head)) or broad("noun").get(tree.lemma(head))
    if (cue is None and attitude is not None) or (cue is not None and cue.kind == "attitude"):
        return None
    stance = Stance.SAYS if cue is None else cue.stance
    source = head_of(tree, one.source[0]) if one.source else None
    return Relation("learned", one.cue, content, head, stance, "speech" if cue is None else cue.kind, source)


def _is_background(tree: Tree, piece: Span, *, cue: int) -> bool:
    """ "called for calm after a policeman was shot": when or why something was said, and no part of it."""
    top = head_of(tree, piece)
    if top is None:
        return False
    marks = [*tree.all(top, "mark", "advmod"), tree.head(top)]
    under = tree.tokens[top].dep in ("advcl", "pcomp", "pobj") and tree.under(top, cue)
    return under and top > cue and any(tree.lemma(m) in words("background") for m in marks)


def _says_something(tree: Tree, piece: Span) -> bool:
    """Whether a piece holds a quote, or a verb that stands in no attribute ("missing hostages", "the violence that gripped the city")."""
    verbs_in = (t for t in tree.inside(piece) if tree.tokens[t].pos in ("VERB", "AUX"))
    return any(c in QUOTE_MARKS for c in piece.of(tree.text)) or any(tree.tokens[v].dep not in ATTRIBUTES for v in verbs_in)


def head_of(tree: Tree, span: Span) -> int | None:
    """The token of ``span`` that the others hang on: None if that is no word of meaning."""
    inside = tree.inside(span)
    outward = [t for t in inside if tree.head(t) not in inside or tree.head(t) == t]
    return next((t for t in outward if tree.tokens[t].pos in HEADS), None)
