"""A browser without scripts at this machine's own name; the application answers to no other by default."""

from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient


class LocalClient(TestClient):
    def __init__(self, app: FastAPI, *, base_url: str = "http://localhost", **more: Any) -> None:
        super().__init__(app, base_url=base_url, **more)
