"""The example pages, read into a project file, brought together and written as an HTML report: the work behind ``purport demo``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from purport import html, merging, project
from purport.accounts import Account
from purport.errors import ResourceError, SettingsError
from purport.files import written
from purport.incidents.summary import account_of
from purport.model import Capture, Report
from purport.project import AddReport, Step
from purport.settings import Settings
from purport.store import IncidentFilter, Store

EXAMPLES = "examples/pages"  #: folder of the resources; pages that the project itself wrote
PAGE_NAMES = (".html", ".htm", ".txt", ".jsonl")


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, and where."""

    pages: tuple[tuple[Capture, Report], ...]
    added: AddReport
    folder: Path
    database: Path
    html: Path
    accounts: tuple[Account, ...] = ()  #: of the incidents that several pages tell


def make(out: Path, *, settings: Settings | None = None, progress: Callable[[Step], None] | None = None) -> Demo:
    """Copy the pages to ``out/pages``, add them to ``out/demo.purport`` and merge it, write ``out/demo.html``. Again, it adds what is new.

    Raises SettingsError if the folder cannot be written, ResourceError if the package has no examples.
    """
    folder, database, report = out / "pages", out / "demo.purport", out / "demo.html"
    paths = _copied(folder)
    with Store(database, create=True) as store:
        added = project.add(store, [str(path) for path in paths], settings=settings, progress=progress)
        merging.merge(store, settings=settings)
        pages = tuple(stored_pages(store))
        accounts = tuple(account_of(store.incident(entry.id)) for entry in store.incidents(IncidentFilter(min_pages=2)))
    with written(report) as file:
        html.write(pages, file, accounts=[account for account in accounts if account.incident.tellings])
    return Demo(pages, added, folder, database, report, accounts)


def stored_pages(store: Store, query: str = "") -> Iterator[tuple[Capture, Report]]:
    """Each stored page with the capture it was read from (as first met, its bytes left out)."""
    for report in store.reports(query):
        yield capture_of(store, report), report


def capture_of(store: Store, report: Report) -> Capture:
    """The capture that a stored page was read from, as first met, its bytes left out."""
    shown = store.show(report.document.capture_id)
    first = shown.sightings[0]
    return Capture(shown.id, first.origin, shown.digest, b"", media_type="", url=first.url)


def _copied(folder: Path) -> list[Path]:
    """The example pages as files in ``folder``, in the order of their names."""
    pages = sorted(_examples(), key=lambda page: page.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for page in pages:
            _write_if_other(folder / page.name, page.read_bytes())
    except OSError as error:
        raise SettingsError(f"cannot be written ({error.strerror})", where=str(folder), remedy="give another folder with --out") from error
    return [folder / page.name for page in pages]


def _write_if_other(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def _examples() -> list[Traversable]:
    folder = files("purport.resources").joinpath(EXAMPLES)
    pages = [page for page in folder.iterdir() if page.name.endswith(PAGE_NAMES)] if folder.is_dir() else []
    if not pages:
        raise ResourceError("no example pages in the package", where=EXAMPLES, remedy="reinstall purport")
    return pages
