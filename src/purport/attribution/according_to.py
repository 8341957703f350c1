"""Fixed phrases that name a source beside the clause: "according to X", "in the words of X", "by X's count", "as quoted by X"."""

from collections.abc import Iterator

from purport.attribution.cues import words
from purport.attribution.relation import Relation
from purport.attribution.subjects import agent_of
from purport.attribution.syntactic import conceded
from purport.attribution.tree import Tree
from purport.model import Span, Stance

#: "as quoted by X"
QUOTED = frozenset({"quote", "cite", "report", "relay", "describe", "tell"})


def according_to(tree: Tree) -> Iterator[Relation]:
    """ "according to X", "per X": the content is the clause or phrase that it hangs on."""
    for token in tree.tokens:
        if token.lemma.lower() in ("according", "accord") and token.index + 1 < len(tree.tokens) and tree.lemma(token.index + 1) == "to":
            yield from _of_phrase(tree, token.index)
        elif token.dep == "prep" and token.lemma.lower() in ("in", "by"):
            yield from _by_whose(tree, token.index)
        elif token.tag == "VBN" and token.lemma in QUOTED and token.index and tree.lemma(token.index - 1) == "as":
            yield from _as_quoted(tree, token.index)


def _of_phrase(tree: Tree, first: int) -> Iterator[Relation]:
    to = tree.child(first, "prep")
    to = first + 1 if to is None else to
    source = tree.child(to, "pobj")
    if source is None:
        return
    content = tree.spans(_after_comma(tree, first, source=source) or _host(tree, first, last=tree.last[source]))
    if content:
        cue = Span(tree.tokens[first].span.start, tree.tokens[first + 1].span.end)
        yield Relation("according", (cue,), content, first, Stance.SAYS, "speech", source)


def _after_comma(tree: Tree, first: int, *, source: int) -> list[int]:
    """ "According to X from the area, drone attacks by the army have begun": what follows the comma, where the parse has put the subject
    into the phrase."""
    sentence = tree.sentence(first)
    verb = tree.head(first)
    lost = tree.child(verb, "nsubj", "nsubjpass", "csubj", "expl") is None and tree.last[source] > source
    if first > sentence.first + 1 or not lost or tree.tokens[verb].pos not in ("VERB", "AUX") or tree.child(verb, "aux") is None:
        return []
    comma = next((t for t in range(source, verb) if tree.tokens[t].words == ","), None)
    return [] if comma is None else list(range(comma + 1, sentence.end))


def _by_whose(tree: Tree, prep: int) -> Iterator[Relation]:
    """ "in the words of a diplomat", "by the monitor's count"."""
    noun = tree.child(prep, "pobj")
    if noun is None or tree.lemma(noun) not in words("by_whose") or (tree.lemma(noun) == "word") is not (tree.lemma(prep) == "in"):
        return
    of = next((c for c in tree.all(noun, "prep") if tree.lemma(c) == "of"), None)
    source = tree.child(noun, "poss") if of is None else tree.child(of, "pobj")
    if source is None or tree.lemma(source) == "other":
        return
    cue = tree.spans(range(prep, of + 1)) if of is not None else tree.spans([prep, noun])
    content = tree.spans(_host(tree, prep, last=max(noun, tree.last[source])))
    if content:
        yield Relation("according", cue, content, prep, Stance.SAYS, "speech", source)


def _as_quoted(tree: Tree, verb: int) -> Iterator[Relation]:
    """ "…, as quoted by the agency"."""
    source = agent_of(tree, verb)
    if source is None:
        return
    content = tree.spans(_host(tree, verb - 1, last=tree.last[source]))
    if content:
        yield Relation("according", tree.spans([verb - 1, verb, source - 1])[:1], content, verb, Stance.SAYS, "speech", source)


def _host(tree: Tree, first: int, *, last: int) -> list[int]:
    """The clause that the phrase hangs on; the whole sentence if it stands at its beginning or end."""
    own = set(range(tree.first[first], tree.last[first] + 1)) | set(range(first, last + 1))
    sentence = tree.sentence(first)
    host = tree.head(first)
    opens = first <= sentence.first + 1
    closes = last >= sentence.end - 2
    while (opens or closes or tree.first[host] >= first or tree.tokens[host].pos not in ("VERB", "AUX")) and tree.head(host) != host:
        host = tree.head(host)
    return [t for t in tree.subtree(host, without=conceded(tree, host)) if t not in own]
