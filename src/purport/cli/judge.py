"""``purport judge``: a person's decision about one claim, appended beside the machine's."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained

if TYPE_CHECKING:
    from purport.model import Value, Verdict

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Whole id of a claim, as `purport show` prints it.", show_default=False)]
Decision = Annotated[
    str,
    typer.Argument(
        metavar="accept|reject|correct|withdraw", help="What you decide; `withdraw` takes your last decision back.", show_default=False
    ),
]
Note = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
Coder = Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; your user name if not given.", show_default=False)]
Correction = Annotated[
    str | None,
    typer.Option(
        "--value",
        metavar="JSON",
        help='For `correct`, what is right: {"type": "count", "kind": "killed", "low": 3, "high": 3, "who": null}',
    ),
]


@explained
def judge(db: options.Database, claim: ClaimId, verdict: Decision, note: Note = "", coder: Coder = None, value: Correction = None) -> None:
    """Accept, reject or correct a claim, or take that back. Nothing is overwritten: judgements are appended, and outlive newer readings."""
    from purport.store import Store

    decision = _verdict(verdict)
    right = None if value is None else _value(value)
    with Store(db) as store:
        made = store.judge(claim, decision, coder=coder or getpass.getuser(), value=right, note=note)
    print(f"{made.id}: {made.verdict.value} {made.claim_id}, {made.coder}, {made.made_at}")


def _verdict(text: str) -> "Verdict":
    from purport.errors import SettingsError
    from purport.model import Verdict

    words = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT, "correct": Verdict.CORRECT, "withdraw": Verdict.WITHDRAWN}
    if text not in words:
        raise SettingsError(f"no verdict: {text!r}", remedy=f"use one of {', '.join(words)}")
    return words[text]


def _value(text: str) -> "Value":
    import json

    from purport.errors import SettingsError
    from purport.wire import value_from_json

    try:
        return value_from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "write it as the claim's `value` stands in `purport show DB ID --json`"
        raise SettingsError(f"no value of a claim: {error}", where="--value", remedy=remedy) from None
