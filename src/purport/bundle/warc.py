"""Captures as WARC 1.1 records, uncompressed, and the CDXJ index over them.

Source: ISO 28500:2017 (WARC 1.1), sections 5 and 6.5; Crawl Index JSON (CDXJ) 0.1 of Webrecorder. ``resource`` records, since the
project file keeps a page's bytes and not the HTTP headers that came with them.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from urllib.parse import quote, urlsplit

from purport.bundle.container import CHUNK
from purport.errors import InputError

ARCHIVE, INDEX = "archive/captures.warc", "indexes/index.cdxj"
VERSION = b"WARC/1.1\r\n"
MOST_HEADERS = 64 << 10
HEADER = re.compile(r"([A-Za-z-]+): ([\x20-\x7e]*)")
NAMESPACE = uuid.UUID("6f9e3a52-2f7c-5d0b-9b8e-1d5c3d1c7a10")  #: own, for ids that follow from content


@dataclass(frozen=True, slots=True)
class Captured:
    """What a record says of a capture beside its bytes. ``date``: when it was retrieved, else when it was kept (ISO 8601)."""

    id: str
    digest: str
    media_type: str
    url: str | None
    date: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record found in an archive: where it stands and what its headers say."""

    offset: int
    length: int
    headers: dict[str, str]
    digest: str  #: of the block, as found


def uri_of(capture: Captured) -> str:
    """The page's address fit for a header; without one, a name made of the capture's id."""
    if capture.url and urlsplit(capture.url).scheme in ("http", "https", "ftp"):
        return quote(capture.url, safe=":/?#[]@!$&'()*+,;=%~-._")
    return f"urn:purport:{capture.id}"


def utc_of(date: str) -> str:
    """WARC's and RFC 3339's form of a date in ISO 8601."""
    made = datetime.fromisoformat(date)
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# ------------------------------------------------------------------ writing
def opening_record(*, software: str, date: str, about: str) -> bytes:
    """The ``warcinfo`` record that every archive begins with."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\ndescription: {about}\r\n".encode()
    digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": record_id("warcinfo", digest),
        "WARC-Date": utc_of(date),
        "WARC-Filename": ARCHIVE.rsplit("/", 1)[-1],
        "WARC-Block-Digest": digest,
        "Content-Type": "application/warc-fields",
    }
    return _head(fields, length=len(block)) + block + b"\r\n\r\n"


def record_head(capture: Captured, *, length: int) -> bytes:
    """What stands before a capture's bytes."""
    fields = {
        "WARC-Type": "resource",
        "WARC-Record-ID": record_id(capture.id, capture.digest),
        "WARC-Date": utc_of(capture.date),
        "WARC-Target-URI": uri_of(capture),
        "WARC-Block-Digest": capture.digest,
        "WARC-Payload-Digest": capture.digest,
        "Content-Type": media_type_of(capture),
    }
    return _head(fields, length=length)


def media_type_of(capture: Captured) -> str:
    """The media type if it can stand in a header."""
    return capture.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", capture.media_type, re.ASCII) else "application/octet-stream"


def record_id(*parts: str) -> str:
    """A record's id, the same for the same content."""
    return f"<urn:uuid:{uuid.uuid5(NAMESPACE, ' '.join(parts))}>"


def _head(fields: dict[str, str], *, length: int) -> bytes:
    lines = [f"{name}: {value}" for name, value in {**fields, "Content-Length": str(length)}.items()]
    return VERSION + "\r\n".join(lines).encode("ascii") + b"\r\n\r\n"


def index_line(capture: Captured, *, offset: int, length: int) -> str:
    """The CDXJ line of a record."""
    date = utc_of(capture.date)
    said = {
        "url": uri_of(capture),
        "mime": media_type_of(capture),
        "digest": capture.digest,
        "offset": str(offset),
        "length": str(length),
        "filename": ARCHIVE.rsplit("/", 1)[-1],
    }
    return f"{surt_of(uri_of(capture))} {re.sub(r'[^0-9]', '', date)} {json.dumps(said)}"


def surt_of(uri: str) -> str:
    """The address in the order in which indexes sort: host from its end, then path and query, in small letters."""
    parts = urlsplit(uri)
    if parts.scheme not in ("http", "https", "ftp") or not parts.hostname:
        return uri.lower()
    host = ",".join(reversed(re.sub(r"^www\d*\.", "", parts.hostname).split(".")))
    port = f":{parts.netloc.rsplit(':', 1)[-1]}" if re.search(r":\d+$", parts.netloc) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower()


# ------------------------------------------------------------------ reading
def records_of(file: IO[bytes], *, start: int, size: int) -> Iterator[Record]:
    """Every record of an archive that fills ``size`` bytes from ``start`` on. Raises InputError where it is none, with the byte."""
    at = 0
    while at < size:
        file.seek(start + at)
        headers, head = _headers(file.read(min(MOST_HEADERS, size - at)), where=f"record at byte {at}")
        length = int(headers["Content-Length"])
        if length > size - at - head - 4:
            raise InputError(f"says that it has {length} bytes, more than the file", where=f"record at byte {at}")
        digest = _digest(file, start=start + at + head, length=length)
        if file.read(4) != b"\r\n\r\n":
            raise InputError("does not end where it says", where=f"record at byte {at}")
        yield Record(at, head + length + 4, headers, digest)
        at += head + length + 4


def _headers(content: bytes, *, where: str) -> tuple[dict[str, str], int]:
    end = content.find(b"\r\n\r\n")
    if not content.startswith(VERSION) or end < 0:
        raise InputError("is no WARC 1.1 record", where=where)
    headers: dict[str, str] = {}
    for line in content[len(VERSION) : end].decode("latin-1").split("\r\n"):
        match = HEADER.fullmatch(line)
        if match is None or match[1] in headers:
            raise InputError("has a header line that is none, or stands twice", where=where)
        headers[match[1]] = match[2]
    if not re.fullmatch(r"\d{1,12}", headers.get("Content-Length", ""), re.ASCII):
        raise InputError("does not say how long it is", where=where)
    return headers, end + 4


def _digest(file: IO[bytes], *, start: int, length: int) -> str:
    file.seek(start)
    digest = hashlib.sha256()
    while length:
        chunk = file.read(min(CHUNK, length))
        if not chunk:
            break
        digest.update(chunk)
        length -= len(chunk)
    return f"sha256:{digest.hexdigest()}"
