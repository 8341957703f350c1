"""The description of the API as a page to read."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from purport.serve.access import Reader
from purport.serve.api.schemas import describe
from purport.serve.drawing import draw

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to be said in the address; ``kind`` in a word or two."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Route:
    """One address and what it does."""

    method: str
    address: str
    text: str
    parameters: tuple[Parameter, ...]


@router.get("/")
def read_description(request: Request, person: Reader) -> Response:
    """Every address with its parameters."""
    groups: dict[str, list[Route]] = {}
    description = describe(request.app)
    for address, methods in description["paths"].items():
        for method, operation in methods.items():
            groups.setdefault((operation.get("tags") or ["other"])[0], []).append(_route(method, address, operation))
    return draw(request, "api.html", person=person, groups=groups, about=description["info"]["description"])


def _route(method: str, address: str, operation: dict[str, Any]) -> Route:
    parameters = tuple(_parameter(each) for each in operation.get("parameters", []))
    return Route(method.upper(), f"/api/v1{address}", operation.get("description", ""), parameters)


def _parameter(said: dict[str, Any]) -> Parameter:
    return Parameter(said["name"], _kind(said["schema"]), said.get("description", ""))


def _kind(schema: dict[str, Any]) -> str:
    choices = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    words = [" | ".join(map(str, each["enum"])) if "enum" in each else str(each.get("type", "")) for each in choices]
    default = f", {schema['default']} if left out" if schema.get("default") not in (None, "", False) else ""
    return " or ".join(words) + default
