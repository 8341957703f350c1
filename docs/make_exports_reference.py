"""Writes the tables of ``docs/exports.md`` from the formats themselves; run it as a script. A test fails when the page is stale."""

from pathlib import Path

from purport.export.catalogue import EVERY, Format
from purport.incidents.policies import policy_of

PAGE = Path(__file__).parent / "exports.md"
MARK = "<!-- made by docs/make_exports_reference.py; do not edit below -->"


def page() -> str:
    """The whole page: what is written by hand, then a section a format."""
    by_hand = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    return f"{by_hand}{MARK}\n\n{_overview()}\n" + "\n".join(_section(format) for format in EVERY)


def _overview() -> str:
    rows = "\n".join(f"| `{each.name}` | {each.about} | {each.unit} | {each.policy or 'none'} |" for each in EVERY)
    return f"## Formats\n\n| format | what it is | a record is a | policy |\n|---|---|---|---|\n{rows}\n"


def _section(format: Format) -> str:
    described = format.described()
    parts = [f"## {format.name}", "", f"{format.about[0].upper()}{format.about[1:]}. Source: {described['source']}.", ""]
    parts += [f"Checked: {described['checked']}.", ""]
    if format.policy:
        policy = policy_of(format.policy)
        parts += [f"Policy unless another is named: `{policy.label}`: {policy.states}.", ""]
    if "columns" in described:
        parts += ["| column | what of purport |", "|---|---|"]
        parts += [f"| `{name}` | {holds or 'empty: cannot be known here'} |" for name, holds in described["columns"].items()]
    else:
        parts += [f"Holds: {described['holds']}."]
    parts += ["", f"Left out: {'; '.join(described['left_out'])}.", "", f"Cannot say: {'; '.join(described['cannot'])}.", ""]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
