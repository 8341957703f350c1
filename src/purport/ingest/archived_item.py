"""What auto-archiver noted about one page that it kept: from its CSV, its sheet, its JSON or its summary in HTML."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from purport.errors import InputError
from purport.resources import yaml_of

RULES = "ingest/auto_archiver.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """One page as auto-archiver tells of it.

    ``archives``: names or addresses of web archives; ``digests``: by such a name, "SHA-256:…"; ``content``: the text that was taken.
    """

    origin: str
    url: str = ""
    status: str = ""
    title: str = ""
    published: str = ""
    kept_at: datetime | None = None
    content: str = ""
    archives: tuple[str, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


@cache
def rules() -> Mapping[str, Any]:
    """The names that auto-archiver uses (``ingest/auto_archiver.yaml``)."""
    found: Mapping[str, Any] = yaml_of(RULES)
    return found


def is_record(cells: Mapping[str, object]) -> bool:
    """Whether these are a row of csv_db, an object of json_enricher or a row of a sheet."""
    names = {name.strip().casefold() for name in cells}
    return names == set(rules()["record"]) or names.issuperset(rules()["sheet_needs"])


def item_of(cells: Mapping[str, object], *, origin: str) -> Item:
    """The item of such a row. Raises InputError if it cannot be understood."""
    folded = {name.strip().casefold(): cell for name, cell in cells.items()}
    return _of_record(folded, origin=origin) if set(rules()["record"]) <= folded.keys() else _of_sheet(folded, origin=origin)


# ------------------------------------------------------------------ csv_db and json_enricher
def _of_record(cells: Mapping[str, object], *, origin: str) -> Item:
    metadata, media = _plain(cells["metadata"], origin=origin), _plain(cells["media"], origin=origin)
    if not isinstance(metadata, Mapping) or not isinstance(media, list):
        raise InputError("not as auto-archiver writes it", where=origin, remedy="give the file as it was written, or its archives (.wacz)")
    files = [(name, _noted_hash(each)) for each in media if isinstance(each, Mapping) for name in _names(each)]
    return Item(
        origin,
        url=_words(metadata.get("url")),
        status=_words(cells["status"]),
        title=_words(metadata.get("title")),
        published=_words(metadata.get("timestamp")),
        kept_at=_moment(metadata.get("_processed_at")),
        content=_words(metadata.get("content")),
        archives=tuple(dict.fromkeys(name for name, _ in files if _is_archive(name))),
        digests={name: digest for name, digest in files if digest},
    )


def _names(media: Mapping[Any, Any]) -> Iterator[str]:
    """Where a file of an item was put, the places in the end first."""
    urls = media.get("urls")
    names = [*(urls if isinstance(urls, list) else []), media.get("_key"), media.get("filename")]
    return (name for name in names if isinstance(name, str) and name)


def _noted_hash(media: Mapping[Any, Any]) -> str:
    properties = media.get("properties")
    return _words(properties.get("hash")) if isinstance(properties, Mapping) else ""


def _is_archive(name: str) -> bool:
    return name.casefold().split("?")[0].endswith(tuple(rules()["archives"]))


def _plain(cell: object, *, origin: str) -> object:
    """A cell in which a dictionary or list stands as Python prints it; nothing in it is run."""
    if not isinstance(cell, str):
        return cell
    try:
        return _value(ast.parse(cell, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(
            f"a cell that cannot be understood ({type(error).__name__})", where=origin, remedy="give the archives (.wacz) that it lists"
        ) from error


def _value(node: ast.expr) -> object:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Dict(keys=keys, values=values):
            return {str(_value(key)): _value(value) for key, value in zip(keys, values, strict=True) if key is not None}
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return [_value(part) for part in parts]
        case ast.Call(func=ast.Attribute(attr="datetime"), args=args):
            return _printed_moment([_value(each) for each in args])
    return None  # whatever else Python prints says nothing that is needed


def _printed_moment(numbers: list[object]) -> datetime | None:
    whole = [number for number in numbers if isinstance(number, int)]
    if len(whole) != len(numbers) or not 3 <= len(whole) <= 7:
        return None
    year, month, day, hour, minute, second, micro = (*whole, 0, 0, 0, 0)[:7]
    try:
        return datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


# ------------------------------------------------------------------ a sheet
def _of_sheet(cells: Mapping[str, object], *, origin: str) -> Item:
    said = {what: _words(cells.get(column)) for what, column in rules()["sheet"].items()}
    archives = [name for what in ("wacz", "archive") for name in said[what].split("\n") if _is_archive(name.strip())]
    return Item(
        origin,
        url=said["url"],
        status=said["status"],
        title=said["title"],
        published=said["timestamp"],
        kept_at=_moment(said["date"]),
        content=said["text"],
        archives=tuple(dict.fromkeys(name.strip() for name in archives)),
    )


# ------------------------------------------------------------------ the summary in HTML
def is_summary(content: bytes) -> bool:
    """Whether a page is auto-archiver's own summary of an item."""
    return rules()["summary"].encode() in content and rules()["summary_heading"].encode() in content


def summary_item(content: bytes, *, origin: str) -> Item:
    """The item of which a summary tells. Raises InputError if it cannot be followed."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise InputError("a summary of auto-archiver that is broken", where=origin, remedy="give the archive (.wacz) beside it") from error
    said = dict(_rows(tree))
    files = [(part["key"], part.get("hash", "")) for part in map(_parts, tree.iter("ul")) if _is_archive(part.get("key", ""))]
    return Item(
        origin,
        url=said.get("url", ""),
        status="success",
        title=said.get("title", ""),
        published=said.get("timestamp", ""),
        kept_at=_moment(said.get("_processed_at")),
        content=said.get("content", ""),
        archives=tuple(dict.fromkeys(name for name, _ in files)),
        digests={name: digest for name, digest in files if digest},
    )


def _parts(listed: Any) -> dict[str, str]:
    """What a list says of a file: "key", "type", "hash"."""
    found = ((_text(line.find("b")).rstrip(":"), _text(line.find("span"))) for line in listed.findall("li") if line.find("b") is not None)
    return {name: said for name, said in found if said}


def _rows(tree: Any) -> Iterator[tuple[str, str]]:
    for row in tree.xpath("//table[contains(@class, 'metadata')]//tr"):
        cells = row.findall("td")
        if len(cells) == 2:
            yield _text(cells[0]), _text(cells[1])


def _text(node: Any) -> str:
    return "" if node is None else str(node.text_content()).strip()


def _words(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, datetime) else cell.strip() if isinstance(cell, str) else ""


def _moment(cell: object) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    try:
        found = datetime.fromisoformat(_words(cell))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
