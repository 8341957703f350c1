"""``python -m purport.exporting_worker``: one of several processes that work on an export; started by :mod:`purport.sharing`.

On standard input comes first a line that says what is exported, then a line for each part, all JSON; for each part one line goes out.
"""

import json
import sys
from pathlib import Path
from typing import Any

from purport.errors import PurportError
from purport.export.catalogue import format_of
from purport.exporting_records import Asked, Leaving, part_made
from purport.listing import Wanted
from purport.store import Store

Part = dict[str, Any]


def main() -> int:
    """Work until nothing comes any more."""
    setup = json.loads(sys.stdin.readline())
    asked = Asked(**{**setup["asked"], "wanted": Wanted(**setup["asked"]["wanted"])})
    with Store(Path(setup["path"]), read_only=True) as store:
        leaving = Leaving(store, asked)
        for line in sys.stdin:
            made = answer(store, asked, format=setup["format"], part=json.loads(line), leaving=leaving)
            print(json.dumps(made, ensure_ascii=True), flush=True)
    return 0


def answer(store: Store, asked: Asked, *, format: str, part: list[Any], leaving: Leaving) -> Part:
    """What one part gives; or what is wrong."""
    try:
        return part_made(store, asked, format=format_of(format), part=part, leaving=leaving)
    except PurportError as error:
        return {"error": [error.what, error.where, error.remedy]}


if __name__ == "__main__":
    sys.exit(main())
