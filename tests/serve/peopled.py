"""A project with an editor, a coder and a reader, and a browser without scripts on it."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from purport.decisions import PersonRole
from purport.store import Store

PASSWORD = "seven grey herons at noon"
PEOPLE = {"Edda": PersonRole.EDITOR, "Cass": PersonRole.CODER, "Rhys": PersonRole.READER}


def people_in(project: Path) -> Path:
    """The same file with accounts."""
    with Store(project) as store:
        for name, role in PEOPLE.items():
            store.people.add(name, role=role, password=PASSWORD, by="test")
    return project


def csrf_of(client: TestClient, page: str = "/login") -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD, *, next: str = "/me") -> int:
    client.cookies.clear()
    form = {"csrf": csrf_of(client), "name": name, "password": password, "next": next}
    return client.post("/login", data=form).status_code


def send(client: TestClient, page: str, **form: str) -> int:
    return client.post(page, data={"csrf": csrf_of(client, "/me"), **form}).status_code
