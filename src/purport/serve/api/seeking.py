"""What may be asked of incidents over the API: the words of an address of the page Find, so that a question goes from one to the other."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field

from purport.serve.blind import hidden_in
from purport.serve.finding import Asked
from purport.serve.looking import MOST_CHOSEN, MOST_QUERY, asked_of

DAY = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
AREA = r"^-?\d{1,3}(\.\d{1,8})?(,-?\d{1,3}(\.\d{1,8})?){3}$"
MOST = 1_000_000

Value = Annotated[str, Field(min_length=1, max_length=300)]
Values = list[Value]
Order = Literal["newest", "oldest", "pages", "sources", "killed", "best"]


def _facet(what: str) -> Any:
    """A parameter that may be repeated."""
    return Field([], max_length=MOST_CHOSEN, description=f"{what}. Given several times, any of them will do.")


class Sought(BaseModel):
    """What narrows incidents down; all of it at once."""

    q: str = Field("", max_length=MOST_QUERY, description="Words and fields that its pages and events match, as for `purport search`.")
    place: str | None = Field(
        None, min_length=1, max_length=200, pattern=r"\w", description="Words of a place, province or country; the same as `place:` in `q`."
    )
    since: str | None = Field(None, pattern=DAY, description="It can have happened on that day, month or year, or later.")
    until: str | None = Field(None, pattern=DAY, description="It can have happened on that day, month or year, or before.")
    box: str | None = Field(None, pattern=AREA, max_length=80, description="West,south,east,north in degrees: its place lies inside.")
    min_pages: int = Field(1, ge=1, le=MOST, description="Told by at least so many pages.")
    min_sources: int = Field(0, ge=0, le=MOST, description="Resting on at least so many independent sources.")
    status: Values = _facet("Status, for example `confirmed` or `contested`")
    own_status: Values = _facet("Status by the project's own codebook")
    group: Values = _facet("Group of types of the project's own codebook")
    type: Values = _facet("Type of the codebook that one of its events has")
    actor: Values = _facet("Perpetrator or target that is a body, as the facet names it")
    country: Values = _facet("Country, by its ISO 3166 code of two letters")
    province: Values = _facet("Province")
    outlet: Values = _facet("Outlet of one of its pages")
    source: Values = _facet("Kind of one on whose word it rests")
    review: Values = _facet("How far people have come with it")
    sensitivity: Values = _facet("`open`, `sensitive`, `restricted`, or `not set`")
    disputed: Values = _facet("`yes` where values cannot all be true, `no` where they can")
    sort: Order = Field("pages", description="Newest or oldest first, most pages, independent sources or killed, or best match of `q`.")


def asked(request: Request, given: Annotated[Sought, Query()]) -> Asked:
    """What the address asks for, without what is hidden from who asks. Raises QueryError."""
    found = replace(asked_of(request.query_params), sort=given.sort)
    if given.place:
        found = replace(found, query=f'{found.query} place:"{given.place.replace(chr(34), " ")}"'.strip())
    return found.without(hidden_in(request).ids)


Day = Annotated[str | None, Query(pattern=DAY, description="A day, month or year.")]
Seeking = Annotated[Asked, Depends(asked)]
