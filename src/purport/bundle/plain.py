"""JSON as bundles hold it: one form to write, strict and bounded to read."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from purport.errors import InputError

MOST_JSON = 256 << 20  #: bytes of one JSON file; the report of a 1 MB page has 10 MB
MOST_LINE = 64 << 20


def json_bytes(value: object, *, indent: int | None = 1) -> bytes:
    """UTF-8 with sorted keys and a line break at the end; what is no valid Unicode as escapes."""
    for ascii_only in (False, True):
        text = json.dumps(value, sort_keys=True, indent=indent, ensure_ascii=ascii_only, allow_nan=False) + "\n"
        try:
            return text.encode()
        except UnicodeEncodeError:
            continue
    raise AssertionError("ASCII can always be encoded")


def json_of(content: bytes, *, where: str) -> Any:
    """The value. Raises InputError for what is not JSON, too deep, has a name twice or a number that is none."""
    try:
        return json.loads(content, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except RecursionError:
        raise InputError("is nested too deeply", where=where) from None
    except ValueError as error:
        raise InputError(f"is not the JSON of a bundle: {error}", where=where) from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def lines_of(chunks: Iterable[bytes], *, where: str) -> Iterator[bytes]:
    """Lines without their break. Raises InputError for an endless one, or if the last has no break."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > MOST_LINE:
            raise InputError(f"a line is longer than {MOST_LINE >> 20} MB", where=where)
    if rest:
        raise InputError("its last line is cut short", where=where)
