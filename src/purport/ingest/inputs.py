"""What a user names (paths, folders, patterns, addresses, ``-``) → captures, one at a time."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from purport.errors import InputError
from purport.ingest.feed import Fetch
from purport.ingest.page import failure_of
from purport.ingest.paths import files_of, shown, unreachable
from purport.ingest.stream import Found, Task, stream_captures
from purport.model import Capture, Failure
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.ingest.web import Fetcher

#: Begins a Failure that should not exist.
FAULT = "a fault in purport"

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)


def captures(inputs: Sequence[str], *, settings: Settings) -> Iterator[Capture | Failure]:
    """Every page found in ``inputs``, in order, each read only when it is asked for. What cannot be read becomes a Failure."""
    fetch = _fetch_when_asked(settings)
    for name in [inputs] if isinstance(inputs, str) else inputs:
        yield from _input_captures(os.fspath(name), fetch=fetch, settings=settings)


def _fetch_when_asked(settings: Settings) -> Fetch:
    """One fetcher per run, made on first use: the network parts cost a quarter of a second to load."""

    @cache
    def fetcher() -> "Fetcher":
        from purport.ingest.web import Fetcher

        return Fetcher(settings)

    return lambda url: fetcher().fetch(url)


def _input_captures(name: str, *, fetch: Fetch, settings: Settings) -> Found:
    if name == "-":
        yield from _attempt(lambda: _pipe(fetch=fetch, settings=settings), origin="-")
    elif _ADDRESS.match(name):
        yield from _attempt(lambda: _address(name, fetch=fetch, settings=settings), origin=name)
    else:
        for path in files_of(name):
            yield from [path] if isinstance(path, Failure) else _file_captures(path, fetch=fetch, settings=settings)


def _attempt(read: Callable[[], Found], *, origin: str) -> Found:
    """What ``read`` yields; an error on the way becomes the last Failure."""
    try:
        yield from read()
    except InputError as error:
        yield failure_of(error, origin=origin)
    except OSError as error:
        yield Failure(origin, f"cannot be read ({error.strerror or error})", "check the disk and the path")
    except Exception as error:  # One bad page never stops a run, not even where we did not think of its kind of badness.
        yield Failure(
            origin, f"{FAULT} ({type(error).__name__}: {error})"[:500], "leave it out, and report this with the file if you may share it"
        )


def _file_captures(path: Path, *, fetch: Fetch, settings: Settings) -> Found:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield unreachable(path, error)
        return
    with stream:
        task = Task(stream, shown(path), settings, fetch, folder=path.parent)
        yield from _attempt(lambda: stream_captures(task), origin=task.origin)


def _pipe(*, fetch: Fetch, settings: Settings) -> Found:
    return stream_captures(Task(sys.stdin.buffer, "-", settings, fetch))


def _address(url: str, *, fetch: Fetch, settings: Settings) -> Found:
    answer = fetch(url)
    return stream_captures(Task(io.BytesIO(answer.content), url, settings, fetch, answer.beside))
