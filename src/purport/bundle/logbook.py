"""The part of a project file's log that concerns some pages: those entries whole, every other as its hash alone.

Each hash covers the one before it, so that the last stands for the whole log. A hash without its entry can only be recomputed by
somebody who has the project file; README.txt says what follows from that.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from purport.bundle.plain import json_of
from purport.errors import InputError
from purport.wire import canonical

Json = dict[str, Any]

PATH = "log/log.jsonl"
FIELDS = ("entry", "at", "action", "subject", "detail")
HASH = re.compile(r"[0-9a-f]{64}")


Entry = TypeVar("Entry")  #: an entry as the project file keeps it: FIELDS, previous, hash; its detail is JSON


def lines(entries: Iterable[Entry], *, concerns: Callable[[Entry], bool]) -> Iterator[bytes]:
    """One line an entry."""
    for entry in entries:
        names = (*FIELDS, "previous", "hash") if concerns(entry) else ("entry", "hash")
        said = {name: getattr(entry, name) for name in names}
        yield json.dumps(said, ensure_ascii=True).encode("ascii") + b"\n"


def hash_of(entry: Json) -> str:
    """SHA-256 over the previous hash and the canonical JSON of the entry's fields, as the project file makes it."""
    return hashlib.sha256(entry["previous"].encode("ascii") + canonical([entry[name] for name in FIELDS])).hexdigest()


def entries_of(content: Iterable[bytes]) -> Iterator[tuple[Json, str]]:
    """Each entry with what is wrong with it, "" if nothing. Raises InputError for a line that is no entry."""
    previous = ""
    for number, line in enumerate(content, start=1):
        said = json_of(line, where=f"line {number}")
        if not isinstance(said, dict) or not HASH.fullmatch(str(said.get("hash"))):
            raise InputError("is no entry", where=f"line {number}")
        yield said, _fault(said, number=number, previous=previous)
        previous = said["hash"]


def _fault(said: Json, *, number: int, previous: str) -> str:
    if said.get("entry") != number:
        return f"is not entry {number}"
    if set(said) == {"entry", "hash"}:
        return ""
    if set(said) != {*FIELDS, "previous", "hash"} or not all(isinstance(said[name], str) for name in (*FIELDS[1:], "previous")):
        return "has not the fields of an entry"
    if said["previous"] != previous:
        return "does not follow the entry before it"
    return "" if said["hash"] == hash_of(said) else "its hash is not that of its content"
