"""Near-copies among the pages of an incident: shares of word runs, found by MinHash where pages are many.

Source of the method: Broder 1997, "On the resemblance and containment of documents" (shingles, containment, MinHash).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from purport.model import Block, BlockKind, Document, Span

#: Words in a run. Five in a row are seldom met by chance, and an editor who changes one word in ten leaves more than half of them.
RUN = 5
#: Share of a page's runs that stand in an earlier page, from which it is a copy. Reports of one event by two desks that quote the same
#: statement share under a tenth in the project's cases; copies, cut or edited, over two thirds.
COPY = 0.5
#: Of a page of few runs more must stand there: two desks begin a report of one bombing with nearly the same sentence.
SHORT, COPY_OF_SHORT = 40, 0.8
#: A page of fewer runs says too little to be called a copy.
FEWEST_RUNS = 8
#: Up to so many pages every pair is compared; beyond, only pairs that MinHash proposes.
ALL_PAIRS = 60
PERMUTATIONS, BANDS, SEED = 128, 64, 20
BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.STANDFIRST})
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A page with the page that it copies; ``share`` of its word runs stands there (0 to 1)."""

    document_id: str
    parent_id: str
    share: float


def runs_of_text(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words, case and punctuation aside."""
    words = WORD.findall(text.casefold())
    return frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))


def runs_of(document: Document) -> frozenset[tuple[str, ...]]:
    """The word runs of a page's body: no headline, byline, caption or credit, which each outlet writes for itself."""
    blocks = [block.span.of(document.text) for block in document.blocks if block.kind in BODY] or [document.text]
    return frozenset().union(*map(runs_of_text, blocks))


def share_of(runs: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """How much of ``runs`` stands in ``other``, 0 to 1."""
    return len(runs & other) / len(runs) if runs else 0.0


def copies(pages: Sequence[Document]) -> dict[str, Copy]:
    """For each page that copies an earlier one of ``pages`` (given first to last), the page it has most of; by document id."""
    if len(pages) < 2:
        return {}
    every = {page.id: runs_of(page) for page in pages}
    runs = {page: own for page, own in every.items() if len(own) >= FEWEST_RUNS}
    ranks = {page.id: rank for rank, page in enumerate(pages)}
    found: dict[str, Copy] = {}
    for first, second in _pairs(runs):
        parent, page = sorted((first, second), key=ranks.__getitem__)
        share = share_of(runs[page], runs[parent])
        if share >= (COPY if len(runs[page]) >= SHORT else COPY_OF_SHORT) and (page not in found or share > found[page].share):
            found[page] = Copy(page, parent, round(share, 3))
    return found


def _pairs(runs: Mapping[str, frozenset[tuple[str, ...]]]) -> Iterable[tuple[str, str]]:
    """Pairs of pages worth comparing, those of earlier pages first."""
    return combinations(runs, 2) if len(runs) <= ALL_PAIRS else _proposed(runs)


def _proposed(runs: Mapping[str, frozenset[tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """Pairs that share a band of their MinHash signatures: of pages alike to .2 (Jaccard) nine in ten, of those alike to .5 all."""
    from rensa import RMinHash, RMinHashLSH  # loaded here: only large incidents need it

    index = RMinHashLSH(threshold=0.1, num_perm=PERMUTATIONS, num_bands=BANDS)
    signatures = []
    ids = list(runs)
    for number, page in enumerate(ids):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signature.update(sorted(" ".join(run) for run in runs[page]))
        index.insert(number, signature)
        signatures.append(signature)
    for number, signature in enumerate(signatures):
        for other in sorted(index.query(signature)):
            if other < number:
                yield ids[other], ids[number]


def is_copied(document: Document, span: Span, *, parent: Document) -> bool:
    """Whether the block around ``span`` stands in ``parent``, by half of its word runs; a short line counts as copied."""
    block = block_at(document, span)
    runs = runs_of_text(block.span.of(document.text)) if block else frozenset()
    return not runs or share_of(runs, runs_of(parent)) >= COPY


def block_at(document: Document, span: Span) -> Block | None:
    """The block that holds the first character of ``span``."""
    return next((block for block in document.blocks if block.span.start <= span.start < block.span.end), None)
