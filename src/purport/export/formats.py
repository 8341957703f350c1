"""The formats by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import IO

from purport.errors import SettingsError
from purport.export.claim_table import write_csv
from purport.export.json_lines import write_jsonl
from purport.export.map_features import write_geojson
from purport.export.masking import mask_report
from purport.model import Report

Writer = Callable[[Iterable[Report], IO[str]], int]
FORMATS: Mapping[str, Writer] = {"jsonl": write_jsonl, "csv": write_csv, "geojson": write_geojson}


def write(reports: Iterable[Report], file: IO[str], *, format: str, mask_names: bool = False) -> int:
    """Write the reports to an open text file (UTF-8, ``newline=""``); the number of records comes out: pages, claims or places.

    ``mask_names``: names of victims, and names given on somebody's word, are withheld everywhere. Raises SettingsError for another format.
    """
    if format not in FORMATS:
        raise SettingsError(f"no format {format!r}", remedy=f"use one of {', '.join(FORMATS)}")
    return FORMATS[format](map(mask_report, reports) if mask_names else reports, file)
