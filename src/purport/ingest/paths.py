"""Paths, folders and globs as the user gives them → files, in a fixed order."""

import errno
import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from purport.model import Failure


def files_of(name: str) -> Iterator[Path | Failure]:
    """The file called ``name``, the files below the folder, or those that the pattern finds; a Failure for each that cannot be reached."""
    if "\0" in name or not name:
        yield Failure(repr(name), "not a path", "give a file, a folder, a pattern, an address or -")
    elif os.path.lexists(name):
        yield from _existing(Path(name))
    elif glob.has_magic(name):
        yield from _matching(name)
    else:
        yield Failure(shown(name), "no such file or folder", "check the spelling and the folder you are in")


def shown(path: str | Path) -> str:
    """A path fit for print: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _matching(pattern: str) -> Iterator[Path | Failure]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not found:
        yield Failure(shown(pattern), "no file matches this pattern", "check the spelling and the folder you are in")
    seen: set[tuple[int, int]] = set()
    for name in found:
        yield from _existing(Path(name), seen=seen)


def _existing(path: Path, *, seen: set[tuple[int, int]] | None = None) -> Iterator[Path | Failure]:
    mode = _mode(path)
    if isinstance(mode, Failure):
        yield mode
    elif stat.S_ISDIR(mode):
        yield from _below(path, seen=set() if seen is None else seen)
    elif seen is None or _new(path, seen=seen):
        yield path


def _mode(path: Path) -> int | Failure:
    try:
        return path.stat().st_mode
    except OSError as error:
        return unreachable(path, error)


def unreachable(path: Path, error: OSError) -> Failure:
    """What is wrong with a path, in words."""
    if error.errno == errno.ELOOP:
        return Failure(shown(path), "a symbolic link that leads back to itself", "remove the link or give what it should point to")
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return Failure(
            shown(path), f"a symbolic link to nothing ({shown(path.readlink())})", "remove the link or give what it should point to"
        )
    if isinstance(error, PermissionError):
        return Failure(shown(path), "may not be read (permission denied)", "ask its owner, or change its permissions")
    return Failure(shown(path), f"cannot be read ({error.strerror or error})", "check the disk and the path")


def _below(folder: Path, *, seen: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    """Files below a folder, sorted by path, hidden ones left out; a folder or file that links show twice is met once."""
    waiting, found_any = [folder], False
    while waiting:
        path = waiting.pop()
        mode = _mode(path)
        if isinstance(mode, Failure):
            found_any = True
            yield mode
        elif not (_new(path, seen=seen)):
            continue
        elif stat.S_ISDIR(mode):
            inside = _entries(path)
            waiting += reversed(inside) if isinstance(inside, list) else ()
            if isinstance(inside, Failure):
                yield inside
        else:
            found_any = True
            yield path if stat.S_ISREG(mode) else Failure(shown(path), "neither a file nor a folder", "give its content with - instead")
    if not found_any:
        yield Failure(
            shown(folder), "a folder without files", "hidden files (with a dot in front) are not read; name them if they are meant"
        )


def _entries(folder: Path) -> list[Path] | Failure:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        return unreachable(folder, error)


def _new(path: Path, *, seen: set[tuple[int, int]]) -> bool:
    found = path.stat()
    key = (found.st_dev, found.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True
