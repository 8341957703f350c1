"""Files and folders of each form: which it is, all of its pages, and writing them."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from purport.annotation import brat, labelstudio, webanno
from purport.annotation.goldgraph import HEADER, page_of, record_of
from purport.annotation.graph import Page
from purport.errors import InputError, SettingsError

Record = dict[str, Any]
INDEX = "pages.jsonl"  #: beside brat's and WebAnno's files: what they cannot hold of a page (id, title, published, url)
MOST_BYTES = 200_000_000  #: of one file
SAFE = re.compile(r"[^A-Za-z0-9._-]+")


# ------------------------------------------------------------------ out
def write_gold(records: Iterable[Record], out: Path, *, format: str) -> int:
    """Write gold records in one of :data:`FORMATS` into a folder; the number of pages comes out. Raises SettingsError, InputError."""
    if format not in FORMATS:
        raise SettingsError(f"no form {format!r}", where="--to", remedy=f"one of {', '.join(FORMATS)}")
    pages = [page_of(record) for record in records]
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SettingsError("is there already and not empty", where=str(out), remedy="name a new folder")
    out.mkdir(parents=True, exist_ok=True)
    FORMATS[format](pages, out)
    return len(pages)


def _write_brat(pages: list[Page], out: Path) -> None:
    for name, page in _named(pages):
        _write(out / f"{name}.txt", page.text)
        _write(out / f"{name}.ann", brat.written(page))
    _write(out / "annotation.conf", brat.config())
    _write_index(pages, out)


def _write_webanno(pages: list[Page], out: Path) -> None:
    for name, page in _named(pages):
        _write(out / f"{name}.tsv", webanno.written(page))
    _write_index(pages, out)


def _write_label_studio(pages: list[Page], out: Path) -> None:
    _write(out / "tasks.json", labelstudio.written(pages))
    _write(out / "labelling.xml", labelstudio.config())


FORMATS: Mapping[str, Callable[[list[Page], Path], None]] = {
    "brat": _write_brat,
    "webanno": _write_webanno,
    "label-studio": _write_label_studio,
}


def _write_index(pages: list[Page], out: Path) -> None:
    lines = ({"file": name, "id": page.id, **page.header} for name, page in _named(pages))
    _write(out / INDEX, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def _named(pages: list[Page]) -> list[tuple[str, Page]]:
    """A file name for each page, made of its id."""
    names: dict[str, Page] = {}
    for page in pages:
        plain = SAFE.sub("-", page.id).strip(".-")[:100] or "page"
        name, number = plain, 1
        while name.casefold() in {taken.casefold() for taken in names}:
            number += 1
            name = f"{plain}-{number}"
        names[name] = page
    return list(names.items())


def _write(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(content)


# ------------------------------------------------------------------ in
def read_gold(path: Path) -> list[Record] | None:
    """The gold records of a folder or file of annotations; None if it is of no form that this module knows.

    Raises InputError with file and line for what is broken.
    """
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    index = _index(path) if path.is_dir() else {}
    pages: list[tuple[Page, str]] = []
    for file in files:
        pages += _pages(file, index=index)
    if not pages and not path.is_dir():
        return None
    if not pages:
        what = "no page of brat (.ann), WebAnno (.tsv) or Label Studio (.json) in it"
        raise InputError(what, where=str(path), remedy="name the folder into which the annotations were exported")
    return [record_of(page, where=where) for page, where in pages]


def _pages(file: Path, *, index: Mapping[str, Record]) -> list[tuple[Page, str]]:
    where = str(file)
    if file.suffix == ".ann" and file.is_file():
        text = _text(file.with_suffix(".txt"))
        made = [brat.parsed(_text(file), text=text, id=file.stem, where=where)]
    elif file.suffix == ".tsv" and file.is_file():
        name = file.parent.name.removesuffix(".tsv") if file.parent.suffix == ".tsv" else file.stem  # INCEpTION: PAGE.tsv/CODER.tsv
        made = [webanno.parsed(_text(file), id=name, where=where)]
    elif file.suffix == ".json" and file.is_file():
        made = labelstudio.parsed(_text(file), where=where)
    else:
        made = []
    return [(_headed(page, index.get(page.id)), where) for page in made]


def _headed(page: Page, known: Record | None) -> Page:
    """A page with what its folder's index says of it."""
    if known is None:
        return page
    return replace(page, id=known["id"], header={name: known[name] for name in HEADER if known.get(name)})


def _index(folder: Path) -> dict[str, Record]:
    path = folder / INDEX
    if not path.is_file():
        return {}
    try:
        return {line["file"]: line for line in map(json.loads, _text(path).splitlines())}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"not one page a line ({error!r})", where=str(path), remedy="take it from the export, or remove it") from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"more than {MOST_BYTES:,} bytes", where=str(path), remedy="give fewer pages a file")
        with path.open(encoding="utf-8", newline="") as file:
            return file.read().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", where=str(path), remedy="save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy="export text and annotations together") from error
