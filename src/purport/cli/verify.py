"""``purport verify``: is everything in a project file, or in an evidence bundle, as it was kept?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.exits import SOME_FAILED, explained, say
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.bundle.checking import Checked

Target = Annotated[Path, typer.Argument(metavar="FILE", help="A project file or an evidence bundle.", show_default=False)]
Trust = Annotated[
    Path | None,
    typer.Option("--trust", metavar="CERT", help="Certificates (PEM) that a bundle's time-stamp must lead to.", show_default=False),
]
Digest = Annotated[
    str | None,
    typer.Option("--digest", metavar="SHA256", help="The digest that the bundle must have, as you were given it.", show_default=False),
]


@explained
def verify(db: Target, trust: Trust = None, digest: Digest = None) -> None:
    """Check that every quote equals its span, every digest its bytes, and the log's chain is whole; name what is broken.

    Of an evidence bundle every byte is checked, on any machine; its digest is printed, to be compared with the one you were given.
    """
    from purport.bundle.checking import check, is_bundle
    from purport.errors import SettingsError

    if db.is_file() and is_bundle(db):
        _tell(db, check(db, trusted=_certificates(trust)), digest=digest)
    elif trust is not None or digest is not None:
        raise SettingsError("is no evidence bundle", where=str(db), remedy="leave out --trust and --digest for a project file")
    else:
        _verify_project(db)


def _certificates(trust: Path | None) -> bytes | None:
    return trust.read_bytes() if trust else None


def _verify_project(db: Path) -> None:
    from purport.store import Store

    with Store(db, read_only=True) as store:
        broken = store.verify()
        counts = {} if broken else store.counts()
    for found in broken:
        print(print_safe(f"{found.id}: {found.what}"))
    if broken:
        say(f"{db}: {len(broken)} {'thing is' if len(broken) == 1 else 'things are'} broken (take the file from a backup)")
        raise typer.Exit(SOME_FAILED)
    print(f"{db} is whole: {', '.join(f'{counts[name]} {name}' for name in ('captures', 'readings', 'events', 'claims', 'judgements'))}")


def _tell(path: Path, checked: "Checked", *, digest: str | None) -> None:
    for fault in checked.faults:
        print(print_safe(str(fault)))
    wanted = digest.strip().lower().removeprefix("sha256:") if digest is not None else checked.digest
    if wanted != checked.digest:
        print(f"datapackage.json: its digest is sha256:{checked.digest}, and not the one given")
    if checked.faults or wanted != checked.digest:
        number = len(checked.faults) + (wanted != checked.digest)
        say(f"{path}: {number} {'thing is' if number == 1 else 'things are'} broken (ask for the bundle again where you got it)")
        raise typer.Exit(SOME_FAILED)
    counts = ", ".join(f"{number} {name if number == 1 else name + 's'}" for name, number in checked.counts)
    print(f"{path} is whole: {counts}{'; names are withheld in it' if checked.names_withheld else ''}")
    print(f"sha256:{checked.digest} ({'the one given' if digest is not None else 'compare it with the one that you were given'})")
    if checked.stamp:
        trusted = "by the given certificate" if checked.stamp.is_trusted else "who signed it was not checked (--trust CERT checks that)"
        print(f"time-stamp: {checked.stamp.at}; {trusted}")
