"""Every route has a decision about who may ask it: a new one fails here until it stands in the table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from purport.resources import text_of
from purport.serve import create_app
from purport.serve.access import coder_of, editor_of, person_of

TABLE = Path(__file__).parent / "routes.tsv"
ORDER = ("anybody", "reader", "coder", "editor")


def decided() -> dict[tuple[str, str], str]:
    """(method, path) → least role, from ``routes.tsv``."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {(method, path): role for method, path, role in rows}


def calls_of(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for each in dependant.dependencies:
        yield from calls_of(each)


def role_of(route: APIRoute) -> str:
    """The least role that a route's own dependencies let through."""
    calls = set(calls_of(route.dependant))
    found = [role for call, role in ((editor_of, "editor"), (coder_of, "coder"), (person_of, "reader")) if call in calls]
    return found[0] if found else "anybody"


def found_in(routes: list[object], prefix: str = "") -> dict[tuple[str, str], str]:
    found = {}
    for route in routes:
        if isinstance(route, APIRoute):
            found |= {(method, prefix + route.path): role_of(route) for method in route.methods}
        elif isinstance(route, Mount) and route.routes:
            found |= found_in(list(route.routes), prefix + route.path)
        elif isinstance(route, Route):
            found |= {(method, prefix + route.path): "anybody" for method in (route.methods or ()) if method != "HEAD"}
        elif hasattr(route, "original_router"):  # an included router, kept whole
            found |= found_in(list(route.original_router.routes), prefix + getattr(route, "prefix", ""))
    return found


def test_every_route_is_decided_about(example_project: Path) -> None:
    app = create_app(example_project)
    found = found_in(list(app.routes))
    app.state.workbench.stores.close()
    assert found == decided(), "write the new route with its least role into tests/serve/routes.tsv, or take the old one out"


def test_only_these_are_open_to_anybody() -> None:
    assert {path for (_, path), role in decided().items() if role == "anybody"} <= {"/login", "/logout", "/api/v1/openapi.json"}


@pytest.mark.parametrize("role", sorted(set(decided().values()) if TABLE.exists() else []))
def test_roles_are_those_there_are(role: str) -> None:
    assert role in ORDER


def test_the_log_has_words_for_routes_that_export() -> None:
    assert "export:" in text_of("log/sentences.yaml")
