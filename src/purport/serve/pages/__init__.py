"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
    from purport.serve.pages import deciding, document, home, incident, login, me, people, queue, review

    return [
        home.router,
        incident.router,
        deciding.router,
        document.router,
        queue.router,
        review.router,
        login.router,
        me.router,
        people.router,
    ]
