"""Entries of the log in words, and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache

from purport.decisions import LogEntry
from purport.resources import yaml_of

WITHHELD = "[withheld]"
#: What of a detail tells nothing of the content of a page.
PLAIN = frozenset(
    (
        *(
            "action",
            "by",
            "coder",
            "counts",
            "days",
            "format",
            "id",
            "is_active",
            "level",
            "links",
            "made_at",
            "memberships",
            "number",
            "role",
        ),
        *("since", "state", "times", "to", "from", "verdict", "names", "address", "linker", "reader", "reading", "capture", "digest"),
    )
)
LINE = 200  #: characters of a value in a sentence


def sentence_of(entry: LogEntry) -> str:
    """What an entry says, in one sentence."""
    form = _sentences().get(entry.action, "{person} did: {action}, {subject}" if entry.person else "{action}, {subject}")
    said = form.format_map(_Known({**entry.detail, **_first_row(entry), "subject": entry.subject, "action": entry.action}, entry.person))
    return f"{said}{' (its detail was erased)' if entry.is_emptied else ''}."


def json_of(entry: LogEntry, *, masked: bool) -> str:
    """One line of JSON. ``masked``: words that people or pages gave are withheld; numbers, ids and hashes stay."""
    record = asdict(entry)
    if masked:
        record["detail"] = _withheld(entry.detail)
    return json.dumps({**record, "sentence": sentence_of(entry)}, ensure_ascii=False, sort_keys=True)


def _withheld(detail: Mapping[str, object]) -> dict[str, object]:
    return {name: value if name in PLAIN else WITHHELD for name, value in detail.items()}


def _first_row(entry: LogEntry) -> Mapping[str, object]:
    rows = entry.detail.get("rows")
    first = rows[0] if isinstance(rows, list) and rows else {}
    return first if isinstance(first, dict) else {}


class _Known(dict[str, str]):
    """The words of a sentence; what is not known is "…", nobody is "Somebody"."""

    def __init__(self, known: Mapping[str, object], person: str) -> None:
        super().__init__({name: str(value)[:LINE] for name, value in known.items() if value is not None})
        self["person"] = person or "Somebody"

    def __missing__(self, name: str) -> str:
        return "…"


@cache
def _sentences() -> Mapping[str, str]:
    known: Mapping[str, str] = yaml_of("log/sentences.yaml")
    return known
