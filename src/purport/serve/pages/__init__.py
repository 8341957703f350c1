"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import document, home, incident

    return [home.router, incident.router, document.router]
