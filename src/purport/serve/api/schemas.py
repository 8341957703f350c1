"""The JSON Schemas of reports and incidents as parts of the OpenAPI document, so that one schema holds for files, commands and the API."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from purport.resources import text_of

Json = dict[str, Any]
FILES = {"Report": "report", "Incident": "incident"}
OWN = "#/$defs/"
PARTS = "#/components/schemas/"
REPORT = "urn:purport:report:1#/$defs/"  #: how the schema of incidents names a part of that of reports
SECURITY: Mapping[str, Json] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token that a person made on the page `me`."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "purport_session",
        "description": "The workbench's own session; changes also need its CSRF token in the header `X-CSRF-Token`.",
    },
}


def ref(name: str) -> Json:
    """A part of the document by its name."""
    return {"$ref": PARTS + name}


def shown(schema: Json, description: str = "What was asked for") -> dict[int | str, Json]:
    """The ``responses`` of a route that gives JSON of this schema."""
    return {200: {"description": description, "content": {"application/json": {"schema": schema}}}}


def listed(items: Json) -> dict[int | str, Json]:
    """The ``responses`` of a route that gives a list by pages."""
    number = {"type": "integer", "minimum": 0}
    fields = {
        "total": {**number, "description": "How many there are."},
        "limit": number,
        "offset": number,
        "next": {"type": ["string", "null"], "description": "Address of the next page of the list."},
        "items": {"type": "array", "items": items},
    }
    return shown({"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}, "A page of a list")


def describe(app: FastAPI) -> Json:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags)
        made["servers"] = [{"url": "/api/v1"}]
        made["security"] = [{}, *({name: []} for name in SECURITY)]
        made["components"]["securitySchemes"] = dict(SECURITY)
        made["components"]["schemas"] |= parts()
        app.openapi_schema = made
    return app.openapi_schema


def parts() -> Json:
    """Every schema of ``resources/schema`` and its definitions, under names of their own."""
    found: Json = {}
    for name, file in FILES.items():
        schema = json.loads(text_of(f"schema/{file}.schema.json"))
        definitions = schema.pop("$defs")
        plain = {key: value for key, value in schema.items() if key not in ("$schema", "$id", "$comment")}
        found[name] = _moved(plain, file)
        found |= {f"{file}_{each}": _moved(definition, file) for each, definition in definitions.items()}
    return found


def _moved(schema: Any, file: str) -> Any:
    """The schema with its references as they are in the document."""
    if isinstance(schema, list):
        return [_moved(each, file) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _named(value, file) if key == "$ref" else _moved(value, file) for key, value in schema.items()}


def _named(reference: str, file: str) -> str:
    if reference.startswith(REPORT):
        return f"{PARTS}report_{reference.removeprefix(REPORT)}"
    return f"{PARTS}{file}_{reference.removeprefix(OWN)}"
