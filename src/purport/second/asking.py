"""One question to an OpenAI-compatible endpoint ("chat completions"): bounded in size and time, no redirects, no proxies, no surprises."""

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from purport.errors import FetchError, SettingsError

MOST_BYTES = 2_000_000  #: of one answer
TRIES = 3
LONGEST_PAUSE = 30.0  #: seconds that a server may make us wait before the next try
BUSY = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the second reader is. ``url`` ends before ``/chat/completions``; ``seconds`` for one answer as a whole.

    Raises SettingsError for an address that is none, or that is beyond this machine without ``allow_remote``: texts would leave it.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 120.0
    allow_remote: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            what, remedy = "no address of an endpoint", "give one such as http://127.0.0.1:8080/v1; a key goes into --key-from"
            raise SettingsError(what, where="--endpoint", remedy=remedy)
        if not self.allow_remote and not is_loopback(parts.hostname):
            what = f"{parts.hostname} is not this machine, and the texts of the pages would be sent there"
            raise SettingsError(what, where="--endpoint", remedy="add --allow-remote if that is meant and allowed")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine by its very form; no look-up is made."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Client:
    """Asks one endpoint; a context manager. ``pause`` waits between tries (seconds)."""

    def __init__(self, endpoint: Endpoint, *, pause: Callable[[float], None] = time.sleep) -> None:
        import httpx  # here, for it takes a fifth of a second to load, and the workbench must start without

        self.endpoint = endpoint
        self._pause = pause
        self._has_schemas = True
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        self._http = httpx.Client(headers=headers, timeout=endpoint.seconds, follow_redirects=False, trust_env=False)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, instructions: str, passage: str, *, form: Mapping[str, Any]) -> str:
        """The words of the answer. ``form`` is the JSON Schema asked for; a server that knows none is asked without.

        Raises FetchError after :data:`TRIES` tries, or at once for what another try would not mend.
        """
        for attempt in range(1, TRIES + 1):
            status, body, wait = self._post(self._question(instructions, passage, form=form))
            if status == 200:
                return _words(body, where=self.endpoint.url)
            if status == 400 and self._has_schemas:
                self._has_schemas = False
                continue
            if status not in BUSY or attempt == TRIES:
                raise self._refused(status, body)
            self._pause(min(wait if wait is not None else 2.0**attempt, LONGEST_PAUSE))
        raise self._refused(400, b"")

    def _refused(self, status: int, body: bytes) -> FetchError:
        said = body[:200].decode("utf-8", "replace").strip()
        return FetchError(f"the endpoint answered {status}: {said}", where=self.endpoint.url, remedy="check address, model name and key")

    def _question(self, instructions: str, passage: str, *, form: Mapping[str, Any]) -> dict[str, Any]:
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": passage}]
        question: dict[str, Any] = {"model": self.endpoint.model, "messages": messages, "temperature": 0, "stream": False}
        if self._has_schemas:
            question["response_format"] = {"type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": form}}
        return question

    def _post(self, question: Mapping[str, Any]) -> tuple[int, bytes, float | None]:
        """Status, body and the pause that the server asks for."""
        import httpx

        deadline = time.monotonic() + self.endpoint.seconds
        try:
            with self._http.stream("POST", f"{self.endpoint.url.rstrip('/')}/chat/completions", json=question) as answer:
                body = b""
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES or time.monotonic() > deadline:
                        raise self._endless(len(body))
                return answer.status_code, body, _seconds(answer.headers.get("retry-after"))
        except httpx.TimeoutException:
            return 408, f"no answer within {self.endpoint.seconds:g} s".encode(), None
        except httpx.HTTPError as error:
            raise FetchError(
                f"cannot be reached: {error}", where=self.endpoint.url, remedy="start the server, or mend the address"
            ) from error

    def _endless(self, taken: int) -> FetchError:
        what = f"its answer does not end ({taken:,} bytes so far)"
        return FetchError(what, where=self.endpoint.url, remedy="ask another model, or give it a limit of tokens")


def _seconds(said: str | None) -> float | None:
    return float(said) if said and said.isascii() and said.isdigit() else None


def _words(body: bytes, *, where: str) -> str:
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        what = f"its answer is not in the form of chat completions ({type(error).__name__})"
        raise FetchError(what, where=where, remedy="name the base address of an OpenAI-compatible server, mostly ending in /v1") from error
    return said if isinstance(said, str) else ""
