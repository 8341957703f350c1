"""``purport retention``: how long pages are kept, what is due, and erasing what is."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.erase import Coder, Why, Yes, _ask
from purport.cli.exits import explained, say
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.store import Store

ACTIONS = ("list", "add", "remove", "due", "apply")
Action = Annotated[str, typer.Argument(metavar="|".join(ACTIONS), help="What to do.")]
Rule = Annotated[str, typer.Argument(metavar="RULE", help="With `remove`, the rule's id.", show_default=False)]
Days = Annotated[int, typer.Option(metavar="N", min=0, help="With `add`: pages are due when they are older than so many days.")]
Since = Annotated[str, typer.Option(metavar="retrieval|publication", help="With `add`: from when the days are reckoned.")]
Level = Annotated[str, typer.Option(metavar="open|sensitive|restricted", help="With `add`: only pages of incidents of this sensitivity.")]


@explained
def retention(
    db: options.Database,
    action: Action = "list",
    rule: Rule = "",
    days: Days = 0,
    since: Since = "retrieval",
    level: Level = "",
    why: Why = "",
    coder: Coder = None,
    yes: Yes = False,
) -> None:
    """Rules about how long pages are kept. A rule alone erases nothing: `due` lists what it means, `apply` erases that."""
    from purport.errors import SettingsError
    from purport.store import Store

    if action not in ACTIONS:
        raise SettingsError(f"no action {action!r}", remedy=f"use one of {', '.join(ACTIONS)}")
    who = coder or getpass.getuser()
    with Store(db, read_only=action in ("list", "due")) as store:
        kept = store.erasing.retention
        if action == "add":
            say(f"rule {kept.add(days=days, since=since, level=level, why=why, coder=who).id} is added; nothing is erased by it alone")
        elif action == "remove":
            kept.remove(rule, coder=who)
            say(f"rule {rule} holds no longer")
        elif action == "apply":
            _apply(store, coder=who, yes=yes)
        else:
            for line in _rules(store) if action == "list" else _due(store):
                print(print_safe(line))


def _rules(store: "Store") -> list[str]:
    rules = store.erasing.retention.rules()
    return [f"{r.id}: {r.level or 'all'} pages, {r.days} days after {r.since}: {r.why} ({r.coder}, {r.made_at[:10]})" for r in rules] or [
        "no rules: pages are kept until somebody erases them"
    ]


def _due(store: "Store") -> list[str]:
    due = store.erasing.retention.due()
    return [f"{page.document_id}  {page.day}  {page.title}, {page.outlet} (rule {page.rule_id})" for page in due] or ["nothing is due"]


def _apply(store: "Store", *, coder: str, yes: bool) -> None:
    from purport.erasing import erase

    due, rules = store.erasing.retention.due(), {rule.id: rule for rule in store.erasing.retention.rules()}
    for line in _due(store):
        print(print_safe(line))
    if not due:
        return
    _ask(len(due), yes=yes)
    for rule_id in dict.fromkeys(page.rule_id for page in due):
        pages = store.erasing.pages_of(*(page.document_id for page in due if page.rule_id == rule_id))
        erase(store, pages, why=f"retention: {rules[rule_id].why}", coder=coder)
    say(f"{len(due)} {'page is' if len(due) == 1 else 'pages are'} erased; copies and backups of the file are not")
