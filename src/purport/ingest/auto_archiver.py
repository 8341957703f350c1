"""What auto-archiver keeps → captures: the page in the archive beside its notes, else the text that it took. Media are never opened."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from purport.errors import InputError
from purport.ingest.archive import zip_captures
from purport.ingest.archived_item import Item, is_record, item_of, rules
from purport.ingest.page import Beside, capture_of, failure_of
from purport.ingest.paths import shown
from purport.ingest.rows import Row, row_captures
from purport.ingest.warc import warc_captures
from purport.model import Capture, Failure
from purport.settings import Settings

SUCCESS = "success"


def table_captures(rows: Iterable[Row], *, origin: str, folder: Path | None, settings: Settings) -> Iterator[Capture | Failure]:
    """The pages of a table: of the items that it notes if it is auto-archiver's, else of its own rows. ``folder``: where it lies."""
    rows = iter(rows)
    first = next(rows, None)
    every = chain([first] if first else [], rows)
    if first is None or not is_record(first.cells):
        yield from row_captures(every, origin=origin, settings=settings)
        return
    for row in every:
        yield from [row.failure] if row.failure else _row_captures(row, folder=folder, settings=settings)


def _row_captures(row: Row, *, folder: Path | None, settings: Settings) -> Iterator[Capture | Failure]:
    try:
        item = item_of(row.cells, origin=row.origin)
    except InputError as error:
        yield failure_of(error, origin=row.origin)
        return
    yield from item_captures(item, folder=folder, settings=settings)


def item_captures(item: Item, *, folder: Path | None, settings: Settings) -> Iterator[Capture | Failure]:
    """The page of one item: out of the first of its archives that lies in ``folder`` or below, else the text that was taken of it."""
    faults: list[Failure] = []
    for name in item.archives:
        path = _beside(name, folder)
        if path is None:
            continue
        if lie := _lie(path, item.digests.get(name, "")):
            yield Failure(
                item.origin, lie, "compare it with the copy in the store, find out who changed it, and give it by itself if it may be read"
            )
            continue
        for found in _page_of(path, item, settings=settings):
            if isinstance(found, Capture):
                yield from faults
                yield found
                return
            faults.append(found)
    if item.content:
        yield _text(item)
    else:
        yield from faults or [_nothing(item, folder)]


def _text(item: Item) -> Capture | Failure:
    hints = {"title": item.title, "published": item.published, "column": "content"}
    beside = Beside(item.url or None, item.kept_at, "utf-8", {name: said for name, said in hints.items() if said})
    try:
        return capture_of(item.content.encode("utf-8", "surrogatepass"), origin=item.origin, media_type="text/plain", beside=beside)
    except InputError as error:
        return failure_of(error, origin=item.origin)


def _nothing(item: Item, folder: Path | None) -> Failure:
    if item.archives:
        names = ", ".join(item.archives)[:300]
        where = "a folder to look in is not known" if folder is None else f"not in {shown(folder)} or below"
        return Failure(item.origin, f"its archive is not here ({names}: {where})", "fetch it from the store and put it beside this file")
    if SUCCESS not in item.status.casefold():
        return Failure(item.origin, f"auto-archiver did not keep {item.url or 'it'} ({item.status or 'no status'})", "archive it again")
    return Failure(
        item.origin, f"auto-archiver kept media of {item.url or 'it'}, and no page or text", "archive it with its wacz_extractor_enricher"
    )


# ------------------------------------------------------------------ an archive beside the notes
def _beside(name: str, folder: Path | None) -> Path | None:
    """The file of that name below the folder; a store's folders in front of the name are passed over, and nothing outside is looked at."""
    parts = PurePosixPath(urlsplit(name).path if "://" in name else name.replace("\\", "/")).parts
    if folder is None or ".." in parts or any("\0" in part for part in parts):
        return None
    for first in range(len(parts)):
        path = folder.joinpath(*(part.lstrip("/") for part in parts[first:]))
        try:
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
        except OSError:  # a name that no file can have
            continue
    return None


def _lie(path: Path, noted: str) -> str:
    """What is wrong if a file is not the one whose hash was noted; "" if it is, or no hash is known."""
    algorithm, _, digest = noted.partition(":")
    if not digest or algorithm not in rules()["hashes"]:
        return ""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, rules()["hashes"][algorithm]).hexdigest()
    return (
        ""
        if found == digest.strip().casefold()
        else f"{shown(path)} is not what was noted: {algorithm} {found[:16]}…, noted {digest[:16]}…"
    )


def _page_of(path: Path, item: Item, *, settings: Settings) -> Iterator[Capture | Failure]:
    """The page at the item's own address, else the first page, else the reasons why there is none. One page is held at a time."""
    first: Capture | None = None
    try:
        with path.open("rb") as file:
            read = zip_captures if path.suffix.casefold() == ".wacz" else warc_captures
            for found in read(file, origin=shown(path), settings=settings):
                if isinstance(found, Failure):
                    yield found
                elif found.url and _bare(found.url) == _bare(item.url):
                    yield found
                    return
                else:
                    first = first or found
    except InputError as error:
        yield failure_of(error, origin=shown(path))
    except OSError as error:
        yield Failure(shown(path), f"cannot be read ({error.strerror or error})", "check the disk and the path")
    if first:
        yield first


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
