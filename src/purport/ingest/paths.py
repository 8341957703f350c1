"""Paths, folders and globs as the user gives them → files, in a fixed order."""

import errno
import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from purport.model import Failure
from purport.resources import yaml_of


def files_of(name: str) -> Iterator[Path | Failure]:
    """The file called ``name``, the files below the folder, or those that the pattern finds; a Failure for each that cannot be reached."""
    if "\0" in name or not name:
        yield Failure(repr(name), "not a path", "give a file, a folder, a pattern, an address or -")
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _matching(name)
    else:
        yield from _existing(Path(name))


def shown(path: str | Path) -> str:
    """A path fit for print: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _matching(pattern: str) -> Iterator[Path | Failure]:
    """Every file that the pattern finds, itself or in a folder, once."""
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not found:
        yield Failure(shown(pattern), "no file matches this pattern", "check the spelling and the folder you are in")
    seen: set[str] = set()
    for name in found:
        for path in _existing(Path(name)):
            key = path.where if isinstance(path, Failure) else os.path.normpath(path)
            if key not in seen:
                seen.add(key)
                yield path


def _existing(path: Path) -> Iterator[Path | Failure]:
    mode = _mode(path)
    if isinstance(mode, Failure):
        yield mode
    elif stat.S_ISDIR(mode):
        yield from _below(path)
    else:
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
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Failure(shown(path), "no such file or folder", "check the spelling and the folder you are in")
    if isinstance(error, PermissionError):
        return Failure(shown(path), "may not be read (permission denied)", "ask its owner, or change its permissions")
    return Failure(shown(path), f"cannot be read ({error.strerror or error})", "check the disk and the path")


def _below(folder: Path) -> Iterator[Path | Failure]:
    """Files below a folder, sorted by path, hidden ones left out; a folder that links show twice is entered once."""
    waiting, found_any = [folder], False
    seen: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        mode = _mode(path)
        inside = _entries(path, seen=seen) if isinstance(mode, int) and stat.S_ISDIR(mode) else mode
        if isinstance(inside, list):
            waiting += reversed(inside)
            continue
        found_any = True
        if isinstance(inside, Failure):
            yield inside
        else:
            yield path if stat.S_ISREG(inside) else Failure(shown(path), "neither a file nor a folder", "give its content with - instead")
    if not found_any:
        yield Failure(
            shown(folder), "a folder without files", "hidden files (with a dot in front) are not read; name them if they are meant"
        )


def _entries(folder: Path, *, seen: set[tuple[int, int]]) -> list[Path] | Failure:
    """What is in a folder, sorted; nothing if the folder was entered before."""
    try:
        found = folder.stat()
        if (found.st_dev, found.st_ino) in seen:
            return []
        seen.add((found.st_dev, found.st_ino))
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        kept = any(path.suffix.lower() == ".wacz" for path in inside)
        return [path for path in inside if not _belongs_to_page(path) and not (kept and _is_medium(path))]
    except OSError as error:
        return unreachable(folder, error)


def _is_medium(path: Path) -> bool:
    """Whether this is a picture, film or token of time that auto-archiver put beside an archive."""
    return path.suffix.lower() in yaml_of("ingest/auto_archiver.yaml")["media"]


def _belongs_to_page(path: Path) -> bool:
    """Whether a browser wrote this folder of scripts and images beside a page that it saved whole."""
    stem = next((path.name.removesuffix(end) for end in ("_files", ".files") if path.name.endswith(end)), None)
    return stem is not None and any(path.with_name(stem + end).is_file() for end in (".html", ".htm"))
