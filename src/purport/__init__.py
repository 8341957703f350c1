"""purport reads news pages about political violence and records every event on whose word it rests and how sure, with exact evidence.

>>> import purport
>>> report = purport.read_text("Gunmen killed two farmers near Mosul, the governor said.", published="2015-12-02")
>>> report.events[0].voice
'sources'

The names below are loaded when they are first used, so that ``import purport`` costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from purport.api import Page, pages, read, read_text
    from purport.comparison import compare
    from purport.errors import FetchError, InputError, PurportError, QueryError, ResourceError, SettingsError, StoreError
    from purport.incident import Incident, Link, LinkJudgement, LinkVerdict, Sketch
    from purport.linkage import LinkRun
    from purport.merging import judge_links, merge
    from purport.model import (
        AttributedReading,
        Attribution,
        Block,
        BlockKind,
        Capture,
        Claim,
        Count,
        Document,
        Entity,
        EntityKind,
        Event,
        EventType,
        Factuality,
        Failure,
        Judgement,
        Mention,
        Place,
        Quantity,
        Reading,
        Report,
        Role,
        Sentence,
        Source,
        SourceKind,
        Span,
        Stance,
        Thing,
        Time,
        TimeExpression,
        Token,
        Toponym,
        Verdict,
    )
    from purport.outside import Comparison, Difference, Gist, Matched, OutsideRow, OutsideTable, Sayings
    from purport.pipeline import Pipeline
    from purport.project import add, reread
    from purport.settings import Settings
    from purport.status import StatusCode, status_code, status_of
    from purport.store import Store

__all__ = [
    "AttributedReading",
    "Attribution",
    "Block",
    "BlockKind",
    "Capture",
    "Claim",
    "Comparison",
    "Count",
    "Difference",
    "Document",
    "Entity",
    "EntityKind",
    "Event",
    "EventType",
    "Factuality",
    "Failure",
    "FetchError",
    "Gist",
    "Incident",
    "InputError",
    "Judgement",
    "Link",
    "LinkJudgement",
    "LinkRun",
    "LinkVerdict",
    "Matched",
    "Mention",
    "OutsideRow",
    "OutsideTable",
    "Page",
    "Pipeline",
    "Place",
    "PurportError",
    "Quantity",
    "QueryError",
    "Reading",
    "Report",
    "ResourceError",
    "Role",
    "Sayings",
    "Sentence",
    "Settings",
    "SettingsError",
    "Sketch",
    "Source",
    "SourceKind",
    "Span",
    "Stance",
    "StatusCode",
    "Store",
    "StoreError",
    "Thing",
    "Time",
    "TimeExpression",
    "Token",
    "Toponym",
    "Verdict",
    "add",
    "compare",
    "judge_links",
    "merge",
    "pages",
    "read",
    "read_text",
    "reread",
    "status_code",
    "status_of",
]

#: Where a public name is defined, if not among the records.
_HOMES = {
    "purport.api": ("Page", "pages", "read_text"),
    "purport.comparison": ("compare",),
    "purport.errors": ("FetchError", "InputError", "PurportError", "QueryError", "ResourceError", "SettingsError", "StoreError"),
    "purport.incident": ("Incident", "Link", "LinkJudgement", "LinkVerdict", "Sketch"),
    "purport.linkage": ("LinkRun",),
    "purport.merging": ("judge_links", "merge"),
    "purport.outside": ("Comparison", "Difference", "Gist", "Matched", "OutsideRow", "OutsideTable", "Sayings"),
    "purport.pipeline": ("Pipeline",),
    "purport.project": ("add", "reread"),
    "purport.settings": ("Settings",),
    "purport.status": ("StatusCode", "status_code", "status_of"),
    "purport.store": ("Store",),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("purport")
    if name == "read":
        return import_module("purport.read")
    if name not in __all__:
        raise AttributeError(f"module 'purport' has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), "purport.model")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _CallableRoom(ModuleType):
    """The room ``purport.read``, which is also what to call to read pages: its name is the same as the function's."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return import_module("purport.api").read(*args, **kwargs)


class _Package(ModuleType):
    """This package; when Python binds the room ``read`` to it, the room becomes callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = _CallableRoom
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
