"""Look-ups in the gazetteer index, which is made on first use in the user's cache folder."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from purport.errors import ResourceError
from purport.read.gazetteer_build import Row, build, digest
from purport.read.toponym_names import fold, skeleton
from purport.settings import Settings


class Gazetteer:
    """An open index; look-ups are remembered. One a process and path (``gazetteer``)."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.named = lru_cache(maxsize=50_000)(self._named)
        self.sounding_like = lru_cache(maxsize=10_000)(self._sounding_like)

    def _named(self, folded: str) -> tuple[tuple[Row, int], ...]:
        """Places of that folded name with 2 (its first name) or 1 (another name), most populous first."""
        found = self._connection.execute(
            "SELECT p.*, n.main FROM names n JOIN places p ON p.id = n.place WHERE n.name = ? ORDER BY p.population DESC, p.id LIMIT 60",
            (folded,),
        )
        return tuple((Row(*row[:-1]), row[-1]) for row in found)

    def _sounding_like(self, folded: str) -> tuple[str, ...]:
        """Folded names with the same skeleton, in alphabetical order."""
        found = self._connection.execute("SELECT name FROM skeletons WHERE skeleton = ? ORDER BY name LIMIT 60", (skeleton(folded),))
        return tuple(name for (name,) in found if name != folded)

    def first(self, names: Iterable[str]) -> tuple[tuple[Row, int], ...]:
        """The places of the first of ``names`` that the gazetteer has."""
        return next((found for name in names if (found := self.named(fold(name)))), ())


def gazetteer(settings: Settings) -> Gazetteer:
    """The open gazetteer for these settings; made first if need be, with a word on standard error. Raises ResourceError if that fails."""
    return _opened(settings.cache_dir)


@cache
def _opened(cache_dir: Path | None) -> Gazetteer:
    name = f"places-{digest()}.sqlite"
    folders = [cache_dir] if cache_dir else [_user_cache(), Path(tempfile.gettempdir()) / "purport"]
    for folder in folders:
        if (folder / name).is_file():
            return Gazetteer(folder / name)
    return Gazetteer(_made(name, folders))


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "purport"


def _made(name: str, folders: list[Path]) -> Path:
    print("purport: making the place index, once, some 15 seconds …", file=sys.stderr)
    problem: OSError | None = None
    for folder in folders:
        try:
            build(folder / name)
            return folder / name
        except (OSError, sqlite3.OperationalError) as error:
            problem = OSError(str(error))
    raise ResourceError(
        f"the place index cannot be written: {problem}", where=str(folders[-1]), remedy="set cache_dir to a writable folder"
    )
