"""Parquet: the incidents and claims as two files with a Data Package descriptor; and GeoParquet 1.1 with a point an incident."""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from purport.export.case import Terms, Written, columns_of, mapping_of
from purport.export.claim_table import Cell
from purport.export.incident_rows import DECIMALS, WHOLE_NUMBERS
from purport.export.rows import CaseRows, claim_cells

BATCH = 5_000  #: rows written at once; a batch of claims takes some 10 MB
CLAIM_WHOLE = frozenset({"geonames_id", "low", "high"})
CLAIM_DECIMALS = frozenset({"latitude", "longitude", "confidence"})
GEO_VERSION = "1.1.0"
POINT = struct.Struct("<BIdd")  #: WKB: little-endian, type 1 (point), x, y
COMPRESSION = "zstd"


def write_package(rows: Iterable[CaseRows], folder: Path, *, terms: Terms) -> Written:
    """``incidents.parquet``, ``claims.parquet`` and ``datapackage.json`` in a folder."""
    written = Written()
    incidents = _Table(folder / "incidents.parquet", _schema(columns_of("incidents"), whole=WHOLE_NUMBERS, decimals=DECIMALS))
    claims = _Table(folder / "claims.parquet", _schema(claim_cells(), whole=CLAIM_WHOLE, decimals=CLAIM_DECIMALS))
    with incidents, claims:
        for each in rows:
            incidents.add(each.incident)
            for claim in each.claims:
                claims.add(claim)
            written.number += 1
    descriptor = json.dumps(package_of(terms, incidents, claims), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(descriptor + "\n", encoding="utf-8")
    return written


def package_of(terms: Terms, *tables: "_Table") -> dict[str, Any]:
    """The Data Package descriptor (version 1, which every reader knows)."""
    return {
        "profile": "data-package",
        "name": "purport-export",
        "title": "Incidents and claims",
        "description": terms.in_a_line(),
        "purport": terms.words(),
        "resources": [table.resource() for table in tables],
    }


def write_geoparquet(rows: Iterable[CaseRows], path: Path, *, terms: Terms) -> Written:
    """One row an incident with its point (WKB, longitude before latitude, WGS 84); no point where the place has no coordinates."""
    written = Written()
    fields = [*_schema(columns_of("incidents"), whole=WHOLE_NUMBERS, decimals=DECIMALS), pa.field("geometry", pa.binary())]
    box = _Box()
    x, y = (columns_of("incidents").index(name) for name in ("longitude", "latitude"))
    with _Table(path, pa.schema(fields)) as table:
        for each in rows:
            table.add([*each.incident, box.point(each.incident[x], each.incident[y])])
            written.number += 1
        table.state({"geo": json.dumps(box.metadata()), "purport": json.dumps(terms.words(), ensure_ascii=False)})
    return written


class _Box:
    """The points met so far, and the box that holds them."""

    def __init__(self) -> None:
        self._west = self._south = float("inf")
        self._east = self._north = float("-inf")

    def point(self, x: Cell, y: Cell) -> bytes | None:
        """The point as WKB."""
        if not isinstance(x, (int, float)) or not isinstance(y, (int, float)):
            return None
        self._west, self._east = min(self._west, x), max(self._east, x)
        self._south, self._north = min(self._south, y), max(self._north, y)
        return POINT.pack(1, 1, x, y)

    def metadata(self) -> dict[str, Any]:
        """GeoParquet's own metadata. Without ``crs`` it is OGC:CRS84, as the specification says."""
        column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
        if self._west <= self._east:
            column["bbox"] = [self._west, self._south, self._east, self._north]
        return {"version": GEO_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


class _Table:
    """A Parquet file that is written batch by batch."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._names = tuple(schema.names)
        self._columns: list[list[Any]] = [[] for _ in self._names]
        self._writer = pq.ParquetWriter(path, schema, compression=COMPRESSION)
        self.rows = 0

    def __enter__(self) -> "_Table":
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, row: Sequence[Any]) -> None:
        """One more row."""
        for value, column in zip(row, self._columns, strict=True):
            column.append(None if value == "" else value)
        self.rows += 1
        if len(self._columns[0]) >= BATCH:
            self._flush()

    def state(self, words: Mapping[str, str]) -> None:
        """Put words into the file's metadata."""
        self._writer.add_key_value_metadata(dict(words))

    def _flush(self) -> None:
        if self._columns[0]:
            arrays = [pa.array(column, type=field.type) for column, field in zip(self._columns, self._schema, strict=True)]
            self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
            self._columns = [[] for _ in self._names]

    def resource(self) -> dict[str, Any]:
        """This file in a Data Package."""
        about = mapping_of("incidents")["columns"]
        fields = [{"name": f.name, "type": _type_word(f.type), "description": about.get(f.name, "")} for f in self._schema]
        key = ["incident_id"] if self._path.stem == "incidents" else ["incident_id", "event_id", "claim_id"]
        schema = {"fields": [_plain(field) for field in fields], "primaryKey": key}
        return {"name": self._path.stem, "path": self._path.name, "format": "parquet", "schema": schema}


def _plain(field: dict[str, str]) -> dict[str, str]:
    return {name: words for name, words in field.items() if words}


def _type_word(type: pa.DataType) -> str:
    return {"int64": "integer", "double": "number"}.get(str(type), "string")


def _schema(columns: Iterable[str], *, whole: frozenset[str], decimals: frozenset[str]) -> pa.Schema:
    kinds = ((name, pa.int64() if name in whole else pa.float64() if name in decimals else pa.string()) for name in columns)
    return pa.schema([pa.field(name, kind) for name, kind in kinds])
