"""Fixed phrases that name a source beside the clause: "according to X", "in the words of X", "citing X", "X: …"."""

from collections.abc import Iterator

from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.model import Span, Stance


def according_to(tree: Tree) -> Iterator[Relation]:
    """ "according to X", "per X": the content is the clause or phrase that it hangs on."""
    for token in tree.tokens:
        if token.lemma.lower() in ("according", "accord") and token.index + 1 < len(tree.tokens) and tree.lemma(token.index + 1) == "to":
            yield from _of_phrase(tree, token.index)


def _of_phrase(tree: Tree, first: int) -> Iterator[Relation]:
    to = tree.child(first, "prep")
    to = first + 1 if to is None else to
    source = tree.child(to, "pobj")
    if source is None:
        return
    content = tree.spans(_host(tree, first, last=tree.last[source]))
    if content:
        cue = Span(tree.tokens[first].span.start, tree.tokens[first + 1].span.end)
        yield Relation("according", (cue,), content, first, Stance.SAYS, "speech", source)


def _host(tree: Tree, first: int, *, last: int) -> list[int]:
    """The clause that the phrase hangs on; the whole sentence if it stands at its beginning or end."""
    own = set(range(tree.first[first], tree.last[first] + 1)) | set(range(first, last + 1))
    sentence = tree.sentence(first)
    host = tree.head(first)
    opens = first <= sentence.first + 1
    closes = last >= sentence.end - 2
    while (opens or closes or tree.first[host] >= first or tree.tokens[host].pos not in ("VERB", "AUX")) and tree.head(host) != host:
        host = tree.head(host)
    return [t for t in tree.subtree(host) if t not in own]
