"""``python -m purport.finding_worker``: one of several processes that make cards; started by :mod:`purport.finding`.

On standard input comes first a line that says of which project file, then a line of ids for each part, all JSON; for each part one line
goes out.
"""

import json
import sys
from pathlib import Path
from typing import Any

from purport.errors import PurportError
from purport.finding import CardMaker
from purport.kept_rows import to_words
from purport.store import Store
from purport.store.finding import card_json


def main() -> int:
    """Work until nothing comes any more."""
    setup = json.loads(sys.stdin.readline())
    with Store(Path(setup["path"]), read_only=True) as store:
        maker = CardMaker(store)
        for line in sys.stdin:
            print(json.dumps(answer(maker, json.loads(line)), ensure_ascii=True), flush=True)
    return 0


def answer(maker: CardMaker, ids: list[str]) -> dict[str, Any]:
    """The cards and rows of one part in order, None for an incident of which nothing holds; or what is wrong."""
    try:
        return {"described": [each and [card_json(each.card), to_words(each.rows), each.made_by] for each in maker.all_described(ids)]}
    except PurportError as error:
        return {"error": [error.what, error.where, error.remedy]}


if __name__ == "__main__":
    sys.exit(main())
