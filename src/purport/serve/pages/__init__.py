"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import adjudication, coding, deciding, document, home, incident, login, me, people, queue, review, rounds

    found = [home, incident, deciding, document, queue, review, login, me, people, rounds, coding, adjudication]
    return [page.router for page in found]
