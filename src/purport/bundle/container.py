"""The ZIP file around a bundle: every byte of it follows from the names and contents, so that no byte can change unseen.

Stored without compression, fixed times, no extra fields, comments or gaps. Source: PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12, 4.3.16.
"""

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from purport.errors import InputError, SettingsError

CHUNK = 1 << 20
LOCAL, CENTRAL, END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
MADE_BY, NEEDED = 0x0314, 10  #: by Unix, version 2.0; 1.0 suffices to unpack
DAY = 0x0021  #: 1 January 1980, the first that the format knows
MODE = 0o100644 << 16
MOST_BYTES, MOST_ENTRIES = 0xFFFFFFFF - 1, 0xFFFF - 1  #: beyond them other records (ZIP64) would be needed
LONGEST_NAME = 200
NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle; ``chunks`` gives its bytes, the same each time it is called."""

    path: str
    chunks: Callable[[], Iterator[bytes]] = field(repr=False)


def part(path: str, content: bytes) -> Part:
    """A part that is in memory."""
    return Part(path, lambda: iter((content,)))


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said of a part: its length, its CRC-32 and the hexadecimal SHA-256."""

    path: str
    size: int
    crc: int
    sha256: str


def measured(path: str, chunks: Iterator[bytes]) -> Measure:
    """The measure of some bytes."""
    size, crc, digest = 0, 0, hashlib.sha256()
    for chunk in chunks:
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
    return Measure(path, size, crc, digest.hexdigest())


# ------------------------------------------------------------------ writing
def local_header(of: Measure) -> bytes:
    """What stands before a part."""
    name = of.path.encode("ascii")
    return LOCAL.pack(LOCAL_MARK, NEEDED, 0, 0, 0, DAY, of.crc, of.size, of.size, len(name), 0) + name


def central_header(of: Measure, *, offset: int) -> bytes:
    """What the directory at the end says of a part whose local header starts at ``offset``."""
    name = of.path.encode("ascii")
    fields = (CENTRAL_MARK, MADE_BY, NEEDED, 0, 0, 0, DAY, of.crc, of.size, of.size, len(name), 0, 0, 0, 0, MODE, offset)
    return CENTRAL.pack(*fields) + name


def end_record(*, entries: int, size: int, offset: int) -> bytes:
    """The last bytes of the file."""
    return END.pack(END_MARK, 0, 0, entries, entries, size, offset, 0)


def write(parts: list[tuple[Part, Measure]], file: IO[bytes]) -> None:
    """Write the container. Raises SettingsError if it would be larger than plain ZIP can say."""
    directory, offset = b"", 0
    total = sum(measure.size + len(local_header(measure)) + CENTRAL.size + LONGEST_NAME for _, measure in parts)
    if total > MOST_BYTES or len(parts) > MOST_ENTRIES:
        raise SettingsError("a bundle cannot be larger than 4 GiB or have more than 65,534 files", remedy="bundle fewer incidents at once")
    for each, measure in parts:
        header = local_header(measure)
        file.write(header)
        if measured(each.path, _copied(each, file)) != measure:
            raise InputError("changed while it was written", where=each.path, remedy="run the command again")
        directory += central_header(measure, offset=offset)
        offset += len(header) + measure.size
    file.write(directory)
    file.write(end_record(entries=len(parts), size=len(directory), offset=offset))


def _copied(each: Part, file: IO[bytes]) -> Iterator[bytes]:
    for chunk in each.chunks():
        file.write(chunk)
        yield chunk


# ------------------------------------------------------------------ reading
@dataclass(frozen=True, slots=True)
class Member:
    """A part found in a file: ``start`` is the first byte of its content."""

    path: str
    start: int
    size: int


class Broken(InputError):
    """A container that is not exactly the one that its parts make."""


def members_of(file: IO[bytes]) -> tuple[tuple[Member, Measure], ...]:
    """The parts in their order, with what the container says of each. Raises Broken at the first fault.

    That the CRC-32 is that of the content is left to who reads it (:func:`measured`): every other byte of the container is checked.
    """
    size = file.seek(0, 2)
    entries, directory_size, directory_at = _end(file, size)
    directory = _bytes(file, directory_at, size=directory_size)
    found: list[tuple[Member, Measure]] = []
    read, at = 0, 0
    for number in range(1, entries + 1):
        said, told = _central(directory, read, number=number)
        path = said.path
        member = Member(path, at + LOCAL.size + len(path), said.size)
        if member.start + said.size > directory_at:
            raise Broken("is longer than the file has room for", where=f"directory of the ZIP file, entry {number} ({path})")
        _compare(local_header(said), _bytes(file, at, size=member.start - at), where=f"{path}: header before it, byte {at}")
        _compare(central_header(said, offset=at), told, where=f"{path}: its entry in the directory, byte {directory_at + read}")
        found.append((member, said))
        read, at = read + len(told), member.start + said.size
    if read != directory_size:
        raise Broken(f"{directory_size - read} bytes belong to no entry", where=f"directory of the ZIP file, byte {directory_at + read}")
    if at != directory_at:
        raise Broken(f"{directory_at - at} bytes belong to no file", where=f"byte {at}")
    _check_names([member.path for member, _ in found])
    return tuple(found)


def chunks_of(file: IO[bytes], member: Member) -> Iterator[bytes]:
    """The content of a part, a little at a time."""
    at, end = member.start, member.start + member.size
    while at < end:
        chunk = _bytes(file, at, size=min(CHUNK, end - at))
        yield chunk
        at += len(chunk)


def _bytes(file: IO[bytes], at: int, *, size: int) -> bytes:
    file.seek(at)
    content = file.read(size)
    if len(content) != size:
        raise Broken("the file ends early", where=f"byte {at + len(content)}")
    return content


def _end(file: IO[bytes], size: int) -> tuple[int, int, int]:
    """Number of entries, size and offset of the directory."""
    if size < END.size:
        raise Broken("the file is too short to be a bundle", where=f"byte {size}")
    record = _bytes(file, size - END.size, size=END.size)
    mark, _, _, _, entries, directory_size, directory_at, _ = END.unpack(record)
    where = f"end record of the ZIP file, byte {size - END.size}"
    if mark != END_MARK:
        raise Broken("something stands after it, or it is not there", where=where)
    if directory_at + directory_size + END.size != size:
        raise Broken("the directory does not stand right before it", where=where)
    if entries * CENTRAL.size > directory_size:
        raise Broken(f"the directory has no room for {entries} entries", where=where)
    _compare(end_record(entries=entries, size=directory_size, offset=directory_at), record, where=where)
    return entries, directory_size, directory_at


def _central(directory: bytes, read: int, *, number: int) -> tuple[Measure, bytes]:
    """What the entry that starts at ``read`` says of its part, and its bytes."""
    where = f"directory of the ZIP file, entry {number}"
    if read + CENTRAL.size > len(directory):
        raise Broken("the directory ends early", where=where)
    fields = CENTRAL.unpack_from(directory, read)
    told = directory[read : read + CENTRAL.size + fields[10]]
    try:
        path = told[CENTRAL.size :].decode("ascii")
    except UnicodeDecodeError:
        raise Broken("its name is not plain ASCII", where=where) from None
    if fields[0] != CENTRAL_MARK or len(told) != CENTRAL.size + fields[10]:
        raise Broken("is no entry of a directory", where=where)
    if fields[4] != 0:
        raise Broken("is compressed or encrypted; a bundle stores its files as they are", where=f"{where} ({path})")
    return Measure(path, fields[8], fields[7], sha256=""), told


def _compare(expected: bytes, found: bytes, *, where: str) -> None:
    if expected != found:
        pairs = enumerate(zip(expected, found, strict=False))
        first = next((place for place, (one, other) in pairs if one != other), min(len(expected), len(found)))
        raise Broken(f"its byte {first} is not as it must be", where=where)


def _check_names(paths: list[str]) -> None:
    for path in paths:
        steps = path.split("/")
        if not set(path) <= NAME_LETTERS or len(path) > LONGEST_NAME or "" in steps or "." in steps or ".." in steps:
            raise Broken("a name that no file of a bundle has", where=ascii(path))
    for name, number in Counter(path.casefold() for path in paths).items():
        if number > 1:
            raise Broken("stands in it twice", where=name)
