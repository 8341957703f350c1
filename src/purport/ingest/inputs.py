"""What a user names (paths, folders, patterns, addresses, ``-``) → captures, one at a time."""

import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from purport.errors import InputError
from purport.ingest.page import failure_of
from purport.ingest.paths import files_of, shown, unreachable
from purport.ingest.stream import Found, Task, stream_captures
from purport.ingest.web import Fetcher
from purport.model import Capture, Failure
from purport.settings import Settings

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)


def captures(inputs: Sequence[str], *, settings: Settings) -> Iterator[Capture | Failure]:
    """Every page found in ``inputs``, in order, each read only when it is asked for. What cannot be read becomes a Failure."""
    fetcher = Fetcher(settings)
    for name in inputs:
        yield from _input_captures(name, fetcher=fetcher, settings=settings)


def _input_captures(name: str, *, fetcher: Fetcher, settings: Settings) -> Found:
    if name == "-":
        yield from _attempt(lambda: _pipe(fetcher=fetcher, settings=settings), origin="-")
    elif _ADDRESS.match(name):
        yield from _attempt(lambda: _address(name, fetcher=fetcher, settings=settings), origin=name)
    else:
        for path in files_of(name):
            yield from [path] if isinstance(path, Failure) else _file_captures(path, fetcher=fetcher, settings=settings)


def _attempt(read: Callable[[], Found], *, origin: str) -> Found:
    """What ``read`` yields; an error on the way becomes the last Failure."""
    try:
        yield from read()
    except InputError as error:
        yield failure_of(error, origin=origin)
    except OSError as error:
        yield Failure(origin, f"cannot be read ({error.strerror or error})", "check the disk and the path")


def _file_captures(path: Path, *, fetcher: Fetcher, settings: Settings) -> Found:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield unreachable(path, error)
        return
    with stream:
        task = Task(stream, shown(path), settings, fetcher.fetch)
        yield from _attempt(lambda: stream_captures(task), origin=task.origin)


def _pipe(*, fetcher: Fetcher, settings: Settings) -> Found:
    return stream_captures(Task(sys.stdin.buffer, "-", settings, fetcher.fetch))


def _address(url: str, *, fetcher: Fetcher, settings: Settings) -> Found:
    answer = fetcher.fetch(url)
    return stream_captures(Task(io.BytesIO(answer.content), url, settings, fetcher.fetch, answer.beside))
