"""The formats by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO

from purport.decisions import Tombstone
from purport.errors import SettingsError
from purport.export.claim_table import write_csv
from purport.export.json_lines import write_jsonl
from purport.export.map_features import write_geojson
from purport.export.masking import mask_report
from purport.model import Report

Writer = Callable[[Iterable[Report], IO[str]], int]
FORMATS: Mapping[str, Writer] = {"jsonl": write_jsonl, "csv": write_csv, "geojson": write_geojson}


def write(reports: Iterable[Report], file: IO[str], *, format: str, mask_names: bool = False, gone: Sequence[Tombstone] = ()) -> int:
    """Write the reports to an open text file (UTF-8, ``newline=""``); the number of records comes out: pages, claims or places.

    ``mask_names``: names of victims, witnesses and minors, and names given on somebody's word, are withheld everywhere. ``gone``: what was
    erased from the project, told by the JSON forms: a last line ``{"gone": […]}``, a member ``gone`` of the collection. Raises
    SettingsError for another format.
    """
    if format not in FORMATS:
        raise SettingsError(f"no format {format!r}", remedy=f"use one of {', '.join(FORMATS)}")
    chosen = map(mask_report, reports) if mask_names else reports
    if format == "jsonl":
        return write_jsonl(chosen, file, gone=gone)
    return write_geojson(chosen, file, gone=gone) if format == "geojson" else FORMATS[format](chosen, file)
