"""What every page and every call of the API is handed: the project file, who may do what, and how pages are drawn."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fastapi import Request

from purport.serve.answers import Answers
from purport.serve.finding import IncidentIndex
from purport.serve.keeping import Keeper
from purport.serve.sessions import COOKIE, Sessions
from purport.serve.stores import Stores
from purport.serve.throttle import Throttle
from purport.serve.waiting import WaitingPairs

LONGEST_WAIT_OF_NAME = 60.0  #: seconds; no more, or whoever knows a name could keep its owner out
LONGEST_WAIT_OF_ADDRESS = 15 * 60.0


@dataclass(frozen=True, slots=True)
class Throttles:
    """What slows guessing down: by the name that is tried and by the address it comes from."""

    names: Throttle = field(default_factory=lambda: Throttle(longest=LONGEST_WAIT_OF_NAME))
    addresses: Throttle = field(default_factory=lambda: Throttle(longest=LONGEST_WAIT_OF_ADDRESS))


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
    throttles: Throttles = field(default_factory=Throttles)
    index: IncidentIndex = field(default_factory=IncidentIndex)
    answers: Answers = field(default_factory=Answers)
    waiting: WaitingPairs = field(default_factory=WaitingPairs)

    @cached_property
    def keeper(self) -> Keeper:
        """What keeps the cards up to date in the background."""
        return Keeper(self.path, follow=self.index.current)

    @property
    def path(self) -> Path:
        return self.stores.path

    @property
    def cookie(self) -> str:
        """The name of the session's cookie: browsers do not tell ports apart, and two workbenches may run at once."""
        return f"{'__Host-' if self.options.secure else ''}{COOKIE}_{self.options.port}"


def workbench_of(request: Request) -> Workbench:
    """The workbench that answers this request."""
    workbench: Workbench = request.app.state.workbench
    return workbench
