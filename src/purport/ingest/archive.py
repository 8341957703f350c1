"""Zip files: a WACZ is read WARC by WARC, other archives are refused by their right name."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from purport.errors import InputError
from purport.ingest.warc import warc_captures
from purport.model import Capture, Failure
from purport.settings import Settings

#: A WARC that swells this much is no crawl: HTML deflates to about a fifth, a bomb to a thousandth.
MOST_SWELLING = 200
#: Below this a member may swell as it likes.
HARMLESS_BYTES = 50_000_000
#: More members than this are not looked through (WACZ files hold some dozens).
MOST_MEMBERS = 100_000

#: What zipfile raises over a broken or hostile archive.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error, lzma.LZMAError)
#: Bytes of a member's own head before its name.
_LOCAL_HEAD = 30
_OFFICE = (
    ("word/", "a Word document"),
    ("xl/", "an Excel sheet"),
    ("ppt/", "a slide show"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
    ("mimetype", "an e-book or OpenDocument file"),
)


def zip_captures(stream: IO[bytes], *, origin: str, settings: Settings) -> Iterator[Capture | Failure]:
    """The pages of a WACZ. Raises InputError for a broken zip or one that is no WACZ."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in _warcs(archive, origin=origin):
                yield from _member_captures(archive, member, file=stream, origin=f"{origin}!{member.filename}", settings=settings)
    except _BROKEN as error:
        raise InputError(f"a broken or cut zip file ({error})", where=origin, remedy="copy or fetch the file again") from error


def _warcs(archive: zipfile.ZipFile, *, origin: str) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise InputError(f"a zip file with {len(members):,} members", where=origin, remedy="unpack it first and give the folder")
    warcs = [member for member in members if member.filename.lower().endswith((".warc", ".warc.gz"))]
    if not warcs:
        raise InputError(
            f"{_name_of(members)}, not a web archive (WACZ)", where=origin, remedy="unpack it, or export its text, and give that"
        )
    return warcs


def _name_of(members: list[zipfile.ZipInfo]) -> str:
    return next((what for start, what in _OFFICE for member in members if member.filename.startswith(start)), "a zip file")


def _member_captures(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, file: IO[bytes], origin: str, settings: Settings
) -> Iterator[Capture | Failure]:
    if member.file_size > max(HARMLESS_BYTES, MOST_SWELLING * member.compress_size):
        yield Failure(
            origin,
            f"{member.compress_size:,} bytes that would swell to {member.file_size:,}: a zip bomb",
            "unpack it by hand if you trust it",
        )
        return
    if member.flag_bits & 1:
        yield Failure(origin, "encrypted", "unpack it with its password and give the folder")
        return
    try:
        with _opened(archive, member, file=file) as stream:
            yield from warc_captures(stream, origin=origin, settings=settings)
    except _BROKEN as error:
        yield Failure(origin, f"damaged ({error})", "copy or fetch the file again")


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, file: IO[bytes]) -> IO[bytes]:
    """The member as a stream.

    One that is stored as it is (the WACZ standard asks for that) is read in place: there it can be jumped in, and one damaged record does
    not cost the others, as it does with zipfile's check of the whole.
    """
    if member.compress_type != zipfile.ZIP_STORED:
        return archive.open(member)
    file.seek(member.header_offset)
    head = file.read(_LOCAL_HEAD)
    if len(head) < _LOCAL_HEAD or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("no member where one was promised")
    start = member.header_offset + _LOCAL_HEAD + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return io.BufferedReader(_Section(file, start=start, size=member.compress_size))


class _Section(io.RawIOBase):
    """A stretch of a file as a file."""

    def __init__(self, file: IO[bytes], *, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._start + self._at)
        piece = self._file.read(min(len(buffer), max(0, self._size - self._at)))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
