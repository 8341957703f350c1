"""``purport incident``: one incident, who says what of it, and where that comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.cli.leaving import Restricted, note, refuse_restricted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from purport.accounts import Account, Resolution

Id = Annotated[
    str, typer.Argument(metavar="ID", help="Id of an incident, of an event or page in it, or its beginning.", show_default=False)
]
PolicyName = Annotated[
    str | None,
    typer.Option(
        "--policy", metavar="NAME", help="Also one value each: ucdp, acled, range, majority, source-hierarchy.", show_default=False
    ),
]
Order = Annotated[
    Path | None,
    typer.Option("--order", metavar="FILE", help="Your order of sources for source-hierarchy: a YAML or TOML list.", show_default=False),
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write an HTML report with the pages instead.", show_default=False)
]


@explained
def incident(
    db: options.Database,
    id: Id,
    policy: PolicyName = None,
    order: Order = None,
    as_json: options.AsJson = False,
    html: Html = None,
    mask_names: options.MaskNames = False,
    machine_only: options.MachineOnly = False,
    include_restricted: Restricted = False,
) -> None:
    """Show an incident: the claims and who makes them, the origins as a tree, the toll over time, what is disputed.

    `purport merge` makes incidents. A report of an incident that people called restricted needs --include-restricted;
    the log says what went.
    """
    from purport import listing

    account = listing.account(db, id, mask_names=mask_names, machine_only=machine_only)
    resolution = resolved(account, policy, order=order)
    if html is not None:
        if not include_restricted:
            refuse_restricted(db, (document.id for document in account.documents))
        write_report(db, [account], [resolution] if resolution else [], html=html, mask_names=mask_names, machine_only=machine_only)
        note(db, format="incident html", number=1, mask_names=mask_names, include_restricted=include_restricted)
    elif as_json:
        print_json(account, resolution)
    else:
        from purport.terminal import incident_view, screen

        console = screen()
        console.print(incident_view(account, columns=console.width, resolution=resolution))


def resolved(account: "Account", policy: str | None, *, order: Path | None) -> "Resolution | None":
    """What the policy asked for makes of the incident. Raises SettingsError for a policy or order that is none."""
    from purport.incidents import order_from, resolve

    return resolve(account, policy, order=order_from(order) if order else ()) if policy else None


def print_json(account: "Account", resolution: "Resolution | None") -> None:
    """One line."""
    import json

    from purport.print_safe import json_safe
    from purport.wire import account_to_json

    print(json_safe(json.dumps(account_to_json(account, resolution), ensure_ascii=False)))


def write_report(
    db: Path, accounts: "Sequence[Account]", resolutions: "Sequence[Resolution]", *, html: Path, mask_names: bool, machine_only: bool
) -> None:
    """The HTML report of some incidents and their pages."""
    from purport import listing
    from purport.files import written

    with written(html) as file:
        number = listing.write_html(
            db, list(accounts), file=file, resolutions=list(resolutions), mask_names=mask_names, machine_only=machine_only
        )
    say(f"{len(accounts)} {'incident' if len(accounts) == 1 else 'incidents'} with {number} {'page' if number == 1 else 'pages'} in {html}")
