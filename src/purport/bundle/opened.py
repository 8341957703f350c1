"""A bundle that is being checked: its parts by path, read a little at a time; what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from purport.bundle.container import Measure, Member, chunks_of, measured, members_of
from purport.bundle.plain import MOST_JSON, json_of
from purport.errors import InputError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be. ``place`` inside the part: a byte, a line, an id; "" for the whole of it."""

    path: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}{', ' if self.place else ''}{self.place}: {self.what}"


class Opened:
    """The parts of a container that is whole. Raises :class:`purport.bundle.container.Broken` if it is not."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        found = members_of(file)
        self.members: dict[str, Member] = {member.path: member for member, _ in found}
        self.measures: dict[str, Measure] = {path: measured(path, chunks_of(file, member)) for path, member in self.members.items()}
        self.altered = tuple(said.path for _, said in found if self.measures[said.path].crc != said.crc)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The content of a part. Raises InputError if there is none."""
        if path not in self.members:
            raise InputError("is missing", where=path)
        return chunks_of(self.file, self.members[path])

    def content(self, path: str, *, most: int = MOST_JSON) -> bytes:
        """The whole content of a part that has to be in memory. Raises InputError for a larger one."""
        if path in self.members and self.members[path].size > most:
            raise InputError(f"is larger than {most >> 20} MB", where=path)
        return b"".join(self.chunks(path))

    def json(self, path: str) -> Any:
        """The value of a JSON file."""
        return json_of(self.content(path), where=path)

    def record(self, path: str, schema: str) -> dict[str, Any]:
        """The object in a JSON file. Raises InputError for one of another form."""
        value = self.json(path)
        if not isinstance(value, dict) or value.get("schema") != schema:
            raise InputError(f"is not of the form {schema}", where=path)
        return value
