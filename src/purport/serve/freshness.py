"""The project file with the few cards made again that somebody's decisions have just changed, so that who decides sees it at once."""

from purport.serve.workbench import Workbench
from purport.store import Store

MOST_INLINE = 60  #: cards that are made again before an answer; of more the keeper does it beside the requests


def fresh(bench: Workbench) -> Store:
    """This thread's store."""
    store = bench.stores.reading()
    if 0 < store.finding.count_stale() <= MOST_INLINE:
        from purport.finding import CardMaker

        with bench.stores.writing() as writable:
            writable.finding.refresh(CardMaker(writable).cards, incidents=writable.finding.stale(), most=MOST_INLINE)
    return store
