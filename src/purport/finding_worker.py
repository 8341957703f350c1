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
    """The cards of one part in order, None for an incident without one; or what is wrong."""
    try:
        return {"cards": [card and card_json(card) for card in maker.cards(ids)]}
    except PurportError as error:
        return {"error": [error.what, error.where, error.remedy]}


if __name__ == "__main__":
    sys.exit(main())
