"""What the reader may see of a gold record: never its answers."""

from pathlib import Path
from typing import Any

Record = dict[str, Any]

#: Fields that every task may use where a record has them.
ALLOWED = ("id", "text", "published", "dct", "title", "page_title", "url", "lang")
#: Further fields of single tasks.
EXTRA = {"event_places": ("verb",), "factuality": ("tokens",), "main_text": ("html",), "toll": ("html",)}


def hide(record: Record, *, task: str, folder: Path) -> Record:
    """``record`` with only what ``task`` allows; ``html`` becomes the absolute ``html_path``; factuality targets lose their values."""
    seen = {key: record[key] for key in (*ALLOWED, *EXTRA.get(task, ())) if record.get(key) is not None}
    if task == "factuality":
        seen["targets"] = [{key: t[key] for key in ("start_token", "end_token", "span_text") if key in t} for t in record["targets"]]
    if "html" in seen:
        seen["html_path"] = str((folder / seen.pop("html")).resolve())
    if task == "main_text":
        seen.pop("text", None)
        seen.pop("title", None)
    return seen
