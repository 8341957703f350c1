"""Data files of the package (YAML, TSV), each with version, source and licence in its header; loaded once, on first use."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from purport.errors import ResourceError


def text_of(name: str) -> str:
    """The text of one data file. Raises ResourceError if the package lacks it."""
    path = files(__package__).joinpath(name)
    if not path.is_file():
        raise ResourceError("no such data file in the package", where=name, remedy="reinstall purport")
    return path.read_text(encoding="utf-8")


@cache
def yaml_of(name: str) -> Any:
    """A YAML data file as plain lists and mappings (shared: do not change what is returned)."""
    try:
        return yaml.load(text_of(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (safe, and in C if there)
    except yaml.YAMLError as error:
        raise ResourceError(f"not valid YAML: {error}", where=name, remedy="mend the line named") from error


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Rows of a TSV data file by column name; lines that start with ``#`` are its header of version, source and licence."""
    lines = [line for line in text_of(name).splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise ResourceError(f"row {number} has {len(cells)} cells for {len(columns)} columns", where=name, remedy="mend that row")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
