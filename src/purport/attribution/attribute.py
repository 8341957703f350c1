"""Reading → AttributedReading: finders, then sources, stances and nesting."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from purport.attribution.according_to import according_to
from purport.attribution.confidence import confidence_of
from purport.attribution.cues import broad, nouns, verbs
from purport.attribution.factuality import mark_factuality
from purport.attribution.footage import footage_relations
from purport.attribution.headlines import headline_relations
from purport.attribution.hearsay import hearsay_relations
from purport.attribution.learned import mended
from purport.attribution.misread import closing_relations, misread_relations
from purport.attribution.nesting import Routes, nested
from purport.attribution.nominal import noun_relations
from purport.attribution.quotes import find_quotes
from purport.attribution.relation import Relation, covers
from purport.attribution.sources import Register, kind_at, register_of, source_of, under_duress
from purport.attribution.speech import with_quotes
from purport.attribution.stance import stance_of
from purport.attribution.syntactic import verb_relations
from purport.attribution.tree import Tree, tree_of
from purport.attribution.via import KindOf, with_links
from purport.model import AttributedReading, Attribution, Reading, Source, Span, Spans, hashed_id
from purport.settings import Settings


def attribute(reading: Reading, *, settings: Settings) -> AttributedReading:
    """Every source, cue and content of a page, nested, with stance; and the factuality of every predicate."""
    found = attributions_of(reading)
    return AttributedReading(reading, found, mark_factuality(reading, found, settings=settings))


def attributions_of(reading: Reading) -> tuple[Attribution, ...]:
    """The attributions alone, in text order."""
    tree = tree_of(reading)
    register = register_of(tree)
    kind_of = partial(kind_at, tree, register=register)
    relations = with_links(tree, relations_of(tree, kind_of=kind_of), kind_of=kind_of)
    made = [_made(tree, r, register=register) for r in relations]
    under = {inner: outer for m in made for inner, outer in m.under}
    last = {m.links[-1].id: m.records[0].id for m in made if m.links}
    records = {a.id: a for m in made for a in (*m.records, *m.links)}
    routes = Routes(under, {a.id for m in made for a in m.links}, last)
    return nested(tuple(records.values()), text=tree.text, routes=routes)


@dataclass(frozen=True, slots=True)
class Made:
    """One relation as records: one for each speaker side by side, and its links, the innermost first."""

    relation: Relation
    records: tuple[Attribution, ...]
    links: tuple[Attribution, ...]

    @property
    def under(self) -> list[tuple[str, str]]:
        """Who hangs on whom: each record on the innermost link, each link on the next."""
        steps = list(pairwise(a.id for a in self.links))
        return steps + [(a.id, self.links[0].id) for a in self.records if self.links]


def _made(tree: Tree, relation: Relation, *, register: Register) -> Made:
    links = tuple(next(attributions_from(tree, link, register=register)) for link in relation.links)
    return Made(relation, tuple(attributions_from(tree, relation, register=register)), links)


def relations_of(tree: Tree, *, kind_of: KindOf) -> tuple[Relation, ...]:
    """What all finders see, in text order."""
    quotes = find_quotes(tree.reading.document)
    spoken = with_quotes(tree, [*verb_relations(tree, lexicon=verbs()), *misread_relations(tree)], quotes=quotes)
    found = [*spoken, *according_to(tree), *hearsay_relations(tree), *noun_relations(tree, lexicon=nouns())]
    found.extend(closing_relations(tree, told={r.head for r in found}))
    told = {r.head for r in found}
    found.extend(r for r in footage_relations(tree) if r.head not in told)
    found.extend(headline_relations(tree, kind_of=kind_of))
    return tuple(sorted(_without_phrases(tree, list(mended(tree, found))), key=lambda r: (r.cue[0], r.pattern)))


def _without_phrases(tree: Tree, found: list[Relation]) -> Iterator[Relation]:
    """The relations without the "according to X" or ", X reported" at the end of their content by which all of their sentence is told."""
    phrases = [r for r in found if r.pattern in ("according", "aside", "clause") and r.source is not None]
    by_sentence: dict[int, list[Relation]] = {}
    for phrase in phrases:
        by_sentence.setdefault(tree.tokens[phrase.head].sentence, []).append(phrase)
    for relation in found:
        for phrase in by_sentence.get(tree.tokens[relation.head].sentence, ()):
            if relation is not phrase and covers(phrase.content, relation.cue[0].start) and relation.content:
                relation = relation.with_content(_up_to(tree, relation, phrase=phrase))
        yield relation


def _up_to(tree: Tree, relation: Relation, *, phrase: Relation) -> Spans:
    """The content without its end, if that is the phrase."""
    last, source = relation.content[-1], phrase.source
    if source is None:
        return relation.content
    start = min(phrase.cue[0].start, tree.tokens[tree.first[source]].span.start)
    end = max(phrase.cue[-1].end, tree.tokens[tree.last[source]].span.end)
    ends = last.start < start < last.end <= end and relation.cue[0].start < start
    return (*relation.content[:-1], tree.trim(Span(last.start, start))) if ends else relation.content


def broad_relations_of(reading: Reading) -> tuple[Relation, ...]:
    """The same with attitudes ("wants to", "opposes"), and nothing that is said inside a quote: what PolNeAR marks."""
    tree = tree_of(reading)
    quotes = find_quotes(reading.document)
    spoken = with_quotes(tree, verb_relations(tree, lexicon=broad("verb")), quotes=quotes)
    found = [*spoken, *according_to(tree), *hearsay_relations(tree), *noun_relations(tree, lexicon=broad("noun"))]
    found.extend(headline_relations(tree, kind_of=partial(kind_at, tree, register=register_of(tree))))
    outside = [r for r in found if not any(q.span.start < r.cue[0].start < q.span.end for q in quotes)]
    return tuple(sorted(outside, key=lambda r: (r.cue[0], r.pattern)))


def attributions_from(tree: Tree, relation: Relation, *, register: Register) -> Iterator[Attribution]:
    """One relation as records: one for each source that stands side by side ("X and Y said")."""
    sources: list[Source | None] = [source_of(tree, t, register=register) for t in speakers(tree, relation)]
    for source in sources or [None]:
        if source is not None and under_duress(tree, relation, source=source):
            source = replace(source, duress=True)
        spans = source.spans if source else ()
        ident = hashed_id("att", tree.reading.document.id, relation.cue, relation.content, spans)
        stance = stance_of(tree, relation, source=source)
        yield Attribution(ident, source, relation.cue, relation.content, stance, confidence=confidence_of(relation))


def speakers(tree: Tree, relation: Relation) -> list[int]:
    """The head tokens of all who say it."""
    if relation.source is None:
        return []
    return [relation.source, *(c for c in tree.all(relation.source, "conj") if tree.tokens[c].pos in ("NOUN", "PROPN"))]
