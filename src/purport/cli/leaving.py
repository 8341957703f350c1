"""What every command minds that lets something leave the project: restricted incidents stay, and the log says what went."""

import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

Restricted = Annotated[bool, typer.Option("--include-restricted", help="Also pages of incidents that people called restricted.")]


def person() -> str:
    """Who is at the command line, as the log names them."""
    return f"{getpass.getuser()} (command line)"


def names_word(mask_names: bool) -> str:
    """What became of the names of victims, witnesses and minors."""
    return "withheld" if mask_names else "written out"


def note(db: Path, *, format: str, number: int, mask_names: bool, include_restricted: bool) -> None:
    """Write into the log that something left the project, if it can be written to."""
    from purport import project
    from purport.store import Store

    with Store(db, read_only=True) as store:
        detail = {"format": format, "names": names_word(mask_names), "number": number, "restricted": include_restricted}
        project.note_export(store, by=person(), **detail)


def refuse_restricted(db: Path, documents: Iterable[str]) -> None:
    """Raises SettingsError if a page is of an incident that people called restricted."""
    from purport.decisions import SensitivityLevel
    from purport.errors import SettingsError
    from purport.store import Store

    with Store(db, read_only=True) as store:
        kept = store.documents_of_level(SensitivityLevel.RESTRICTED).intersection(documents)
    if kept:
        pages = "1 page is" if len(kept) == 1 else f"{len(kept)} pages are"
        raise SettingsError(
            f"{pages} of an incident that people called restricted", where=min(kept), remedy="say --include-restricted if it may leave"
        )


def count_restricted(db: Path) -> int:
    """How many pages of restricted incidents the project has."""
    from purport.decisions import SensitivityLevel
    from purport.store import Store

    with Store(db, read_only=True) as store:
        return len(store.documents_of_level(SensitivityLevel.RESTRICTED))
