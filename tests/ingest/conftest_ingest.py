"""Builders of archives and a small web server, for the tests of ingest."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from purport.ingest import captures
from purport.model import Capture, Failure
from purport.settings import Settings

PAGE = b"<!doctype html><html><head><title>Shelling</title></head><body><p>Two people were hurt.</p></body></html>"

Read = Callable[..., tuple[list[Capture], list[Failure]]]


@pytest.fixture
def read() -> Read:
    """Captures and failures of the inputs, told apart."""

    def reading(*inputs: object, **settings: object) -> tuple[list[Capture], list[Failure]]:
        found = list(captures([str(name) for name in inputs], settings=Settings(**settings)))  # type: ignore[arg-type]
        return [one for one in found if isinstance(one, Capture)], [one for one in found if isinstance(one, Failure)]

    return reading


@dataclass
class Record:
    body: bytes = PAGE
    url: str = "http://paper.example/1"
    type: str = "response"
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [("Content-Type", "text/html; charset=windows-1251")])


def warc_of(*records: Record, zipped: bool = True) -> bytes:
    """A WARC with these records, each zipped by itself."""
    blocks = [_record_bytes(record) for record in records]
    return b"".join(gzip.compress(block) if zipped else block for block in blocks)


def _record_bytes(record: Record) -> bytes:
    block, said = record.body, dict(record.headers).get("Content-Type", "")
    if record.type == "response":
        http = "".join(f"{name}: {value}\r\n" for name, value in record.headers)
        block, said = f"HTTP/1.1 {record.status}\r\n{http}\r\n".encode() + record.body, "application/http; msgtype=response"
    head = (
        f"WARC/1.1\r\nWARC-Type: {record.type}\r\nWARC-Target-URI: {record.url}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(block)}>\r\nContent-Type: {said}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def pages(number: int) -> list[Record]:
    return [Record(PAGE.replace(b"Two", str(n).encode()), f"http://paper.example/{n}") for n in range(number)]


@dataclass
class Reply:
    body: bytes = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    pause: float = 0.0  #: before each of the body's first bytes
    endless: bool = False  #: the body again and again, without a length


@dataclass
class Site:
    """A server on the loopback address; ``replies`` by path, ``asked`` in order of the requests."""

    address: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def put(self, path: str, body: bytes = PAGE, **reply: object) -> str:
        self.replies[path] = Reply(body, **reply)  # type: ignore[arg-type]
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    served = Site(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler(served)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join(5)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.append(self.headers.get("User-Agent", ""))
            reply = site.replies.get(self.path, Reply(b"not here", 404))
            try:
                self._send(reply)
            except OSError:
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.endless:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.pause:
                for byte in reply.body[:50]:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.pause)
                return
            self.wfile.write(reply.body)
            while reply.endless:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@pytest.fixture
def bomb() -> bytes:
    """60 KB of gzip that hold 60 MB."""
    return gzip.compress(b"<html>" + b" " * 60_000_000, 9)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path
