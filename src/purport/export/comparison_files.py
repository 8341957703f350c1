"""A comparison with an outside table as JSON or CSV."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from purport.export.claim_table import Cell, harmless
from purport.outside import Comparison, Gist, Matched, OutsideRow
from purport.print_safe import json_safe

COLUMNS = (
    "status", "score", "differs", "incident", "our_first", "our_last", "our_place", "our_country", "our_low", "our_high", "our_actors",
    "line", "row", "first", "last", "place", "country", "low", "best", "high", "actors", "claims", "sources",
)  # fmt: skip


def write_comparison_json(comparison: Comparison, file: IO[str]) -> None:
    """One JSON object in one line: the counts, then every list with both sides in full."""
    value = {
        "form": comparison.form,
        "counts": counts_of(comparison),
        "found": round(comparison.found, 4),
        "shared": round(comparison.shared, 4),
        "matched": [_pair(m) for m in comparison.matched],
        "missing": [asdict(row) for row in comparison.missing],
        "extra": [_gist(g) for g in comparison.extra],
        "beyond": [_gist(g) for g in comparison.beyond],
        "failures": [asdict(f) for f in comparison.failures],
    }
    file.write(json_safe(json.dumps(value, ensure_ascii=False)) + "\n")


def counts_of(comparison: Comparison) -> dict[str, int]:
    """How many of each kind."""
    return {
        "matched": len(comparison.matched),
        "different": len(comparison.different),
        "missing": len(comparison.missing),
        "extra": len(comparison.extra),
        "beyond": len(comparison.beyond),
        "unreal": comparison.unreal,
        "unread_lines": len(comparison.failures),
    }


def _pair(pair: Matched) -> dict[str, Any]:
    return {
        "score": pair.score,
        "parts": dict(pair.parts),
        "incident": _gist(pair.incident),
        "row": asdict(pair.row),
        "differences": [asdict(d) for d in pair.differences],
    }


def _gist(gist: Gist) -> dict[str, Any]:
    return asdict(gist) | {"said": {field: asdict(sayings) for field, sayings in gist.said}}


def write_comparison_csv(comparison: Comparison, file: IO[str]) -> int:
    """One row a matched pair, a row of the table that we lack, an incident that it lacks; the number of rows written."""
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    number = 0
    for row in _rows(comparison):
        writer.writerow({name: harmless(cell) for name, cell in row.items()})
        number += 1
    return number


def _rows(comparison: Comparison) -> Iterator[dict[str, Cell]]:
    for pair in comparison.matched:
        yield _match(pair) | _ours(pair.incident) | _theirs(pair.row)
    for row in comparison.missing:
        yield _status("missing") | _theirs(row)
    for status, gists in (("extra", comparison.extra), ("beyond", comparison.beyond)):
        for gist in gists:
            yield _status(status) | _ours(gist)


def _status(word: str) -> dict[str, Cell]:
    return {"status": word}


def _match(pair: Matched) -> dict[str, Cell]:
    return {
        "status": "different" if pair.differences else "matched",
        "score": pair.score,
        "differs": "; ".join(d.field for d in pair.differences),
        "claims": "; ".join(c for d in pair.differences for c in d.ours.claims),
        "sources": "; ".join(dict.fromkeys(s for d in pair.differences for s in d.ours.sources)),
    }


def _ours(gist: Gist) -> dict[str, Cell]:
    return {
        "incident": gist.id,
        "our_first": gist.first,
        "our_last": gist.last,
        "our_place": gist.place,
        "our_country": gist.country,
        "our_low": gist.low,
        "our_high": gist.high,
        "our_actors": "; ".join(gist.actors),
    }


def _theirs(row: OutsideRow) -> dict[str, Cell]:
    return {
        "line": row.line,
        "row": row.id,
        "first": row.first,
        "last": row.last,
        "place": row.place,
        "country": row.country,
        "low": row.low,
        "best": row.best,
        "high": row.high,
        "actors": "; ".join(row.actors),
    }
