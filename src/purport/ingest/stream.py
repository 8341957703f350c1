"""One stream of bytes, whatever it is, as captures: looked into, then handed to the reader of its kind."""

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, cast

from purport.errors import InputError
from purport.ingest.archive import zip_captures
from purport.ingest.archived_item import is_summary, summary_item
from purport.ingest.auto_archiver import item_captures, table_captures
from purport.ingest.feed import Fetch, feed_captures, plain_feed
from purport.ingest.kind import HEAD, Kind, Recognised, recognise
from purport.ingest.mhtml import mhtml_capture
from purport.ingest.page import MEDIA_TYPES, Beside, capture_of, read_bounded, too_large
from purport.ingest.rows import wanted_columns
from purport.ingest.table import csv_rows, json_rows, jsonl_rows, parquet_rows
from purport.ingest.warc import warc_captures
from purport.model import Capture, Failure
from purport.settings import Settings

Found = Iterator[Capture | Failure]
_SEEKING = frozenset({Kind.WARC, Kind.ZIP, Kind.PARQUET})


@dataclass(frozen=True, slots=True)
class Task:
    """A stream to be read: its name for the user, what came beside it, and how to fetch what it lists."""

    stream: IO[bytes]
    origin: str
    settings: Settings
    fetch: Fetch
    beside: Beside = field(default_factory=Beside)
    folder: Path | None = None  #: where the file lies, if it is one: its notes may name archives beside it


def stream_captures(task: Task) -> Found:
    """Every page in the stream, or the failures that say why not. Raises InputError and OSError for what concerns the stream as a whole."""
    head = task.stream.read(HEAD)
    task = replace(task, stream=_rewound(task.stream, head))
    found = recognise(head)
    if task.settings.feed:
        return _feed(task)
    if found.kind is Kind.GZIP:
        return _unzipped(task, head)
    if found.kind in (*MEDIA_TYPES, Kind.MHTML, Kind.JSON):
        _refuse_large(task)
    return _dispatched(task, found)


def _rewound(stream: IO[bytes], head: bytes) -> IO[bytes]:
    if stream.seekable():
        stream.seek(0)
        return stream
    return io.BufferedReader(_Rewound(head, stream))


class _Rewound(io.RawIOBase):
    """A pipe with what was read of it put back in front."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _unzipped(task: Task, head: bytes) -> Found:
    """What is inside a gzip'ed file. A WARC stays zipped, so that its offsets are those of the file."""
    inner = recognise(_inflated_head(head, origin=task.origin))
    if inner.kind is Kind.WARC:
        return _dispatched(task, inner)
    if inner.kind in (Kind.GZIP, Kind.ZIP, Kind.PARQUET):
        raise InputError(f"a {inner.kind} inside a gzip file", where=task.origin, remedy="unpack the outer one and give what is inside")
    return _gunzipping(task, inner)


def _inflated_head(head: bytes, *, origin: str) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, HEAD)
    except zlib.error as error:
        raise InputError(f"a broken gzip file ({error})", where=origin, remedy="copy or fetch the file again") from error


def _gunzipping(task: Task, inner: Recognised) -> Found:
    try:
        with gzip.GzipFile(fileobj=task.stream) as stream:
            yield from _dispatched(replace(task, stream=cast(IO[bytes], stream)), inner)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"a cut or broken gzip file ({error})", where=task.origin, remedy="copy or fetch the file again") from error


def _dispatched(task: Task, found: Recognised) -> Found:
    if found.kind in _SEEKING and not task.stream.seekable():
        return _spooled(task, found)
    if found.kind in MEDIA_TYPES or found.kind is Kind.MHTML:
        return _single(task, found.kind)
    if found.kind in (Kind.CSV, Kind.JSON, Kind.JSONL, Kind.PARQUET):
        return _table(task, found.kind)
    if found.kind is Kind.WARC:
        return warc_captures(task.stream, origin=task.origin, settings=task.settings)
    if found.kind is Kind.ZIP:
        return zip_captures(task.stream, origin=task.origin, settings=task.settings)
    raise InputError(found.what, where=task.origin, remedy=found.remedy)


def _spooled(task: Task, found: Recognised) -> Found:
    """A pipe whose format needs jumps is copied to a temporary file first."""
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(task.stream, copy)
        copy.seek(0)
        yield from _dispatched(replace(task, stream=copy), found)


def _refuse_large(task: Task) -> None:
    """Names the size of a file that is too large, without reading it."""
    if task.stream.seekable():
        size = task.stream.seek(0, io.SEEK_END)
        task.stream.seek(0)
        if size > task.settings.max_page_bytes:
            raise too_large(origin=task.origin, limit=task.settings.max_page_bytes, size=size)


def _single(task: Task, kind: Kind) -> Found:
    content = read_bounded(task.stream, limit=task.settings.max_page_bytes, origin=task.origin)
    if kind is Kind.MHTML:
        yield mhtml_capture(content, origin=task.origin)
    elif kind is Kind.HTML and is_summary(content):
        yield from item_captures(summary_item(content, origin=task.origin), folder=task.folder, settings=task.settings)
    else:
        yield capture_of(content, origin=task.origin, media_type=MEDIA_TYPES[kind], beside=task.beside)


def _table(task: Task, kind: Kind) -> Found:
    limit = task.settings.max_page_bytes
    if kind is Kind.PARQUET:
        rows = parquet_rows(task.stream, origin=task.origin, wanted=partial(wanted_columns, named=task.settings.text_column))
    else:
        rows = _ROWS[kind](task.stream, origin=task.origin, limit=limit)
    return table_captures(rows, origin=task.origin, folder=task.folder, settings=task.settings)


_ROWS = {Kind.CSV: csv_rows, Kind.JSONL: jsonl_rows, Kind.JSON: json_rows}


def _feed(task: Task) -> Found:
    limit = task.settings.max_page_bytes
    content = plain_feed(read_bounded(task.stream, limit=limit, origin=task.origin), origin=task.origin, limit=limit)
    return feed_captures(content, origin=task.origin, base=task.beside.url, fetch=task.fetch, settings=task.settings)
