"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import adjudication, coding, home, login, me, people, rounds

    return [home.router, login.router, me.router, people.router, rounds.router, coding.router, adjudication.router]
