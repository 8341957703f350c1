"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import adjudication, coding, document, home, incident, login, me, people, rounds

    found = [home, incident, document, login, me, people, rounds, coding, adjudication]
    return [page.router for page in found]
