"""The fields that coders answer, read from one YAML file; a project's own codebook has the same form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from purport.codebook import by_hand, in_use, per_codebook, role_name, types_in_use
from purport.codebook.records import OwnRole
from purport.errors import ResourceError
from purport.model import Role
from purport.resources import yaml_of
from purport.review.agreement import Level
from purport.wording import label

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


@per_codebook
def codebook(path: Path | None = None) -> Codebook:
    """The codebook in a file; without ``path`` purport's own, with the types, roles and fields of the codebook in use.

    Raises ResourceError for a file that breaks the form.
    """
    where = str(path or OWN)
    try:
        given = yaml_of(OWN) if path is None else yaml.safe_load(path.read_text(encoding="utf-8"))
        fields = {name: _field(name, said) for name, said in given["fields"].items()}
        fields = _as_in_use(fields) if path is None and in_use() else fields
        return Codebook(fields, dict(given.get("number_words", {})))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(f"no codebook of fields: {error}", where=where, remedy=f"see {OWN} for the form") from error


#: Keys of quick coding for types, those of the package's own first.
KEYS = "kacbshgtduwlformqyeijnpvxz0123456789"


def _as_in_use(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields with the types of the codebook in use, its names of roles, and what coders fill in by hand."""
    types = types_in_use()
    named = {name: replace(each, label=role_name(each.role, types, count=each.count or "") or each.label) for name, each in fields.items()
             if each.role is not None and each.role is not Role.TYPE}  # fmt: skip
    typed = {name: replace(each, choices=keyed(types)) for name, each in fields.items() if each.role is Role.TYPE}
    return {**fields, **named, **typed, **{role.code: _by_hand(role) for role in by_hand()}}


def keyed(types: Iterable[str]) -> dict[str, str]:
    """Types by key: their own, else the next free one; where there is none left, two characters that no key has."""
    own = {code: each.key for code, each in in_use().types.items() if each.key}
    free = iter([key for key in KEYS if key not in own.values()])
    return {own.get(code) or next(free, f"#{number}"): code for number, code in enumerate(types)}


def _by_hand(role: OwnRole) -> Field:
    field = _field(role.code, role.asked)
    return replace(field, question=f"{field.question} Of: {', '.join(map(label, role.of))}.") if role.of else field


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
