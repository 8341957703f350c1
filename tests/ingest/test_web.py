"""Fetching, against a server on the loopback address."""

import gzip
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from conftest_ingest import PAGE, Read, Site

HTML = {"Content-Type": "text/html; charset=Windows-1251"}
OPEN = {"allow_private_addresses": True, "fetch_delay": 0.0, "fetch_timeout": 5.0}


def test_a_page_is_fetched_with_what_the_server_says(read: Read, site: Site) -> None:
    url = site.put("/1?a=b", headers=HTML)
    [capture], failures = read(url + "#part", **OPEN)
    assert failures == []
    assert (capture.content, capture.url, capture.charset, capture.media_type) == (PAGE, url, "windows-1251", "text/html")
    assert capture.origin == url + "#part"
    assert capture.retrieved_at is not None
    assert abs(capture.retrieved_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert site.asked == ["/robots.txt", "/1?a=b"]
    assert all(agent.startswith("purport/") for agent in site.agents)


@pytest.mark.parametrize("content", [b"Two people were hurt.", PAGE])
def test_content_decides_whatever_type_is_said(read: Read, site: Site, content: bytes) -> None:
    [capture], failures = read(site.put("/1", content, headers={"Content-Type": "application/json"}), **OPEN)
    assert (capture.media_type == "text/html", failures) == (content is PAGE, [])


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("GZIP", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("identity", PAGE),
        ("", gzip.compress(PAGE)),
    ],
)
def test_codings_are_undone(read: Read, site: Site, *, coding: str, body: bytes) -> None:
    [capture], failures = read(site.put("/1", body, headers={**HTML, "Content-Encoding": coding}), **OPEN)
    assert (capture.content, failures) == (PAGE, [])


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"status": 404}, "404 Not Found"),
        ({"status": 403}, "403 Forbidden"),
        ({"status": 503}, "503"),
        ({"status": 302}, "302"),
        ({"body": b"%PDF-1.7", "headers": {"Content-Type": "application/pdf"}}, "application/pdf"),
        ({"body": b"%PDF-1.7", "headers": {"Content-Type": "text/html"}}, "PDF"),
        ({"body": b"\x89PNG\r\n\x1a\n", "headers": {"Content-Type": "image/png"}}, "image/png"),
        ({"body": b""}, "empty"),
        ({"body": b"a" * 200_001}, "200,001 bytes"),
        ({"body": b"a" * 1000, "endless": True}, "200,000 bytes at most"),
        ({"body": gzip.compress(bytes(9_000_000)), "headers": {"Content-Encoding": "gzip"}}, "200,000 bytes at most"),
        ({"body": gzip.compress(b"a" * 9_000_000)}, "200,000 bytes at most"),
        ({"body": gzip.compress(gzip.compress(bytes(90_000_000))), "headers": {"Content-Encoding": "gzip, gzip"}}, "200,000 bytes at most"),
        ({"body": gzip.compress(PAGE)[:-9], "headers": {"Content-Encoding": "gzip"}}, "ends too early"),
        ({"body": PAGE, "headers": {"Content-Encoding": "gzip"}}, "broken compression"),
        ({"body": PAGE, "headers": {"Content-Encoding": "nonsense"}}, "'nonsense'"),
        ({"status": 301, "headers": {"Location": "/1"}}, "redirects"),
        ({"status": 301, "headers": {"Location": "file:///etc/hosts"}}, "not an address of the web"),
        ({"status": 301, "headers": {"Location": "http://[::1"}}, "Invalid URL"),
        ({"status": 301, "headers": {"Location": "http://user:word@a.example/"}}, "password"),
    ],
)
def test_what_cannot_be_fetched_is_named(read: Read, site: Site, *, reply: dict[str, object], words: str) -> None:
    url = site.put("/1", **reply)  # type: ignore[arg-type]
    good = site.put("/2")
    found, [failure] = read(url, good, **OPEN, max_page_bytes=200_000)
    assert len(found) == 1
    assert failure.where == url
    assert words in failure.what
    assert failure.remedy


@pytest.mark.parametrize("body", [b"<html>" * 20, b""])
def test_a_server_that_drips_is_left_in_time(read: Read, site: Site, body: bytes) -> None:
    url = site.put("/1", body or b"x" * 50, pause=0.1)
    start = time.monotonic()
    _, [failure] = read(url, **{**OPEN, "fetch_timeout": 0.5})
    assert "within 0.5 s" in failure.what
    assert time.monotonic() - start < 3


def test_a_server_that_says_nothing_is_left_in_time(read: Read) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        _, [failure] = read(f"http://127.0.0.1:{server.getsockname()[1]}/", **{**OPEN, "fetch_timeout": 0.3})
    assert "within 0.3 s" in failure.what


def test_no_server(read: Read) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    _, [failure] = read(f"http://127.0.0.1:{port}/", **OPEN)
    assert "connection failed" in failure.what


def test_redirects_are_followed(read: Read, site: Site) -> None:
    site.put("/2", headers=HTML)
    url = site.put("/1", b"", status=302, headers={"Location": "2"})
    [capture], failures = read(url, **OPEN)
    assert (capture.url, capture.origin, failures) == (site.address + "/2", url, [])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "[fe80::1]",
    ],
)
def test_private_addresses_are_refused(read: Read, host: str) -> None:
    _, [failure] = read(f"http://{host}:9/", fetch_timeout=2.0)
    assert "of this machine or of a private network" in failure.what


def test_a_private_address_is_refused_before_anything_is_sent(read: Read, site: Site) -> None:
    _, [failure] = read(site.put("/1"), fetch_delay=0.0)
    assert "private network" in failure.what
    assert "allow_private_addresses" in failure.remedy
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name whose first answer is public and whose later ones are private is resolved once and never again."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected: list[object] = []

    def connecting(address: tuple[str, int], *_: object, **__: object) -> None:
        connected.append(address)
        raise OSError("the test goes no further")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))])
    monkeypatch.setattr(socket, "create_connection", connecting)
    _, [failure] = read("http://public.example/1", fetch_delay=0.0, obey_robots=False)
    assert "connection failed" in failure.what
    assert connected == [("93.184.216.34", 80)]


def test_a_name_with_a_private_address_is_refused(read: Read, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.address.rsplit(":", 1)[1])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))])
    _, [failure] = read(f"http://public.example:{port}/1", fetch_delay=0.0)
    assert "public.example is 127.0.0.1" in failure.what
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(read: Read, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop counts as public here, the second does not: each is checked by itself."""
    monkeypatch.setattr("purport.ingest.address.is_public", lambda address: address == "127.0.0.1")
    url = site.put("/1", b"", status=302, headers={"Location": f"http://127.0.0.2:{site.address.rsplit(':', 1)[1]}/2"})
    _, [failure] = read(url, fetch_delay=0.0)
    assert "127.0.0.2, an address of this machine" in failure.what
    assert site.asked == ["/robots.txt", "/1"]


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from purport.errors import FetchError
    from purport.ingest.address import addresses_of

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        addresses_of("mixed.example", 80, allow_private=False)
    assert addresses_of("mixed.example", 80, allow_private=True) == ["93.184.216.34", "10.0.0.1"]


def test_robots_are_obeyed_unless_told_otherwise(read: Read, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\n", headers={"Content-Type": "text/plain"})
    url, good = site.put("/private/1"), site.put("/1")
    found, [failure] = read(url, good, **OPEN)
    assert len(found) == 1
    assert "robots.txt" in failure.what
    assert site.asked == ["/robots.txt", "/1"]
    assert len(read(url, **OPEN, obey_robots=False)[0]) == 1


def test_robots_are_obeyed_on_every_hop(read: Read, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: purport\nDisallow: /private\n")
    site.put("/private/1")
    _, [failure] = read(site.put("/1", b"", status=301, headers={"Location": "/private/1"}), **OPEN)
    assert "robots.txt" in failure.what
    assert "/private/1" not in site.asked


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_robots_that_cannot_be_had(read: Read, site: Site, *, status: int, allowed: bool) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /", status=status)
    url = site.put("/1")
    found, failures = read(url, url, **OPEN)
    assert (len(found), len(failures)) == ((2, 0) if allowed else (0, 2))
    assert site.asked.count("/robots.txt") == 1


def test_a_pause_between_two_requests(read: Read, site: Site) -> None:
    url = site.put("/1")
    start = time.monotonic()
    read(url, url, **{**OPEN, "fetch_delay": 0.2, "obey_robots": False})
    assert 0.2 <= time.monotonic() - start < 3


def test_a_crawl_delay_is_obeyed(read: Read, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n")
    start = time.monotonic()
    read(site.put("/1"), **OPEN)
    assert time.monotonic() - start >= 0.3


def test_a_fetched_archive_is_read_like_a_file(read: Read, site: Site) -> None:
    found, failures = read(site.put("/t.jsonl", b'{"text": "one"}\n{"text": "two"}'), **OPEN)
    assert ([capture.content for capture in found], failures) == ([b"one", b"two"], [])
