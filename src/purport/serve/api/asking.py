"""How the API may be asked: known parameters alone, from no other site, a page of a list at a time, names of victims only by right."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from purport.decisions import Person, PersonRole
from purport.serve.access import Bench, Reader, bearer_of, comes_from_here, cookie_of, csrf_checked, session_of
from purport.serve.api.schemas import describe

MOST_LISTED = 500  #: records of one page of a list
MOST_REPORTS = 100  #: whole reports of one page of a list; each is some 50 kB
FURTHEST = 10_000_000
SAFE = ("GET", "HEAD", "OPTIONS")


# ------------------------------------------------------------------ parameters
def known_parameters(request: Request) -> None:
    """Raises 422 for a parameter that the description does not name: a misspelt filter would else give everything."""
    address = getattr(request.scope.get("route"), "path", "")
    operation = describe(request.app)["paths"].get(address, {}).get(request.method.lower(), {})
    known = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        told = f"not a parameter of this address; it takes {', '.join(sorted(known)) or 'none'}"
        raise RequestValidationError([{"loc": ("query", name), "msg": told, "type": "extra_forbidden"} for name in unknown])


# ------------------------------------------------------------------ from where
async def from_here(request: Request, bench: Bench) -> None:
    """Raises 403 for a change that a page of another site asks for.

    What rides on a session's cookie needs the session's own token besides; without accounts and without a cookie, a browser must not say
    that it comes from elsewhere. A program says nothing of the kind, or sends a token of its own.
    """
    if request.method in SAFE or bearer_of(request) is not None:
        return
    if not comes_from_here(request):
        raise HTTPException(403, "this request comes from a page of another site")
    if bench.sessions.find(cookie_of(request)) is not None:
        await csrf_checked(request)


# ------------------------------------------------------------------ pages of a list
@dataclass(frozen=True, slots=True)
class Paging:
    """``limit`` records from ``offset`` on."""

    limit: int
    offset: int

    def page(self, request: Request, items: list[Any], *, total: int) -> dict[str, Any]:
        """One page of a list, with the address of the next one."""
        after = self.offset + self.limit
        following = request.url.include_query_params(limit=self.limit, offset=after) if after < total else None
        return {
            "total": total,
            "limit": self.limit,
            "offset": self.offset,
            "next": f"{following.path}?{following.query}" if following else None,
            "items": items,
        }


Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="Records in one answer.")]
FewReports = Annotated[int, Query(ge=1, le=MOST_REPORTS, description="Reports in one answer.")]
Offset = Annotated[int, Query(ge=0, le=FURTHEST, description="Records before the first.")]


def paging(limit: Limit = 50, offset: Offset = 0) -> Paging:
    return Paging(limit, offset)


def paging_of_reports(limit: FewReports = 10, offset: Offset = 0) -> Paging:
    return Paging(limit, offset)


Paged = Annotated[Paging, Depends(paging)]
PagedReports = Annotated[Paging, Depends(paging_of_reports)]


# ------------------------------------------------------------------ names of victims
Unmasked = Annotated[bool, Query(description="Write out names of victims, witnesses and minors; for coders and editors, and logged.")]


@dataclass(frozen=True, slots=True)
class View:
    """What the one who asks is shown."""

    person: Person
    is_masked: bool


def view_of(request: Request, bench: Bench, person: Reader, unmasked: Unmasked = False) -> View:
    """Names are withheld unless asked for; to ask for them is a coder's right and stands in the log."""
    if not unmasked:
        return View(person, is_masked=True)
    if not person.role.may(PersonRole.CODER):
        raise HTTPException(403, f"{person.name} is a {person.role.value}; names of victims are shown to coders and editors")
    session = session_of(request)
    if not session.is_unmasked:
        with bench.stores.writing() as store:
            store.people.note("unmask", person.name, detail={"address": request.url.path, "by": person.name})
    return View(person, is_masked=False)


Seen = Annotated[View, Depends(view_of)]
