"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import audit, document, erasure, home, incident, login, me, people

    return [home.router, incident.router, document.router, login.router, me.router, people.router, audit.router, erasure.router]
