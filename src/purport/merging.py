"""Linking a project file: the work behind ``purport merge``; above all rooms."""

from collections.abc import Callable, Iterable

from purport import finding
from purport.errors import StoreError
from purport.incident import LinkJudgement, LinkVerdict, Sketch, anchor_of
from purport.incidents.linking import PageLinker
from purport.linkage import LinkRun, LinkStep, Pair, pair_of
from purport.model import Document
from purport.reviewing import with_added_events
from purport.settings import Settings
from purport.store import Store
from purport.store.link_judging import standing_words

Progress = Callable[[LinkStep], None]


def merge(store: Store, *, settings: Settings | None = None, progress: Progress | None = None, jobs: int = 1) -> LinkRun:
    """Bring the events of pages that are new or were read again into incidents, and settle what they and new judgements touch.

    The result depends on the pages and judgements in the file, not on their order. Interrupted or killed, the same call goes on from
    there. At the end the cards by which incidents are found are made again, which ``jobs`` processes may share. Raises StoreError if the
    file cannot be written.
    """
    sketcher = _sketcher(settings or Settings())
    run = store.link(PageLinker(), sketcher=sketcher, progress=progress, laid=lambda report: with_added_events(store, report))
    if run.interrupted:
        return run
    try:
        finding.refresh(store, progress=lambda done, total: progress(LinkStep("describe", done, total)) if progress else None, jobs=jobs)
    except KeyboardInterrupt:
        return run.plus(LinkRun(interrupted=True))
    return run


def judge_links(
    store: Store, ids: tuple[str, str], *, verdict: LinkVerdict, coder: str, note: str = "", settings: Settings | None = None
) -> tuple[tuple[LinkJudgement, ...], LinkRun]:
    """Say that two events, or two incidents as wholes, are or are not one, and settle what that touches.

    Each of the two ids may be an incident's, an event's, or its beginning. ``SAME`` joins the two incidents. ``DIFFERENT`` keeps every
    event of the first apart from every event of the second; an event is thereby split off its own incident. ``WITHDRAWN`` takes back
    the coder's last word about each of these pairs. Raises StoreError for an unknown id, or if there is nothing to withdraw.
    """
    pairs = _pairs(store, ids, verdict=verdict, coder=coder)
    made = tuple(store.judge_link(*pair, verdict=verdict, coder=coder, note=note) for pair in pairs)
    return made, merge(store, settings=settings)


def _pairs(store: Store, ids: tuple[str, str], *, verdict: LinkVerdict, coder: str) -> list[Pair]:
    mine, theirs = (store.events_of(asked) for asked in ids)
    if mine == theirs:  # two incidents that have become one: each is its first event, as when they were joined
        mine, theirs = (tuple(event for event in mine if event == anchor_of(asked)) for asked in ids)
    if len(mine) <= len(theirs):
        theirs = tuple(event for event in theirs if event not in mine)
    else:
        mine = tuple(event for event in mine if event not in theirs)
    if not mine or not theirs:
        raise StoreError("the two are one and the same", where=" ".join(ids), remedy="give two events or two incidents")
    if verdict is LinkVerdict.SAME:
        return [pair_of(mine[0], theirs[0])]
    pairs = sorted({pair_of(a, b) for a in mine for b in theirs})
    return pairs if verdict is LinkVerdict.DIFFERENT else _held_by(store, pairs, coder=coder) or pairs[:1]


def _held_by(store: Store, pairs: Iterable[Pair], *, coder: str) -> list[Pair]:
    """The pairs about which this coder's last word stands."""
    wanted = set(pairs)
    held = standing_words(store.link_judgements(*sorted({event for pair in wanted for event in pair})))
    return sorted(pair for pair, words in held.items() if pair in wanted and any(word.coder == coder for word in words))


def _sketcher(settings: Settings) -> Callable[[Document], Sketch | None]:
    from purport.sketch import sketch_of  # its gazetteer takes a second to load, and most files need none

    def sketch(document: Document) -> Sketch | None:
        made = sketch_of(document, settings=settings)
        return made if made.places or made.times or made.type_words else None

    return sketch
