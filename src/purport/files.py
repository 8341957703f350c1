"""Files that a command writes: whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from purport.errors import SettingsError

TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass", "newline": ""}


@contextmanager
def written_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The same as :func:`written` for bytes."""
    with written(path) as file:
        yield file.buffer  # type: ignore[attr-defined]


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file (UTF-8) that takes its place at ``path`` when all is written; nothing is left behind otherwise.

    Raises SettingsError if it cannot be made there; an OSError (a full disk) comes through.
    """
    file = _opened_beside(path)
    try:
        with file:
            yield file
        Path(file.name).replace(path)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise


def _opened_beside(path: Path) -> IO[str]:
    if path.is_dir():
        raise SettingsError("is a folder", where=str(path), remedy="give the path of a file")
    if not path.parent.is_dir():
        raise SettingsError("its folder does not exist", where=str(path), remedy=f"make the folder {path.parent} first")
    if path.exists() and not os.access(path, os.W_OK):
        raise SettingsError("may not be written", where=str(path), remedy="give another path, or change its permissions")
    try:
        # the caller's ``with`` closes it
        file = tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False, **TEXT)  # noqa: SIM115
    except OSError as error:
        raise SettingsError(f"cannot be written ({error.strerror})", where=str(path), remedy="give a path that you may write to") from error
    Path(file.name).chmod(0o666 & ~_umask())
    return file


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
