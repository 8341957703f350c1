"""``python -m purport.exporting_worker``: one of several processes that work on an export; started by :mod:`purport.sharing`.

On standard input comes first a line that says what is exported, then a line for each part, all JSON; for each part one line goes out.
"""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from purport.errors import PurportError
from purport.export.case import Written
from purport.export.catalogue import Split, format_of, write_to
from purport.export.rows import rows_of
from purport.exporting import Asked, Leaving, cases, reports, terms_of
from purport.listing import Wanted
from purport.store import Store

Part = dict[str, Any]


def main() -> int:
    """Work until nothing comes any more."""
    setup = json.loads(sys.stdin.readline())
    asked = Asked(**{**setup["asked"], "wanted": Wanted(**setup["asked"]["wanted"])})
    with Store(Path(setup["path"]), read_only=True) as store:
        for line in sys.stdin:
            print(json.dumps(answer(store, asked, format=setup["format"], part=json.loads(line)), ensure_ascii=True), flush=True)
    return 0


def answer(store: Store, asked: Asked, *, format: str, part: list[Any]) -> Part:
    """What one part gives; or what is wrong."""
    try:
        return made_of(store, asked, format=format, part=part)
    except PurportError as error:
        return {"error": [error.what, error.where, error.remedy]}


def made_of(store: Store, asked: Asked, *, format: str, part: list[Any]) -> Part:
    """Text or rows of one part (ids of incidents, or keys of pages), with what was counted."""
    chosen, leaving = format_of(format), Leaving(store, asked)
    if chosen.split is Split.ROWS:
        found = cases(store, asked, policy=asked.policy or chosen.policy, leaving=leaving, ids=part)
        rows = [rows_of(case, with_claims=chosen.has_claims) for case in found]
        return _counted(Written(len(rows)), leaving) | {"rows": [[each.incident, each.claims] for each in rows]}
    file = io.StringIO(newline="")
    made = write_to(file, _records(store, asked, format=format, leaving=leaving, part=part), format=chosen, terms=terms_of(chosen, asked))
    return _counted(made, leaving) | {"text": file.getvalue()}


def _records(store: Store, asked: Asked, *, format: str, leaving: Leaving, part: list[Any]) -> Iterator[Any]:
    chosen = format_of(format)
    if chosen.takes_reports:
        return reports(store, asked, leaving=leaving, keys=part)
    return cases(store, asked, policy=asked.policy or chosen.policy, leaving=leaving, ids=part)


def _counted(made: Written, leaving: Leaving) -> Part:
    return {"number": made.number, "left_out": dict(made.left_out), "restricted": sorted(leaving.out)}


if __name__ == "__main__":
    sys.exit(main())
