"""The pages of the workbench, one module each."""

from importlib import import_module

from fastapi import APIRouter

#: Modules of this package with a ``router``, one a line.
PAGES = (
    "home",
    "find",
    "incident",
    "document",
    "deciding",
    "queue",
    "review",
    "rounds",
    "coding",
    "codebook",
    "adjudication",
    "suggestions",
    "audit",
    "erasure",
    "login",
    "me",
    "people",
)


def routers() -> list[APIRouter]:
    """Every page's routes."""
    return [import_module(f"{__name__}.{name}").router for name in PAGES]
