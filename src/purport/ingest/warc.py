"""WARC files, record by record: answers with status 200 and resources or conversions that hold HTML or text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from purport.errors import InputError
from purport.ingest.decoding import decoded
from purport.ingest.kind import HEAD, recognise
from purport.ingest.message import PAGE_TYPES, Head, split_message
from purport.ingest.page import MEDIA_TYPES, Beside, capture_of, failure_of, too_large
from purport.model import Capture, Failure
from purport.settings import Settings

#: Room for an HTTP head before a page of the greatest allowed size. Servers refuse heads above 8 to 64 KiB.
HEAD_ROOM = 65_536
_WINDOW = 1 << 20
#: Bytes of a zipped record that show how it begins.
_LONGEST_BEGINNING = 512
#: A record, bare or zipped by itself, after another one.
_BEGINNING = re.compile(rb"WARC/1\.[01]\r\n|\x1f\x8b\x08")
_HOLDS_PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
_REMEDY = "every whole record was kept; copy or fetch the file again for the rest"
#: What a crawler asks for itself, which is served as text but is no page.
_NO_PAGES = ("/robots.txt", "/ads.txt", "/humans.txt", "/security.txt", "/llms.txt")


def warc_captures(stream: IO[bytes], *, origin: str, settings: Settings) -> Iterator[Capture | Failure]:
    """One Capture per page, in file order, holding one record at a time.

    Where the file is damaged there is a Failure naming the offset, and reading goes on at the next whole record.
    """
    found_any, start = False, 0
    while True:
        try:
            for found in _run(stream, origin=origin, settings=settings):
                found_any = True
                yield found
            break
        except _Damage as damage:
            found_any = True
            yield Failure(f"{origin}#{damage.at}", damage.what, _REMEDY)
            start = _next_record(stream, after=max(damage.at, start))
        if start < 0:
            break
    if not found_any:
        yield Failure(origin, "a web archive without any HTML or text page of status 200", "check that the crawl reached the pages")


class _Damage(Exception):
    """The archive cannot be followed past the record at byte ``at``."""

    def __init__(self, what: str, *, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


def _run(stream: IO[bytes], *, origin: str, settings: Settings) -> Iterator[Capture | Failure]:
    """The pages from where the stream stands up to its end. Raises _Damage."""
    at, same = stream.tell(), -1
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            at, same = record.stream_pos, same + 1 if record.stream_pos == at else 0
            block = _block(record, limit=settings.max_page_bytes + HEAD_ROOM)
            if block is None:
                raise _Damage(f"the archive ends in the middle of the record at byte {at:,}", at=at)
            # Records of an archive zipped as a whole share an offset.
            found = _attempt(record, block, origin=f"{origin}#{at}.{same}" if same else f"{origin}#{at}", settings=settings)
            if found is not None:
                yield found
        if not _ends_whole(stream, last=at):
            raise _Damage(f"the archive ends in the middle of a record after the one at byte {at:,}", at=at)
    except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise _Damage(f"the archive is damaged after the record at byte {at:,}: {error}", at=at) from error


def _ends_whole(stream: IO[bytes], *, last: int) -> bool:
    """Whether the last zipped records end as gzip should: of a record cut in its first bytes nothing is heard otherwise."""
    stream.seek(last)
    inflater, piece = zlib.decompressobj(16 + zlib.MAX_WBITS), stream.read(_WINDOW)
    if not piece.startswith(b"\x1f\x8b"):
        return True
    while piece:
        inflater.decompress(piece, _WINDOW)
        piece = inflater.unconsumed_tail or inflater.unused_data.lstrip(b"\0") or stream.read(_WINDOW)
        if inflater.eof and piece:
            inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    return inflater.eof


def _next_record(stream: IO[bytes], *, after: int) -> int:
    """Sets the stream on the first record that begins after byte ``after``; -1 if there is none."""
    at = after + 1
    stream.seek(at)
    window = b""
    while piece := stream.read(_WINDOW):
        window += piece
        for found in _BEGINNING.finditer(window):
            begins = at + found.start()
            if _is_record(window[found.start() :]):
                stream.seek(begins)
                return begins
        kept = window[-_LONGEST_BEGINNING:]
        at += len(window) - len(kept)
        window = kept
    return -1


def _is_record(beginning: bytes) -> bool:
    if beginning.startswith(b"WARC/"):
        return True
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(beginning[:_LONGEST_BEGINNING], 5) == b"WARC/"
    except zlib.error:
        return False


def _block(record: Any, *, limit: int) -> bytes | None:
    """The bytes of a record that may hold a page, no more than its head if it is larger than ``limit``, and b"" for other records.

    None if the file ends before the record does.
    """
    promised = record.headers.get("Content-Length")
    if promised is None:
        return None
    size = int(promised)
    wanted = 0 if record.record_type not in _HOLDS_PAGES else size if size <= limit else HEAD_ROOM
    block: bytes = record.reader.read(wanted) if wanted else b""
    return block if len(block) + record.consume() >= size else None


def _attempt(record: Any, block: bytes, *, origin: str, settings: Settings) -> Capture | Failure | None:
    try:
        return _page(record, block, origin=origin, settings=settings)
    except InputError as error:
        return failure_of(error, origin=origin)


def _page(record: Any, block: bytes, *, origin: str, settings: Settings) -> Capture | None:
    """The page in a record, or None if it holds none (an image, a redirect, an empty answer). Raises InputError."""
    if not block:
        return None
    head, body = _message(record, block)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    if head.status != 200 or not _says_page(head, url):
        return None
    size, limit = int(record.headers["Content-Length"]), settings.max_page_bytes
    if size > limit + HEAD_ROOM:
        raise too_large(origin=origin, limit=limit, size=size)
    content = _plain(body, codings=head.codings, limit=limit, origin=origin)
    if len(content) > limit:
        raise too_large(origin=origin, limit=limit, size=len(content))
    kind = recognise(content[:HEAD]).kind
    if kind not in MEDIA_TYPES:
        return None
    return capture_of(content, origin=origin, media_type=MEDIA_TYPES[kind], beside=Beside(url, record.record_date, head.charset))


def _plain(body: bytes, *, codings: list[str], limit: int, origin: str) -> bytes:
    """The body decoded, or as it stands if it is a page already: some crawlers undo a coding and keep its header."""
    try:
        return decoded(body, codings=codings, limit=limit, origin=origin)
    except InputError:
        if recognise(body[:HEAD]).kind in MEDIA_TYPES:
            return body
        raise


def _own_type(record: Any) -> str:
    return str(record.headers.get("Content-Type") or "")


def _message(record: Any, block: bytes) -> tuple[Head, bytes]:
    """Head and body. Resources and conversions have no HTTP head: their record's own type stands for it."""
    if _own_type(record).lower().startswith("application/http") or (not _own_type(record) and block.startswith(b"HTTP/")):
        return split_message(block)
    return Head(200, {"content-type": _own_type(record)}), block


def _says_page(head: Head, url: str | None) -> bool:
    if url and urlsplit(url).path.endswith(_NO_PAGES):
        return False
    return head.content_type in PAGE_TYPES or not head.content_type
