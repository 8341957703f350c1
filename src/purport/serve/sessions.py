"""Who is at the other end: a random cookie whose hash alone is kept, in memory; a restart ends all sessions."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field

IDLE_SECONDS = 12 * 3600.0  #: a working day; then a session ends
LONGEST_SECONDS = 7 * 24 * 3600.0  #: then it ends although it was in use
MOST_SESSIONS = 10_000
COOKIE = "purport_session"


@dataclass(slots=True)
class Session:
    """One browser. ``name`` is "" before a login, or before a coder on loopback said who it is. ``csrf`` must come with every form.

    ``since``: the log's entry of the person's last change at the login; 0 without a login. A later change ends the session.
    """

    csrf: str
    name: str = ""
    last_seen: float = field(default_factory=time.monotonic)
    is_unmasked: bool = False  #: names of victims are shown to this session
    notices: set[str] = field(default_factory=set)  #: content notices that were answered
    rounds: set[str] = field(default_factory=set)  #: coding rounds whose pages it was shown with their names, each logged once
    since: int = 0
    started: float = field(default_factory=time.monotonic)
    shown_once: str = ""  #: the word of a token just made, until the next page shows it

    @classmethod
    def new(cls, name: str = "", *, since: int = 0) -> "Session":
        """A session that nobody has yet."""
        return cls(csrf=secrets.token_urlsafe(32), name=name, since=since)

    @property
    def is_over(self) -> bool:
        now = time.monotonic()
        return now - self.last_seen > IDLE_SECONDS or now - self.started > LONGEST_SECONDS


class Sessions:
    """All sessions of a running workbench; safe among threads."""

    def __init__(self) -> None:
        self._kept: dict[str, Session] = {}
        self._lock = threading.Lock()

    def start(self, name: str = "", *, since: int = 0) -> tuple[str, Session]:
        """A new session and the token for its cookie; if there are too many the oldest goes, those of nobody first."""
        token, session = secrets.token_urlsafe(32), Session.new(name, since=since)
        with self._lock:
            if len(self._kept) >= MOST_SESSIONS:
                del self._kept[min(self._kept, key=lambda key: (self._kept[key].name != "", self._kept[key].last_seen))]
            self._kept[_hashed(token)] = session
        return token, session

    def find(self, token: str | None) -> Session | None:
        """The session of a cookie; None if it is unknown, was idle too long or is too old."""
        if not token:
            return None
        with self._lock:
            session = self._kept.get(_hashed(token))
            if session is not None and session.is_over:
                del self._kept[_hashed(token)]
                return None
            if session is not None:
                session.last_seen = time.monotonic()
            return session

    def end(self, token: str | None) -> None:
        """Forget a session."""
        with self._lock:
            self._kept.pop(_hashed(token or ""), None)

    def end_all_of(self, name: str) -> None:
        """Forget every session of a person, when the password or role changes."""
        with self._lock:
            self._kept = {key: session for key, session in self._kept.items() if session.name != name}


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
