"""What people decide, as the API takes and gives it. A claim's value has the form that it has in reports."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from purport.decisions import Change
from purport.model import EntityKind, Factuality, Judgement, Span, Value, Verdict
from purport.store.query import STRAY
from purport.wire import change_to_json, value_from_json, value_to_json

CODE, NAME, NOTE = 100, 500, 10_000  #: characters of what is sent


def _whole(text: str) -> str:
    if STRAY.search(text):
        raise ValueError("half of a surrogate pair is no character")
    return text


Code = Annotated[str, AfterValidator(_whole), Field(min_length=1, max_length=CODE)]
Name = Annotated[str, AfterValidator(_whole), Field(min_length=1, max_length=NAME)]
Note = Annotated[str, AfterValidator(_whole), Field(max_length=NOTE)]
Number = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Form(BaseModel):
    """What is sent has these fields alone."""

    model_config = ConfigDict(extra="forbid")


class ThingValue(Form):
    """An actor, victim or object."""

    type: Literal["thing"]
    name: Name
    kind: EntityKind = EntityKind.OTHER
    entity_id: Code | None = None
    actor_code: Code | None = None


class PlaceValue(Form):
    """A place; coordinates in WGS 84 degrees."""

    type: Literal["place"]
    name: Name
    country: Code | None = None
    admin1: Code | None = None
    geonames_id: Number | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    precision: Literal["exact", "near", "district", "province", "country", "region", "unknown"] = "unknown"


class TimeValue(Form):
    """A TIMEX3 value and EDTF."""

    type: Literal["time"]
    value: Code
    edtf: Code | None = None


class CountValue(Form):
    """A number of people; an open end is null."""

    type: Literal["count"]
    kind: Literal["killed", "injured", "casualties", "missing", "detained", "abducted", "displaced"]
    low: Number | None
    high: Number | None
    who: Code | None = None


class TypeValue(Form):
    """A type of the codebook."""

    type: Literal["event_type"]
    code: Code


AnyValue = Annotated[ThingValue | PlaceValue | TimeValue | CountValue | TypeValue, Field(discriminator="type")]


def value_of(sent: AnyValue) -> Value:
    """The value that was sent."""
    return value_from_json(sent.model_dump(mode="json"))


class SentSpan(Form):
    """Half-open range of code points of the page's text."""

    start: Number
    end: Number


class SentChange(Form):
    """What a correction changes beside the value; what is left out stays as it is. `attribution_id`: "" for the outlet's own voice."""

    spans: Annotated[list[SentSpan], Field(min_length=1, max_length=50)] | None = None
    attribution_id: Annotated[str, AfterValidator(_whole), Field(max_length=CODE)] | None = None
    factuality: Factuality | None = None


class NewJudgement(Form):
    """A decision about one claim. A correction, and nothing else, needs a value or a change; `withdrawn` takes one's last word back."""

    verdict: Verdict
    value: AnyValue | None = None
    change: SentChange | None = None
    note: Note = ""


class KeptJudgement(BaseModel):
    """A decision as it is kept; never changed, only followed by a later one."""

    id: str
    claim_id: str
    verdict: Verdict
    value: AnyValue | None
    change: dict[str, Any] | None
    note: str
    coder: str
    made_at: str
    previous_id: str | None


def change_of(sent: SentChange) -> Change:
    """The change that was sent."""
    spans = None if sent.spans is None else tuple(Span(span.start, span.end) for span in sent.spans)
    return Change(spans, sent.attribution_id, sent.factuality)


def kept(judgement: Judgement) -> dict[str, Any]:
    """The decision as the API gives it."""
    return {
        **asdict(judgement),
        "value": None if judgement.value is None else value_to_json(judgement.value),
        "change": None if judgement.change is None else change_to_json(judgement.change),
    }
