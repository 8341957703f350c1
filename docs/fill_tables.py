"""Copy what is measured and printed into the documentation: ``python docs/fill_tables.py``.

Between HTML comments of README.md stand the invented example page and what purport prints for it, the accuracy figures that
``make evaluate`` wrote, and the speed table that ``make bench`` wrote; in docs/limits.md the invented sentences that come out wrong; in
docs/workbench.md how long people wait for the workbench.
Nothing between those comments is written by hand.
"""

import csv
import io
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from purport import Event

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
LIMITS = ROOT / "docs" / "limits.md"
SENTENCES = ROOT / "docs" / "limits.tsv"
EXAMPLE = ROOT / "docs" / "example.txt"
RESULTS = ROOT / "evaluation" / "RESULTS.md"
SPEED = ROOT / "benchmarks" / "results" / "latest.md"
WORKBENCH = ROOT / "docs" / "workbench.md"
CROWD = ROOT / "benchmarks" / "results" / "workbench.md"
OUTLET = "The Harbour Courier"
COLUMNS = 100
READ_ON = "2016-03-25"


def filled(page: str, parts: dict[str, str]) -> str:
    """The page with each part between ``<!-- name -->`` and ``<!-- /name -->``. Raises ValueError if the marks of a part are not there."""
    for name, part in parts.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page, number = marks.subn(partial(between, part=part), page)
        if number != 1:
            raise ValueError(f"the page has {number} places for {name!r}")
    return page


def between(marks: re.Match[str], *, part: str) -> str:
    return f"{marks[1]}{part.rstrip()}\n{marks[2]}"


def accuracy(results: str | None) -> str:
    """The figures of which a value is asked, those told apart by the own cases included; all others are in RESULTS.md itself."""
    if results is None:
        return "Not measured yet."
    lines = results.splitlines()
    measured = next((line for line in lines if line.startswith("Measured")), "")
    head = [line for line in lines if line.startswith("|")][:2]
    rows = [line for line in lines if line.startswith("| ") and len(cells(line)) == 5 and cells(line)[3] and line not in head]
    return "\n".join([measured, "", *head, *rows])


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def speed(latest: str | None) -> str:
    """The whole table."""
    return latest or "Not measured yet."


def example_output() -> str:
    """What ``purport read`` prints for the example page in a terminal of 100 columns, as a fenced block."""
    from rich.console import Console

    from purport import Page, Settings, pages
    from purport.terminal import page_view

    (page,) = (found for found in pages(EXAMPLE, settings=Settings(outlet=OUTLET)) if isinstance(found, Page))
    console = Console(file=io.StringIO(), width=COLUMNS, markup=False, highlight=False, emoji=False)
    with console.capture() as printed:
        console.print(page_view(page.report, digest=page.capture.digest))
    return fenced(printed.get(), command=f'purport read docs/example.txt --outlet "{OUTLET}"')


def limits() -> str:
    """A table of the sentences whose reading is not the right one."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = ["| kind | sentence | purport says | right |", "|---|---|---|---|"]
    for row in rows:
        said = reading_of(row["sentence"])
        if said.casefold() != row["right"].casefold():
            lines.append(f"| {row['kind']} | {row['sentence']} | {said} | {row['right']} |")
    return "\n".join([f"Wrong: {len(lines) - 2} of the {len(rows)} sentences, which were chosen for being hard.", "", *lines])


def reading_of(sentence: str) -> str:
    """The events of a sentence as "type: status, by perpetrators", in the order of the text; "no event" if there is none."""
    import purport

    report = purport.read_text(sentence, published=READ_ON)
    events = sorted(report.events, key=lambda event: event.triggers[0])
    return "; ".join(f"{event.type}: {purport.status_code(event, report).value}{doers(event)}" for event in events) or "no event"


def doers(event: "Event") -> str:
    from purport import Factuality, Role

    said = [claim.words for claim in event.claims if claim.role is Role.PERPETRATOR and claim.factuality is not Factuality.NOT_CERTAIN]
    return f", by {' and '.join(dict.fromkeys(said))}" if said else ""


def fenced(text: str, *, command: str = "") -> str:
    """``text`` as a block of code, after the command that gave it."""
    lines = [f"$ {command}"] if command else []
    lines += [line.rstrip() for line in text.strip("\n").splitlines()]
    return "\n".join(["```console" if command else "```text", *lines, "```"])


def read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def tables() -> dict[str, str]:
    """What stands in files: the example's text, accuracy, speed."""
    return {"example text": fenced(EXAMPLE.read_text(encoding="utf-8")), "accuracy": accuracy(read(RESULTS)), "speed": speed(read(SPEED))}


def fill(page: Path, parts: dict[str, str]) -> None:
    before = page.read_text(encoding="utf-8")
    after = filled(before, parts)
    page.write_text(after, encoding="utf-8")
    print(f"{page.name} is {'as it was' if after == before else 'filled anew'}")


def main() -> int:
    fill(README, tables() | {"example": example_output()})
    fill(LIMITS, {"limits": limits()})
    fill(WORKBENCH, {"performance": speed(read(CROWD))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
