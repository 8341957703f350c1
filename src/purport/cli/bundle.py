"""``purport bundle``: everything that incidents rest on, in one file that can be checked anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.cli.leaving import Restricted, note, refuse_restricted

Ids = Annotated[
    list[str], typer.Argument(metavar="INCIDENT…", help="Ids of incidents, or of an event or page in each.", show_default=False)
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The bundle to write, for example market.wacz.", show_default=False)
]
DigestOnly = Annotated[bool, typer.Option("--digest-only", help="Write nothing; print the digest to have time-stamped.")]
Timestamp = Annotated[
    Path | None,
    typer.Option("--timestamp", metavar="FILE", help="A time-stamp (RFC 3161, .tsr) over that digest, to keep in it.", show_default=False),
]


@explained
def bundle(
    db: options.Database,
    ids: Ids,
    out: Out = None,
    mask_names: options.MaskNames = False,
    digest_only: DigestOnly = False,
    timestamp: Timestamp = None,
    include_restricted: Restricted = False,
) -> None:
    """Write an evidence bundle (WACZ): pages as captured, claims with their quotes, decisions, provenance, log, a report to read.

    `purport verify FILE` checks it on any machine. With --mask-names pages and texts are left out, and the bundle says so. Incidents
    that people called restricted need --include-restricted. The log says that a bundle was made, so that a later one has another digest.
    """
    from purport import bundling
    from purport.errors import SettingsError

    if (out is None) != digest_only:
        raise SettingsError("a bundle needs a file, or --digest-only", where="--out", remedy="give one of --out FILE and --digest-only")
    if out is None:
        print(bundling.digest(db, ids, mask_names=mask_names))
        return
    from purport.bundle.timestamp import read_token

    if not include_restricted:
        refuse_restricted(db, bundling.documents(db, ids))
    token = read_token(timestamp) if timestamp else None
    made = bundling.write(db, ids, out=out, mask_names=mask_names, token=token)
    say(f"{len(made.parts)} files in {out}{', names withheld' if mask_names else ''}")
    print(f"sha256:{made.digest}")
    note(db, format="bundle", number=len(ids), mask_names=mask_names, include_restricted=include_restricted)
