"""What every page and every call of the API is handed: the project file, who may do what, and how pages are drawn."""

from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request

from purport.serve.sessions import Sessions
from purport.serve.stores import Stores


@dataclass(frozen=True, slots=True)
class Options:
    """How the workbench runs. ``secure``: cookies go over HTTPS only, for use behind a proxy that ends TLS."""

    host: str = "127.0.0.1"
    port: int = 8765
    secure: bool = False
    allowed_hosts: tuple[str, ...] = ()  #: other names under which it may be asked, against DNS rebinding


@dataclass(frozen=True)
class Workbench:
    """One running workbench."""

    stores: Stores
    options: Options
    sessions: Sessions = field(default_factory=Sessions)

    @property
    def path(self) -> Path:
        return self.stores.path


def workbench_of(request: Request) -> Workbench:
    """The workbench that answers this request."""
    workbench: Workbench = request.app.state.workbench
    return workbench
