"""``purport gold``: coded pages in the forms of annotation programs, in and out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from purport.cli.exits import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

Source = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE",
        help="JSON Lines of docs/codebook.md, a folder of brat or INCEpTION, a file of Label Studio, or a project file (as read).",
        show_default=False,
    ),
]
To = Annotated[str, typer.Option("--to", metavar="FORM", help="brat, webanno (INCEpTION), label-studio, or jsonl.")]
Out = Annotated[Path, typer.Option("--out", metavar="PATH", help="A new folder; for jsonl a file.", show_default=False)]
Query = Annotated[str, typer.Option("--query", metavar="QUERY", help="Of a project file only the pages that match.")]


@explained
def gold(source: Source, out: Out, to: To = "jsonl", query: Query = "") -> None:
    """Turn coded pages from one annotation program's form into another's, or a project's pages into drafts to correct there."""
    from purport.annotation import write_gold
    from purport.files import written

    records = list(_records(source, query=query))
    if to == "jsonl":
        with written(out) as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    else:
        write_gold(records, out, format=to)
    print(f"{len(records)} {'page' if len(records) == 1 else 'pages'}: {out}")


def _records(source: Path, *, query: str) -> "Iterator[dict[str, Any]]":
    from purport.cli.evaluate import gold_records

    if _is_project(source):
        from purport.goldform import page_record
        from purport.store import Store

        with Store(source, read_only=True) as store:
            yield from (page_record(report) for report in store.reports(query) if report.document.unread is None)
    else:
        yield from gold_records(source)


def _is_project(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
