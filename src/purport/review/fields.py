"""The fields that coders answer, read from one YAML file; a project's own codebook has the same form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from purport.errors import ResourceError
from purport.model import Role
from purport.resources import yaml_of
from purport.review.agreement import Level

OWN = "review/fields.yaml"


class Form(StrEnum):
    """How an answer is given."""

    CHOICE = "choice"
    WORDS = "words"
    PLACE = "place"
    DATE = "date"
    COUNT = "count"


class Compare(StrEnum):
    """When two answers are equal."""

    CODE = "code"
    ACTOR = "actor"
    WORDS = "words"
    PLACE = "place"
    DAYS = "days"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One question about an event. ``choices``: code by key. ``may_be_unsaid``: "the page does not say" is an answer."""

    name: str
    label: str
    question: str
    form: Form
    level: Level
    compare: Compare
    choices: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    count: str | None = None
    may_be_unsaid: bool = True
    is_asked: bool = False


#: Asked of every unit, before all fields: without a yes there is nothing else to answer.
IS_EVENT = Field(
    "event",
    "Event",
    "Is this an event of the codebook?",
    Form.CHOICE,
    Level.NOMINAL,
    Compare.CODE,
    {"y": "yes", "n": "no"},
    may_be_unsaid=False,
)


@dataclass(frozen=True, slots=True)
class Codebook:
    """Fields by name, and words that stand for a number or a range."""

    fields: Mapping[str, Field]
    number_words: Mapping[str, str]

    def chosen(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        """The fields of a round, in the order of the codebook; a name that it no longer has is left out."""
        return tuple(each for name, each in self.fields.items() if name in names)


@cache
def codebook(path: Path | None = None) -> Codebook:
    """The codebook in a file, without ``path`` purport's own. Raises ResourceError for a file that breaks the form."""
    where = str(path or OWN)
    try:
        given = yaml_of(OWN) if path is None else yaml.safe_load(path.read_text(encoding="utf-8"))
        fields = {name: _field(name, said) for name, said in given["fields"].items()}
        return Codebook(fields, dict(given.get("number_words", {})))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(f"no codebook of fields: {error}", where=where, remedy=f"see {OWN} for the form") from error


def _field(name: str, said: Mapping[str, Any]) -> Field:
    return Field(
        name,
        str(said["label"]),
        str(said["question"]),
        Form(said["form"]),
        Level(said["level"]),
        Compare(said["compare"]),
        {str(key): str(code) for key, code in said.get("choices", {}).items()},
        Role(said["role"]) if "role" in said else None,
        said.get("count"),
        bool(said.get("unsaid", True)),
        bool(said.get("asked", False)),
    )
