"""The form of an answer, checked before anything of it is believed."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from purport.model import Factuality, Role, Stance

Quote = Annotated[str, Field(min_length=1, max_length=400)]
Sentence = Annotated[str, Field(max_length=4000)]
Number = Annotated[int, Field(ge=0, le=100_000_000)]
CountKind = Literal["killed", "injured", "casualties", "missing", "detained", "abducted", "displaced"]
SaidRole = Literal["perpetrator", "target", "instrument", "place", "time", "count", "name"]
MOST_EVENTS, MOST_CLAIMS = 60, 60


class Said(BaseModel):
    """What events and claims have in common: the words, and who says them."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    quote: Quote
    sentence: Sentence | None = None
    source: Quote | None = None
    cue: Quote | None = None
    stance: Literal[tuple(stance.value for stance in Stance)] | None = None  # type: ignore[valid-type]
    factuality: Literal[tuple(value.value for value in Factuality)] = "CT+"  # type: ignore[valid-type]


class SaidClaim(Said):
    """One value of one role."""

    role: SaidRole
    edtf: Annotated[str, Field(max_length=40)] | None = None
    kind: CountKind | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def as_role(self) -> Role:
        return Role(self.role)


class SaidEvent(Said):
    """One happening; ``type`` is checked against the codebook later."""

    type: Annotated[str, Field(max_length=60)]
    claims: Annotated[tuple[SaidClaim, ...], Field(max_length=MOST_CLAIMS, strict=False)] = ()


class Answer(BaseModel):
    """All that the second reader says of one passage."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    events: Annotated[tuple[SaidEvent, ...], Field(max_length=MOST_EVENTS, strict=False)] = ()


def schema() -> Mapping[str, Any]:
    """The JSON Schema that the endpoint is asked to keep to."""
    return Answer.model_json_schema()


def answer_of(words: str) -> Answer | None:
    """The answer, also from inside a fence of Markdown; None if it is not in the form."""
    start, end = words.find("{"), words.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        return Answer.model_validate_json(words[start : end + 1])
    except (ValidationError, RecursionError):
        return None
