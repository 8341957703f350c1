"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import document, home, incident, login, me, people, suggestions

    return [home.router, incident.router, document.router, login.router, me.router, people.router, suggestions.router]
