"""One page: its bytes, bounded, as a Capture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from purport.errors import InputError
from purport.ingest.kind import HEAD, Kind, recognise
from purport.model import Capture, Failure, digest_of

MEDIA_TYPES = {Kind.HTML: "text/html", Kind.TEXT: "text/plain"}
_CHUNK = 1 << 20


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Beside:
    """What came with the bytes of a page and is not in them: the transport's word, a row's other columns, a feed's entry."""

    url: str | None = None
    retrieved_at: datetime | None = None
    charset: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


def capture_of(content: bytes, *, origin: str, media_type: str | None = None, beside: Beside | None = None) -> Capture:
    """The Capture of these bytes; ``media_type`` None: as recognised. Raises InputError if they are no page."""
    digest, beside = digest_of(content), beside or Beside()
    media_type = media_type or media_type_of(content, origin=origin)
    return Capture(
        f"cap-{digest[7:23]}", origin, digest, content, media_type, beside.url, beside.retrieved_at, beside.charset, dict(beside.hints)
    )


def media_type_of(content: bytes, *, origin: str) -> str:
    """``text/html`` or ``text/plain``. JSON that stands where a page is expected counts as text. Raises InputError for anything else."""
    found = recognise(content[:HEAD])
    if found.kind in (Kind.JSON, Kind.JSONL):
        return MEDIA_TYPES[Kind.TEXT]
    if found.kind not in MEDIA_TYPES:
        raise InputError(
            found.what or f"{found.kind} where a page was expected",
            where=origin,
            remedy=found.remedy or "give the page as HTML or plain text",
        )
    return MEDIA_TYPES[found.kind]


def read_bounded(stream: Readable, *, limit: int, origin: str) -> bytes:
    """All bytes of a stream. Raises InputError, with no more than ``limit`` and a chunk in memory, if there are more than ``limit``."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(min(_CHUNK, limit + 1 - size)):
        size += len(piece)
        if size > limit:
            raise too_large(origin=origin, limit=limit)
        pieces.append(piece)
    return b"".join(pieces)


def too_large(*, origin: str, limit: int, size: int | None = None) -> InputError:
    """The refusal of a page with more than ``limit`` bytes; ``size`` if it is known."""
    what = f"{size:,} bytes" if size else "the page goes on"
    return InputError(
        f"{what}; a page may have {limit:,} bytes at most",
        where=origin,
        remedy="raise max_page_bytes if this really is one page, or split it",
    )


def failure_of(error: InputError, *, origin: str) -> Failure:
    """The same as a record, so that the run goes on."""
    return Failure(error.where or origin, error.what, error.remedy)
