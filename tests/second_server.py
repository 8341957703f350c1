"""A server on loopback that answers as it is told: well, badly or with ill will."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Reply = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]
Replies = Callable[[dict[str, Any]], Reply]


class Served:
    """What a test sets and what came: ``replies`` answers the next questions, ``asked`` are all so far."""

    def __init__(self) -> None:
        self.replies: Replies = lambda question: (500, b"")
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def says(self, *events: dict[str, Any]) -> None:
        """Answer every question with these events."""
        self.says_words(json.dumps({"events": events}))

    def says_words(self, words: str) -> None:
        """Answer every question with these words."""
        self.replies = lambda question: (200, completion(words))


def completion(words: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


@pytest.fixture
def served() -> Iterator[Served]:
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.headers.append({**self.headers, "path": self.path})
            status, body, *more = state.replies(state.asked[-1])
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
