"""``purport evaluate``: the reader scored on a user's own gold."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

    from purport.pipeline import Pipeline
    from purport.scoring import Scores

DEFAULTS = Settings()
Gold = Annotated[
    Path,
    typer.Argument(
        metavar="GOLD",
        help="Coded pages: JSON Lines of docs/codebook.md, or what brat, INCEpTION or Label Studio exported.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object of figures instead of a table.")]
Predictions = Annotated[
    Path | None, typer.Option("--predictions", metavar="FILE", help="Also write what was read, in the form of the gold.")
]


@explained
def evaluate(
    gold: Gold,
    as_json: AsJson = False,
    predictions: Predictions = None,
    reader: options.Reader = DEFAULTS.reader,
    models: options.Models = None,
    codebook: options.OwnCodebook = None,
) -> None:
    """Read the pages of a gold file, without their answers, and say how well the reading agrees with them."""
    from purport.pipeline import Pipeline
    from purport.scoring import score

    records = gold_records(gold)
    pipeline = Pipeline(options.reader_settings(reader, models=models, codebook=codebook))
    read = [_progress(_read(record, pipeline=pipeline), number, of=len(records)) for number, record in enumerate(records, start=1)]
    if predictions is not None:
        _write(predictions, read)
    scores = score(records, read)
    if as_json:
        print(json.dumps(figures_of(scores)))
        return
    from purport.terminal import screen

    screen().print(_table(scores, name=gold.name))
    for name, share in scores.shares.items():
        print(f"{name:20} {'nothing to count' if share is None else f'{share:.3f}'}")


def gold_records(path: Path) -> list[dict[str, Any]]:
    """The gold, checked: JSON Lines, or annotations of brat, INCEpTION or Label Studio. Raises InputError with the line for what is
    not in its form."""
    from purport.annotation import read_gold
    from purport.errors import InputError
    from purport.goldform import checked

    records = read_gold(path)
    if records is None:
        lines = _lines(path)
        records = [checked(line, where=f"{path}, line {number}") for number, line in enumerate(lines, start=1) if line.strip()]
    ids = [record["id"] for record in records]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None or not records:
        what = "no record in it" if not records else f"the id {twice!r} stands there twice"
        raise InputError(what, where=str(path), remedy="give one coded page a line, each with an id of its own")
    return records


def _lines(path: Path) -> list[str]:
    from purport.errors import InputError

    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", where=str(path), remedy="save it as UTF-8") from error


def _progress(read: dict[str, Any], number: int, *, of: int) -> dict[str, Any]:
    if sys.stderr.isatty() or number == of:
        say(f"{number} of {of} pages read")
    return read


def _read(record: dict[str, Any], *, pipeline: "Pipeline") -> dict[str, Any]:
    """What the reader says of one page, its gold answers unseen."""
    from purport.extract import document_of_text
    from purport.goldform import gold_record

    beside = {name: record.get(name) for name in ("title", "published", "url")}
    document = document_of_text(record["text"], id=record["id"], **beside)
    return gold_record(pipeline.report_of(document))


def _write(path: Path, records: list[dict[str, Any]]) -> None:
    from purport.files import written

    with written(path) as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def figures_of(scores: "Scores") -> dict[str, Any]:
    """The scores as plain JSON values."""
    figures = {
        name: {"p": round(f.precision, 4), "r": round(f.recall, 4), "f": round(f.f, 4), "hits": f.hits, "read": f.read, "gold": f.gold}
        for name, f in scores.figures.items()
    }
    shares = {name: None if share is None else round(share, 4) for name, share in scores.shares.items()}
    return {"documents": scores.documents, **figures, **shares}


def _table(scores: "Scores", *, name: str) -> "Table":
    from rich import box
    from rich.table import Table

    from purport.print_safe import print_safe

    table = Table(title=print_safe(f"{name}: {scores.documents} pages"), box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column("figure")
    for column in ("precision", "recall", "F", "right", "read", "gold"):
        table.add_column(column, justify="right")
    for figure, f in scores.figures.items():
        table.add_row(figure, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f:.3f}", *map(str, (f.hits, f.read, f.gold)))
    return table
