"""The pages of the workbench, one module each."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Every page's routes."""
<<<<<<< HEAD
    from purport.serve.pages import adjudication, audit, coding, document, erasure, home, incident, login, me, people, rounds

    found = [home, incident, document, login, me, people, rounds, coding, adjudication, audit, erasure]
    return [page.router for page in found]
=======
    from purport.serve.pages import document, home, incident, login, me, people, suggestions

    return [home.router, incident.router, document.router, login.router, me.router, people.router, suggestions.router]
>>>>>>> second
