"""Pages from the web, fetched politely: robots.txt, a pause per host, bounded size and time, public addresses only."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from ssl import SSLContext
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore
import httpx

from purport.errors import FetchError, InputError
from purport.ingest.address import GuardedBackend
from purport.ingest.decoding import decoded, inflated
from purport.ingest.message import charset_of
from purport.ingest.page import Beside, too_large
from purport.ingest.robots import Robots, robots_of
from purport.settings import Settings

MOST_HOPS = 8
#: RFC 9309 asks for 500 KiB at least.
MOST_ROBOTS_BYTES = 512_000
#: A host that asks for a longer pause than this gets this one; nobody waits an hour for a page.
LONGEST_DELAY = 30.0
_AGENT = "purport"
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf")
_REFUSALS = {401: "a password", 402: "a payment", 403: "another kind of visitor", 429: "fewer requests", 451: "a court's consent"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent after all redirects. ``content`` is decompressed."""

    url: str
    status: int
    content: bytes = field(repr=False)
    beside: Beside
    location: str | None = None


class Transport(httpx.BaseTransport):
    """httpx over connections that the guarded backend opens; made for one request, so that no connection outlives its checks."""

    def __init__(self, *, backend: GuardedBackend, ssl_context: SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class Fetcher:
    """Fetches for one run; remembers what each host asked for and when it was last bothered."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._robots: dict[str, Robots | FetchError] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Answer:
        """The answer of status 200 at ``url``, redirects followed. Raises FetchError, or InputError (too large, broken compression)."""
        try:
            answer = self._follow(url, robots=self._settings.obey_robots, limit=self._settings.max_page_bytes)
        except InputError as error:
            raise type(error)(error.what, where=url, remedy=error.remedy) from error
        if answer.status != 200:
            raise FetchError(f"the server answered {answer.status} {_phrase(answer.status)}", where=url, remedy=_remedy(answer.status))
        return answer

    def _follow(self, url: str, *, robots: bool, limit: int) -> Answer:
        """The first answer that is no redirect; every hop is checked like the first."""
        for _ in range(MOST_HOPS):
            url = checked_url(url)
            if robots and not self._robots_for(url).allows(url):
                raise FetchError(
                    f"robots.txt of {urlsplit(url).netloc} asks not to fetch {url}",
                    remedy="save the page from a browser and give that file",
                )
            answer = self._get(url, limit=limit)
            if answer.location is None:
                return answer
            url = urljoin(url, answer.location)
        raise FetchError(f"more than {MOST_HOPS} redirects", remedy="give the address of the page itself")

    def _robots_for(self, url: str) -> Robots:
        """What the host of ``url`` asks; asked once in a run. Raises FetchError, each time, if its robots.txt cannot be had."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            try:
                self._robots[site] = self._asked(site)
            except FetchError as error:
                self._robots[site] = error
        found = self._robots[site]
        if isinstance(found, FetchError):
            raise FetchError(found.what, where=url, remedy=found.remedy)
        return found

    def _asked(self, site: str) -> Robots:
        """A missing robots.txt allows everything; one that cannot be had (5xx) nothing, as RFC 9309 asks."""
        answer = self._follow(f"{site}/robots.txt", robots=False, limit=MOST_ROBOTS_BYTES)
        if answer.status >= 500:
            raise FetchError(f"robots.txt of {site} could not be had (status {answer.status})", remedy="try again later")
        text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
        return robots_of(text, agent=_AGENT)

    def _get(self, url: str, *, limit: int) -> Answer:
        """One request. Raises FetchError for every fault of network and protocol."""
        self._wait(url)
        timeout = self._settings.fetch_timeout
        backend = GuardedBackend(allow_private=self._settings.allow_private_addresses, deadline=time.monotonic() + timeout)
        transport = Transport(backend=backend, ssl_context=self._ssl_context)
        try:
            with (
                httpx.Client(transport=transport, timeout=timeout, trust_env=False, headers=_headers()) as client,
                client.stream("GET", url, follow_redirects=False) as response,
            ):
                return _answer(response, url=url, limit=limit)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchError(f"no whole answer within {timeout:g} s", remedy="try again, or raise fetch_timeout") from error
        except _FAULTS as error:
            raise FetchError(
                f"the connection failed ({error or type(error).__name__})", remedy="check the address and the connection"
            ) from error

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc.lower()
        asked = [robots.delay for site, robots in self._robots.items() if isinstance(robots, Robots) and site.endswith(f"//{host}")]
        delay = max([self._settings.fetch_delay, *(min(delay, LONGEST_DELAY) for delay in asked)])
        if host in self._last:
            time.sleep(max(0.0, self._last[host] + delay - time.monotonic()))
        self._last[host] = time.monotonic()

    @cached_property
    def _ssl_context(self) -> SSLContext:
        return httpx.create_ssl_context()


_FAULTS = (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError)


def checked_url(url: str) -> str:
    """The address without its fragment. Raises FetchError unless it is http or https, with a host and without a password."""
    try:
        parts = urlsplit(urldefrag(url).url)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        good = False
    if not good:
        raise FetchError(f"not an address of the web: {url[:200]}", remedy="only http:// and https:// addresses are fetched")
    if parts.username or parts.password:
        raise FetchError("an address with a user name or password in it", remedy="save the page from a browser and give that file")
    return parts.geturl()


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"{_AGENT}/{_version()} (reads single news pages for its user; obeys robots.txt)",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def _version() -> str:
    try:
        return version("purport")
    except PackageNotFoundError:
        return "0"


def _answer(response: httpx.Response, *, url: str, limit: int) -> Answer:
    if response.has_redirect_location:
        return Answer(url, response.status_code, b"", Beside(), response.headers["location"])
    if response.status_code != 200:
        return Answer(url, response.status_code, b"", Beside())
    said = response.headers.get("content-type", "")
    if said.lower().startswith(_NO_PAGES):
        raise FetchError(f"the server says that this is {said.split(';')[0]}, not a page", remedy="give the address of the page itself")
    content = _content(response, url=url, limit=limit)
    return Answer(url, 200, content, Beside(url, datetime.now(UTC), charset_of(said)))


def _content(response: httpx.Response, *, url: str, limit: int) -> bytes:
    """The body, decompressed while it arrives. Raises InputError as soon as either form is larger than ``limit``."""
    promised = response.headers.get("content-length", "")
    if promised.isdigit() and int(promised) > limit:
        raise too_large(origin=url, limit=limit, size=int(promised))
    codings = [coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(",") if coding.strip()]
    chunks = _bounded(response.iter_raw(), limit=limit, origin=url)
    if codings in (["gzip"], ["x-gzip"], ["deflate"]):
        return b"".join(inflated(chunks, limit=limit, origin=url))
    return decoded(b"".join(chunks), codings=codings, limit=limit, origin=url)


def _bounded(chunks: Iterator[bytes], *, limit: int, origin: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise too_large(origin=origin, limit=limit)
        yield chunk


def _phrase(status: int) -> str:
    return httpx.codes.get_reason_phrase(status)


def _remedy(status: int) -> str:
    if status in (404, 410):
        return "check the address; an archive may still have the page"
    if status in _REFUSALS:
        return f"the server wants {_REFUSALS[status]}; save the page from a browser and give that file"
    return "try again later" if status >= 500 else "save the page from a browser and give that file"
