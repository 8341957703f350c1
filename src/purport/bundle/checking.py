"""Is a bundle whole? Container, list of files, and then everything that its files say of each other; each fault has its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from purport.bundle import (
    checking_captures,
    checking_claims,
    checking_incidents,
    checking_log,
    checking_people,
    checking_provenance,
    manifest,
)
from purport.bundle.container import END, END_MARK, LOCAL_MARK, Broken
from purport.bundle.opened import Fault, Opened
from purport.bundle.plain import json_of
from purport.bundle.timestamp import Stamp, stamp_of
from purport.errors import InputError

Json = dict[str, Any]
Check = Callable[[Opened], Iterable[Fault]]

MOST_FAULTS = 200  #: told of one check
MOST_DIGEST = 4 << 20  #: bytes of datapackage-digest.json, with a time-stamp
PROJECT = b"SQLite format 3\0"
CHECKS: tuple[Check, ...] = (
    checking_captures.archive,
    checking_captures.pages,
    checking_claims.texts_and_reports,
    checking_claims.annotations_of_claims,
    checking_incidents.incidents,
    checking_log.log_and_readings,
    checking_log.decisions,
    checking_incidents.review,
    checking_people.annotations_by_people,
    checking_provenance.provenance,
    checking_provenance.provenance_of_decisions,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to. ``digest`` stands for the bundle (hexadecimal SHA-256 of ``datapackage.json``), "" if there is none."""

    faults: tuple[Fault, ...]
    digest: str = ""
    stamp: Stamp | None = None
    names_withheld: bool = False
    counts: tuple[tuple[str, int], ...] = ()


def is_bundle(path: Path) -> bool:
    """Whether a file is rather a bundle, maybe a damaged one, than a project file: it begins or ends as a ZIP file does."""
    with path.open("rb") as file:
        head = file.read(len(PROJECT))
        file.seek(max(0, file.seek(0, 2) - END.size))
        return head != PROJECT and (head[:4] == LOCAL_MARK or file.read(4) == END_MARK or path.suffix == ".wacz")


def check(path: Path, *, trusted: bytes | None = None) -> Checked:
    """Check a bundle. ``trusted``: certificates (PEM) that its time-stamp must lead to. Every fault comes out, none raises."""
    with path.open("rb") as file:
        return check_file(file, trusted=trusted)


def check_file(file: IO[bytes], *, trusted: bytes | None = None) -> Checked:
    """The same for an open file."""
    try:
        opened = Opened(file)
        package = json_of(opened.content(manifest.PACKAGE), where=manifest.PACKAGE)
        listed = manifest.listed(package)
    except Broken as error:
        return Checked((Fault(error.where, "", error.what),))
    except InputError as error:
        return Checked((_fault(error, path=manifest.PACKAGE),))
    digest = opened.measures[manifest.PACKAGE].sha256
    faults = [*_bounded(partial(_files, listed=listed), opened)]
    faults += [fault for each in CHECKS for fault in _bounded(each, opened)]
    stamp, stamp_faults = _stamp(opened, digest, trusted=trusted)
    faults += _schema(package) + stamp_faults
    about = package.get("purport")
    withheld = isinstance(about, dict) and bool(about.get("names_withheld"))
    return Checked(tuple(dict.fromkeys(faults)), digest, stamp, withheld, _counts(opened))


def _schema(package: Json) -> list[Fault]:
    about = package.get("purport")
    schema = about.get("schema") if isinstance(about, dict) else None
    if schema == manifest.SCHEMA:
        return []
    return [Fault(manifest.PACKAGE, "purport", f"is not of the form {manifest.SCHEMA}, which alone this purport can check")]


def _files(opened: Opened, *, listed: dict[str, tuple[str, int]]) -> Iterator[Fault]:
    """Every file is listed, in the order of the list, and has the digest that the list says; so have the list and the time-stamp."""
    for path in opened.altered:
        yield Fault(path, "", "its CRC-32 is not the one that the ZIP file says")
    for path, (digest, size) in listed.items():
        measure = opened.measures.get(path)
        if measure is None:
            yield Fault(path, "", "is listed and not there")
        elif digest != f"sha256:{measure.sha256}":
            yield Fault(path, "", f"its SHA-256 is {measure.sha256}, and {manifest.PACKAGE} lists {digest!a}")
        elif size != measure.size or isinstance(size, bool):
            yield Fault(path, "", f"has {measure.size} bytes, and {manifest.PACKAGE} lists {size!a}")
    apart = [manifest.PACKAGE, manifest.DIGEST]
    for path in opened.members:
        if path not in listed and path not in apart:
            yield Fault(path, "", "is in the bundle and not listed")
    wanted = [path for path in (*listed, *apart) if path in opened.members]
    if list(opened.members) != wanted:
        yield Fault("ZIP file", "order of its files", "is not the order of the list")
    yield from _digest_record(opened)


def _digest_record(opened: Opened) -> Iterator[Fault]:
    if manifest.DIGEST not in opened.members:
        yield Fault(manifest.DIGEST, "", "is missing")
        return
    content = opened.content(manifest.DIGEST, most=MOST_DIGEST)
    token = manifest.token_of(content)
    if content != manifest.digest_record(f"sha256:{opened.measures[manifest.PACKAGE].sha256}", token=token):
        also = " and of the time-stamp" if token else ""
        yield Fault(manifest.DIGEST, "", f"does not give the digest of {manifest.PACKAGE}{also}, in the one form that it has")


def _bounded(check: Check, opened: Opened) -> Iterator[Fault]:
    """The first faults of one check; what it cannot read at all is one."""
    number = 0
    try:
        for number, fault in enumerate(check(opened), start=1):
            if number > MOST_FAULTS:
                yield Fault(fault.path, "", "has more faults than are told")
                return
            yield fault
    except InputError as error:
        yield _fault(error, path="")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        yield Fault(
            check.__name__.replace("_", " "), "", f"cannot be checked: not in the form of a bundle ({type(error).__name__}: {error})"
        )


def _fault(error: InputError, *, path: str) -> Fault:
    return Fault(error.where or path, "", error.what)


def _stamp(opened: Opened, digest: str, *, trusted: bytes | None) -> tuple[Stamp | None, list[Fault]]:
    where = f"{manifest.DIGEST}, timestamp"
    try:
        token = manifest.token_of(opened.content(manifest.DIGEST, most=MOST_DIGEST))
        if token is None:
            return None, [Fault(manifest.DIGEST, "timestamp", "there is none to check against the certificate")] if trusted else []
        return stamp_of(token, digest=digest, trusted=trusted, where=where), []
    except InputError as error:
        return None, [_fault(error, path=where)]


def _counts(opened: Opened) -> tuple[tuple[str, int], ...]:
    def number(folder: str) -> int:
        return sum(path.startswith(folder) for path in opened.members)

    return (("incident", number("incidents/") // 2), ("page", number("reports/")), ("file", len(opened.members)))
