"""The head of an HTTP message: status, type, charset, codings."""

import re
from dataclasses import dataclass, field

from purport.errors import InputError

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


@dataclass(frozen=True, slots=True)
class Head:
    """Header names in lower case; a repeated header's values are joined with commas."""

    status: int | None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """``text/html`` and the like, or "" if the server said nothing."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        return charset_of(self.headers.get("content-type", ""))

    @property
    def codings(self) -> list[str]:
        """In the order in which they were applied."""
        return [*self.headers.get("content-encoding", "").split(","), *self.headers.get("transfer-encoding", "").split(",")]


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a Content-Type, in lower case."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.I)
    return found[1].lower() if found else None


def split_message(message: bytes) -> tuple[Head, bytes]:
    """Head and body of an HTTP answer as archived. Raises InputError if it does not start with a status line."""
    end = re.search(rb"\r?\n\r?\n", message)
    head, body = (message[: end.start()], message[end.end() :]) if end else (message, b"")
    lines = re.split(r"\r?\n", re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1")))
    status = re.match(r"HTTP/\S+\s+(\d{3})", lines[0])
    if not status:
        raise InputError("an HTTP answer without a status line", remedy="the archive is damaged here; fetch the page again")
    return Head(int(status[1]), headers_of(lines[1:])), body


def headers_of(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            headers[name] = f"{headers[name]}, {value.strip()}" if name in headers else value.strip()
    return headers
