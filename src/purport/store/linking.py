"""A run of linking over the file: pages new or read again are compared, then what they touch is settled; every step a transaction."""

import sqlite3
from collections.abc import Callable, Iterable

from purport.linkage import Linker, LinkRun, LinkStep, Sketcher
from purport.store.comparing import Laid, compare_pages, stale_pages
from purport.store.connection import transaction
from purport.store.settling import part, settle

PAGES = 200  #: compared in one transaction: half a second of work, and few enough writes that others need not wait long
EVENTS = 500  #: settled in one transaction

Progress = Callable[[LinkStep], None]


def link(
    connection: sqlite3.Connection,
    *,
    linker: Linker,
    sketcher: Sketcher | None,
    progress: Progress | None,
    where: str,
    laid: Laid | None = None,
) -> LinkRun:
    """Link what is new or was read again since the last run, and settle what that touches. Goes on where a stopped run stopped."""
    run = LinkRun()
    try:
        for step in _steps(connection, linker=linker, sketcher=sketcher, progress=progress or (lambda _: None), where=where, laid=laid):
            run = run.plus(step)
    except KeyboardInterrupt:
        return run.plus(LinkRun(interrupted=True))
    return run


def _steps(
    connection: sqlite3.Connection, *, linker: Linker, sketcher: Sketcher | None, progress: Progress, where: str, laid: Laid | None
) -> Iterable[LinkRun]:
    stale = stale_pages(connection, linker.label)
    for start in range(0, len(stale), PAGES):
        batch = stale[start : start + PAGES]
        yield _compare(connection, batch, linker=linker, sketcher=sketcher, where=where, laid=laid)
        progress(LinkStep("compare", start + len(batch), len(stale)))
    total = waiting = _waiting(connection)
    while waiting:
        with transaction(connection, where=where):
            yield settle(connection, linker=linker, most=EVENTS)
        waiting = _waiting(connection)
        progress(LinkStep("settle", max(total - waiting, 0), total))


def _compare(
    connection: sqlite3.Connection, batch: list[int], *, linker: Linker, sketcher: Sketcher | None, where: str, laid: Laid | None
) -> LinkRun:
    with transaction(connection, where=where):
        fallen = compare_pages(connection, batch, linker=linker, sketcher=sketcher, laid=laid)
        parted = part(connection, fallen, linker=linker)
    return parted.plus(LinkRun(pages=len(batch)))


def _waiting(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("SELECT count(*) FROM unsettled").fetchone()[0]
    return number
