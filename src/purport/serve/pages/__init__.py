"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import adjudication, audit, coding, document, erasure, home, incident, login, me, people, rounds, suggestions

    found = [home, incident, document, login, me, people, rounds, coding, adjudication, audit, erasure, suggestions]
    return [page.router for page in found]
