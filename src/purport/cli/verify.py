"""``purport verify``: is everything in a project file as it was kept?"""

import typer

from purport.cli import options
from purport.cli.exits import SOME_FAILED, explained, say
from purport.print_safe import print_safe


@explained
def verify(db: options.Database) -> None:
    """Check that every quote equals its span, every digest its bytes, and the log's chain is whole; name what is broken."""
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
