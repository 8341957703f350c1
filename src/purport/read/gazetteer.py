"""Look-ups in the gazetteer index, which the package brings compressed and which is unpacked once into the user's cache folder."""

import contextlib
import hashlib
import lzma
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from purport.errors import ResourceError
from purport.read.toponym_names import fold, skeleton
from purport.resources import yaml_of
from purport.settings import Settings

#: Countries whose names reach news in many transliterations: their places are found by skeleton too.
# fmt: off
TRANSLITERATED = frozenset({
    "AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "ET", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "ML",
    "MR", "NE", "NG", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "TR", "UA", "YE",
})
# fmt: on
#: Places in one block of the index (names: about as many characters); measured: 64 look up in 20 µs and pack to 8 MB.
BLOCK = 64
#: At most so many places of one name are in the index, the most populous.
MOST = 60
OTHER_NAME = "-"  #: before a place for which the name is not its first


class Row(NamedTuple):
    """One place. ``kind``: country, admin1, admin2, city, or the precision of a supplement row (region, district, exact …)."""

    id: int
    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    kind: str


class Gazetteer:
    """An open index; look-ups are remembered. One a process and path. Its layout is told in ``resources/places/README.md``."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.named = lru_cache(maxsize=50_000)(self._named)
        self.sounding_like = lru_cache(maxsize=10_000)(self._sounding_like)
        self._block = lru_cache(maxsize=500)(self._read_block)

    def _named(self, folded: str) -> tuple[tuple[Row, int], ...]:
        """Places of that folded name with 2 (its first name) or 1 (another name), most populous first."""
        numbers = self._line("names", folded).split()
        return tuple((self._place(int(n.lstrip(OTHER_NAME))), 1 if n.startswith(OTHER_NAME) else 2) for n in numbers)

    def _sounding_like(self, folded: str) -> tuple[str, ...]:
        """Folded names with the same skeleton, in alphabetical order."""
        found = self._line("skeletons", skeleton(folded)).split("|")
        return tuple(name for name in found if name and name != folded)

    def _line(self, table: str, key: str) -> str:
        """What stands after ``key`` in the block that would hold it; empty if the index lacks it."""
        query = f"SELECT lines FROM {table} WHERE first <= ? ORDER BY first DESC LIMIT 1"  # noqa: S608 - table is one of our own
        block = self._connection.execute(query, (key,)).fetchone()
        _, found, rest = ("\n" + block[0]).partition(f"\n{key}\t") if block and "\n" not in key and "\t" not in key else ("", "", "")
        return rest.partition("\n")[0] if found else ""

    def _place(self, number: int) -> Row:
        return _row(self._block(number // BLOCK)[number % BLOCK])

    def _read_block(self, block: int) -> list[str]:
        lines: str = self._connection.execute("SELECT lines FROM places WHERE block = ?", (block,)).fetchone()[0]
        return lines.split("\n")

    def first(self, names: Iterable[str]) -> tuple[tuple[Row, int], ...]:
        """The places of the first of ``names`` that the gazetteer has."""
        return next((found for name in names if (found := self.named(fold(name)))), ())


def _row(line: str) -> Row:
    number, geonames, name, country, admin1, latitude, longitude, population, kind = line.split("\t")
    return Row(
        int(number),
        int(geonames or number) if geonames != "-" else None,
        name,
        country or None,
        admin1 or None,
        int(latitude) / 100_000 if latitude else None,
        int(longitude) / 100_000 if longitude else None,
        int(population or 0),
        kind,
    )


def gazetteer(settings: Settings) -> Gazetteer:
    """The open gazetteer for these settings; unpacked first if need be (1 s). Raises ResourceError if that fails."""
    return _opened(settings.cache_dir)


@cache
def _opened(cache_dir: Path | None) -> Gazetteer:
    name = f"places-{packed()['sha256'][:12]}.sqlite"
    folders = [cache_dir] if cache_dir else list(_folders())
    for folder in folders:
        if _is_whole(folder / name):
            return Gazetteer(folder / name)
    return Gazetteer(_unpacked(name, folders))


def packed() -> dict[str, str]:
    """What is known of the index in the package: ``sha256`` of it unpacked, ``sources`` it was made from."""
    return dict(yaml_of("places/gazetteer.yaml"))


def _folders() -> Iterator[Path]:
    """The user's cache folder, and one for this user among the temporary files."""
    with contextlib.suppress(RuntimeError):  # no home folder
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "purport"
    yield Path(tempfile.gettempdir()) / f"purport-{os.getuid() if hasattr(os, 'getuid') else 'cache'}"


def _is_whole(path: Path) -> bool:
    """Whether the file is the index, to the last byte: a cut or spoilt one is made anew, and nobody else's is trusted (20 ms)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == packed()["sha256"]
    except OSError:
        return False


def _unpacked(name: str, folders: list[Path]) -> Path:
    problem: Exception | None = None
    for folder in folders:
        try:
            _unpack(folder / name)
        except (OSError, lzma.LZMAError, EOFError) as error:
            problem = error
        else:
            _remove_older(folder, name)
            return folder / name
    raise ResourceError(
        f"the place index cannot be unpacked: {problem}", where=str(folders[-1]), remedy="set cache_dir to a folder that can be written"
    )


def _unpack(path: Path) -> None:
    """Unpacks into a file of its own and renames it: of several processes each sees no file or the whole one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with (
            files("purport.resources").joinpath("places/gazetteer.sqlite.xz").open("rb") as compressed,
            lzma.open(compressed) as index,
            os.fdopen(handle, "wb") as file,
        ):
            shutil.copyfileobj(index, file, 1 << 20)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def _remove_older(folder: Path, name: str) -> None:
    for other in folder.glob(f"places-{'[0-9a-f]' * 12}.sqlite"):
        if other.name != name:
            with contextlib.suppress(OSError):
                other.unlink()
