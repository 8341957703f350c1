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
    from purport.accounts import Account, Contest, Grade, GradeCode, Leg, Resolution, Resolved, Route, Saying, Stop, Told, TollPoint
    from purport.api import Page, pages, read, read_text
    from purport.codebook.parsing import load_codebook
    from purport.codebook.records import Codebook
    from purport.comparison import compare
    from purport.errors import FetchError, InputError, PurportError, QueryError, ResourceError, SettingsError, StoreError
    from purport.incident import Folded, Incident, Link, LinkJudgement, LinkVerdict, Origin, Sketch, Standing, Telling
    from purport.incidents.origins import with_origins
    from purport.incidents.policies import resolve
    from purport.incidents.summary import account_of
    from purport.linkage import LinkRun
    from purport.listing import account, incidents
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
    "Account",
    "AttributedReading",
    "Attribution",
    "Block",
    "BlockKind",
    "Capture",
    "Claim",
    "Codebook",
    "Comparison",
    "Contest",
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
    "Folded",
    "Gist",
    "Grade",
    "GradeCode",
    "Incident",
    "InputError",
    "Judgement",
    "Leg",
    "Link",
    "LinkJudgement",
    "LinkRun",
    "LinkVerdict",
    "Matched",
    "Mention",
    "Origin",
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
    "Resolution",
    "Resolved",
    "ResourceError",
    "Role",
    "Route",
    "Saying",
    "Sayings",
    "Sentence",
    "Settings",
    "SettingsError",
    "Sketch",
    "Source",
    "SourceKind",
    "Span",
    "Stance",
    "Standing",
    "StatusCode",
    "Stop",
    "Store",
    "StoreError",
    "Telling",
    "Thing",
    "Time",
    "TimeExpression",
    "Token",
    "Told",
    "TollPoint",
    "Toponym",
    "Verdict",
    "account",
    "account_of",
    "add",
    "compare",
    "incidents",
    "judge_links",
    "load_codebook",
    "merge",
    "pages",
    "read",
    "read_text",
    "reread",
    "resolve",
    "status_code",
    "status_of",
    "with_origins",
]

#: Where a public name is defined, if not among the records.
_HOMES = {
    "purport.accounts": (
        "Account",
        "Contest",
        "Grade",
        "GradeCode",
        "Leg",
        "Resolution",
        "Resolved",
        "Route",
        "Saying",
        "Stop",
        "Told",
        "TollPoint",
    ),
    "purport.api": ("Page", "pages", "read_text"),
    "purport.codebook.parsing": ("load_codebook",),
    "purport.codebook.records": ("Codebook",),
    "purport.comparison": ("compare",),
    "purport.errors": ("FetchError", "InputError", "PurportError", "QueryError", "ResourceError", "SettingsError", "StoreError"),
    "purport.incident": ("Folded", "Incident", "Link", "LinkJudgement", "LinkVerdict", "Origin", "Sketch", "Standing", "Telling"),
    "purport.incidents": ("account_of", "resolve", "with_origins"),
    "purport.linkage": ("LinkRun",),
    "purport.listing": ("account",),
    "purport.merging": ("judge_links", "merge"),
    "purport.outside": ("Comparison", "Difference", "Gist", "Matched", "OutsideRow", "OutsideTable", "Sayings"),
    "purport.pipeline": ("Pipeline",),
    "purport.project": ("add", "reread"),
    "purport.settings": ("Settings",),
    "purport.status": ("StatusCode", "status_code", "status_of"),
    "purport.store": ("Store",),
}

#: Rooms that can be called, and where the function of that name is.
_ROOMS = {"read": "purport.api", "incidents": "purport.listing"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("purport")
    if name in _ROOMS:
        return import_module(f"purport.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'purport' has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), "purport.model")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _CallableRoom(ModuleType):
    """A room that is also what to call: ``purport.read`` reads pages, ``purport.incidents`` lists incidents."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        name = self.__name__.rpartition(".")[2]
        return getattr(import_module(_ROOMS[name]), name)(*args, **kwargs)


class _Package(ModuleType):
    """This package; when Python binds one of these rooms to it, the room becomes callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ROOMS and isinstance(value, ModuleType):
            value.__class__ = _CallableRoom
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
