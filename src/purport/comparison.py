"""Incidents beside an outside table: the work behind ``purport compare``; above the rooms."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from purport.errors import SettingsError
from purport.incident import Incident
from purport.incidents.comparing import LEAST_SCORE
from purport.incidents.comparing import compare as compare_rows
from purport.incidents.outside_table import outside_table
from purport.outside import Comparison, OutsideTable


def compare(
    incidents: Iterable[Incident],
    table: OutsideTable | str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    least: float = LEAST_SCORE,
) -> Comparison:
    """Line incidents up with a table (UCDP GED, ACLED, any CSV with dates and places): matched, missing, extra and different.

    ``columns``: our name → the table's, where it has names of its own (date, place, latitude, longitude, country, actor1, actor2, deaths,
    low, high, id). ``least``: the least score of a match, 0 to 1. Raises InputError if the file is no such table, SettingsError for wrong
    options.
    """
    if not 0 <= least <= 1:
        raise SettingsError(f"a score is from 0 to 1, not {least}", where="least", remedy="give one in between")
    rows = table if isinstance(table, OutsideTable) else outside_table(Path(os.fspath(table)), columns=columns)
    return replace(compare_rows(incidents, rows.rows, least=least), failures=rows.failures, form=rows.form)
