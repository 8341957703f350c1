"""Tables on disk as rows: CSV and JSONL line by line, a JSON value whole, Parquet batch by batch."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from purport.errors import InputError
from purport.ingest.kind import MOST_HEAD, separator_of
from purport.ingest.page import failure_of, read_bounded
from purport.ingest.rows import Row
from purport.model import Failure

#: A line of JSON may be this much longer than the page in it: escapes and the columns beside it.
LINE_ROOM = 2
#: Rows decoded at a time; news pages are kilobytes, so a batch stays in the low megabytes.
BATCH_ROWS = 32
#: Bytes of a column read at a time; otherwise a row group is held whole (240 MB of text in one: 364 MB at the peak, 172 with this).
BUFFER = 1 << 20


def jsonl_rows(stream: IO[bytes], *, origin: str, limit: int) -> Iterator[Row]:
    """A row per line that is not blank; a line that is no JSON object, or too long, becomes a failed row."""
    number = 0
    while line := stream.readline(LINE_ROOM * limit + 1):
        number += 1
        if len(line) > LINE_ROOM * limit:
            yield _too_long(limit=limit, origin=f"{origin}#{number}")
            _skip_line(stream)
        elif line.strip(b"\0\r\n\t \xef\xbb\xbf"):
            yield _row_of(line, origin=f"{origin}#{number}")


def _too_long(*, limit: int, origin: str) -> Row:
    what = f"a line of more than {LINE_ROOM * limit:,} bytes, twice what a page may have"
    return _failed(InputError(what, where=origin, remedy="raise max_page_bytes if this really is one page, or split it"), origin=origin)


def _skip_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(1 << 16)) and not piece.endswith(b"\n"):
        pass


def _row_of(line: bytes, *, origin: str) -> Row:
    try:
        cells = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return _failed(InputError(f"the line is no JSON ({error})", where=origin, remedy="mend or drop that line"), origin=origin)
    if not isinstance(cells, dict):
        return _failed(InputError("the line is no JSON object", where=origin, remedy='write it as {"text": …}'), origin=origin)
    return Row(origin, cells)


def _failed(error: InputError, *, origin: str) -> Row:
    return Row(origin, {}, failure_of(error, origin=origin))


def csv_rows(stream: IO[bytes], *, origin: str, limit: int) -> Iterator[Row]:
    """A row per line of a CSV file in UTF-8 with a head; the separator is that of the head. A cell may be as long as a page.

    Raises InputError where the file cannot be followed any further.
    """
    csv.field_size_limit(limit)  # of the whole process, which reads no other CSV file with a lower one
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    number = 1
    try:
        head = text.readline(MOST_HEAD)
        names = next(csv.reader([head], delimiter=separator_of(head)))
        for number, cells in enumerate(csv.reader(text, delimiter=separator_of(head)), start=2):
            if any(cells):
                yield Row(f"{origin}#{number}", dict(zip(names, cells, strict=False)))
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8", where=f"{origin}#{number}", remedy="save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise InputError(f"a broken CSV file ({error})", where=f"{origin}#{number}", remedy="mend or drop that row") from error
    finally:
        text.detach()


def json_rows(stream: IO[bytes], *, origin: str, limit: int) -> Iterator[Row]:
    """The rows of one JSON value: a list of objects, or one object. Raises InputError if it is neither or larger than one page may be."""
    try:
        value = json.loads(read_bounded(stream, limit=limit, origin=origin))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not valid JSON ({error})", where=origin, remedy="mend it, or write one object per line (JSONL)") from error
    rows = value if isinstance(value, list) else [value]
    for number, cells in enumerate(rows, start=1):
        name = f"{origin}#{number}"
        yield Row(name, cells) if isinstance(cells, dict) else Row(name, {}, Failure(name, "no JSON object", 'write it as {"text": …}'))


def parquet_rows(stream: IO[bytes], *, origin: str, wanted: Callable[[Iterable[str]], list[str]]) -> Iterator[Row]:
    """The rows of a Parquet file, a batch at a time, with the columns ``wanted`` of those there. Raises InputError if it is broken."""
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        with pyarrow.parquet.ParquetFile(stream, buffer_size=BUFFER, pre_buffer=False) as table:
            columns = wanted(table.schema_arrow.names)
            for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=columns, use_threads=False):
                for cells in batch.to_pylist():
                    number += 1
                    yield Row(f"{origin}#{number}", cells)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        where = f"{origin}#{number}" if number else origin
        reason = (str(error) or type(error).__name__).splitlines()[0][:200]
        raise InputError(f"a broken or cut Parquet file ({reason})", where=where, remedy="copy or write the file again") from error
