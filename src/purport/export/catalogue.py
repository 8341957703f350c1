"""Every format by name: what a record of it is, what it takes, and where it is described."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from purport.errors import SettingsError
from purport.export import acled, columnar, entities, formats, gdelt, ged, gtd, incident_rows, linked_claims, maps, network, plover, polecat
from purport.export.case import Case, Terms, Written, mapping_of
from purport.export.incident_table import write_incidents_csv
from purport.export.spreadsheet import write_xlsx
from purport.model import Report


class Shape(StrEnum):
    """What a format writes into."""

    TEXT = "text"  #: an open text file, or standard output
    FILE = "file"  #: a file by its path
    FOLDER = "folder"
    COPY = "copy"  #: the project file itself


class Split(StrEnum):
    """How several processes can share the work on a format."""

    NO = "no"
    HEAD = "head"  #: text of parts follows one another; what is written of nothing stands before it, once
    TAIL = "tail"  #: the same, but stands behind it
    ROWS = "rows"  #: it is written from rows of cells (:class:`purport.export.rows.CaseRows`)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``takes``: reports (pages) or cases (incidents); ``policy``: the one by default, empty if none is applied."""

    name: str
    about: str
    unit: str
    takes: str
    shape: Shape
    write: Callable[..., Written]
    policy: str = ""
    mapping: str = ""  #: the data file that says what goes into each column
    needs_header: bool = False  #: it has no room to state its terms, so that they stand beside it
    split: Split = Split.NO
    has_claims: bool = True  #: of a format of rows: whether it has those of claims
    is_kept: bool = False  #: what it holds of an incident is kept in the project file, by its own policy

    @property
    def takes_reports(self) -> bool:
        return self.takes == REPORTS

    def described(self) -> Mapping[str, Any]:
        """Its publisher's document, what it leaves out and cannot say."""
        return mapping_of(self.mapping) if self.mapping else mapping_of("others")[self.name]


def _reports(name: str) -> Callable[..., Written]:
    def write(reports: Iterable[Report], file: IO[str], *, terms: Terms) -> Written:
        return Written(formats.write(reports, file, format=name, gone=terms.gone))

    return write


def _table(writer: Callable[[Iterable[Any], IO[str]], Written]) -> Callable[..., Written]:
    def write(records: Iterable[Any], file: IO[str], *, terms: Terms) -> Written:
        return writer(records, file)

    return write


def _values(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    return Written(write_incidents_csv(((case.account, case.resolution) for case in cases), file))


def _no_writer(*_: object, **__: object) -> Written:
    raise SettingsError("this format is a copy of the project file", remedy="use purport.exporting.export")


REPORTS, CASES = "reports", "cases"
TEXT, FILE, FOLDER = Shape.TEXT, Shape.FILE, Shape.FOLDER
HEAD, ROWS = Split.HEAD, Split.ROWS
EVERY = (
    Format("jsonl", "pages as purport keeps them (docs/schema.md)", "page", REPORTS, TEXT, _reports("jsonl"), split=Split.TAIL),
    Format("csv", "one row a claim", "claim", REPORTS, TEXT, _reports("csv"), needs_header=True, split=HEAD),
    Format("geojson", "one feature a claimed place", "place", REPORTS, TEXT, _reports("geojson"), needs_header=True),
    Format(
        "incidents",
        "CSV, one row an incident",
        "incident",
        CASES,
        TEXT,
        _table(incident_rows.write_incident_rows),
        "ucdp",
        "incidents",
        True,
        split=HEAD,
        is_kept=True,
    ),
    Format(
        "values",
        "CSV, one row a competing value of an incident",
        "incident",
        CASES,
        TEXT,
        _values,
        "ucdp",
        needs_header=True,
        split=HEAD,
        is_kept=True,
    ),
    Format("xlsx", "workbook: incidents and claims", "incident", CASES, FILE, write_xlsx, "ucdp", split=ROWS, is_kept=True),
    Format("ged", "UCDP GED, 49 columns", "incident", CASES, TEXT, _table(ged.write_ged), "ucdp", "ged", True, split=HEAD, is_kept=True),
    Format(
        "acled", "ACLED, 31 columns", "incident", CASES, TEXT, _table(acled.write_acled), "acled", "acled", True, split=HEAD, is_kept=True
    ),
    Format(
        "gtd",
        "claim columns in the manner of the Global Terrorism Database",
        "incident",
        CASES,
        TEXT,
        _table(gtd.write_gtd),
        "ucdp",
        "gtd",
        True,
        split=HEAD,
        is_kept=True,
    ),
    Format("plover", "PLOVER JSON with reality and attribution", "event", REPORTS, TEXT, plover.write_plover, split=HEAD),
    Format(
        "polecat",
        "POLECAT, 40 tab-separated columns",
        "event",
        REPORTS,
        TEXT,
        _table(polecat.write_polecat),
        "",
        "polecat",
        True,
        split=HEAD,
    ),
    Format(
        "gdelt-events",
        "GDELT 2.0 event table, 61 columns",
        "event",
        REPORTS,
        TEXT,
        _table(gdelt.write_gdelt_events),
        "",
        "gdelt_events",
        True,
        split=HEAD,
    ),
    Format(
        "gdelt-mentions",
        "GDELT 2.0 mentions, 16 columns",
        "mention",
        REPORTS,
        TEXT,
        _table(gdelt.write_gdelt_mentions),
        "",
        "gdelt_mentions",
        True,
        split=HEAD,
    ),
    Format("incident-geojson", "one feature an incident", "incident", CASES, TEXT, maps.write_incident_geojson, "ucdp"),
    Format("kml", "KML 2.2, one placemark an incident", "placemark", CASES, TEXT, maps.write_kml, "ucdp"),
    Format(
        "geoparquet",
        "GeoParquet 1.1, one row an incident",
        "incident",
        CASES,
        FILE,
        columnar.write_geoparquet,
        "ucdp",
        split=ROWS,
        is_kept=True,
        has_claims=False,
    ),
    Format(
        "parquet",
        "folder: Parquet of incidents and claims with a Data Package",
        "incident",
        CASES,
        FOLDER,
        columnar.write_package,
        "ucdp",
        split=ROWS,
        is_kept=True,
    ),
    Format("ftm", "FollowTheMoney entities", "incident", CASES, TEXT, entities.write_entities, "ucdp"),
    Format(
        "ftm-statements",
        "FollowTheMoney statements, one a value on one source's word",
        "statement",
        CASES,
        TEXT,
        entities.write_statements,
        "ucdp",
        needs_header=True,
        split=HEAD,
        is_kept=True,
    ),
    Format("gexf", "GEXF 1.3 network of who carries whose word", "node", CASES, TEXT, network.write_gexf, "ucdp"),
    Format("schema-org", "schema.org Claim as JSON-LD lines", "claim", CASES, TEXT, linked_claims.write_schema_org, "ucdp", split=HEAD),
    Format("sqlite", "the project file itself, a consistent copy", "file", "store", Shape.COPY, _no_writer),
)
CATALOGUE: Mapping[str, Format] = {each.name: each for each in EVERY}


def format_of(name: str) -> Format:
    """One format. Raises SettingsError for another name."""
    found = CATALOGUE.get(name)
    if found is None:
        raise SettingsError(f"no format {name!r}", remedy=f"use one of {', '.join(CATALOGUE)}")
    return found


def write_to(target: IO[str] | Path, records: Iterable[Any], *, format: Format, terms: Terms) -> Written:
    """Write the records of a format that it takes, into what it writes into."""
    return format.write(records, target, terms=terms)
