"""``python tests/examples/drop_met_gaps.py``: takes known gaps that are met by now out of ``expected.yaml``; lists what else is unmet."""

import sys
from collections.abc import Iterable
from pathlib import Path

from expectations import NAME, expectations
from test_examples import captures

import purport.resources
from purport.pipeline import Pipeline


def main() -> int:
    pipeline = Pipeline()
    reports = {name: pipeline.report(capture) for name, capture in captures().items()}
    unmet = {e.id for e in expectations() if e.missing(reports[e.page])}
    met = [e.id for e in expectations() if e.gap and e.id not in unmet]
    unmarked = sorted(e.id for e in expectations() if not e.gap and e.id in unmet)
    path = Path(purport.resources.__file__).parent / NAME
    path.write_text(without(path.read_text(encoding="utf-8"), met), encoding="utf-8")
    print(
        f"{1 - len(unmet) / len(expectations()):.3f} met",
        *(f"dropped {name}" for name in met),
        *(f"UNMARKED {name}" for name in unmarked),
        sep="\n",
    )
    return 1 if unmarked else 0


def without(text: str, names: Iterable[str]) -> str:
    """The YAML without the list items of these names, and without causes that no expectation is left of."""
    items = {"      - '" + name.replace("'", "''") + "'" for name in names}
    head, mark, gaps = text.partition("\nknown_gaps:\n")
    causes = [[line for line in cause.splitlines() if line not in items] for cause in gaps.split("  - cause: ")[1:]]
    kept = ["  - cause: " + "\n".join(lines) + "\n" for lines in causes if any(line.startswith("      - ") for line in lines)]
    return head + mark + "".join(kept) if kept else head + "\nknown_gaps: []\n"


if __name__ == "__main__":
    sys.exit(main())
