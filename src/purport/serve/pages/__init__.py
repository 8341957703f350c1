"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import (
        adjudication,
        audit,
        coding,
        deciding,
        document,
        erasure,
        home,
        incident,
        login,
        me,
        people,
        queue,
        review,
        rounds,
    )

    found = [home, incident, document, login, me, people, rounds, coding, adjudication, audit, erasure]
    found += [deciding, queue, review]
    return [page.router for page in found]
