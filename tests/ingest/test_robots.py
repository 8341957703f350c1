"""robots.txt by RFC 9309."""

import time

import pytest

from purport.ingest.robots import Robots, Rule, robots_of

ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        (ALL + "Disallow:", "/a", True),
        (ALL + "Disallow: /", "/a", False),
        (ALL + "Disallow: /a", "/abc", False),
        (ALL + "Disallow: /a/", "/a", True),
        (ALL + "Disallow: /\nAllow: /news", "/news/1", True),
        (ALL + "Allow: /news\nDisallow: /news/private", "/news/private/1", False),
        (ALL + "Disallow: /a\nAllow: /a", "/a", True),
        (ALL + "Disallow: /*.php$", "/x/y.php", False),
        (ALL + "Disallow: /*.php$", "/x/y.php?z", True),
        (ALL + "Disallow: /*/print", "/news/print", False),
        (ALL + "Disallow: /a*b*c", "/a1b2c3", False),
        (ALL + "Disallow: /a*b*c", "/a1c2b3", True),
        (ALL + "Disallow: /a$", "/a", False),
        (ALL + "Disallow: /a$", "/ab", True),
        (ALL + "Disallow: *a$", "/aa", False),
        (ALL + "Disallow: /?s=", "/?s=x", False),
        (ALL + "Disallow: /caf%C3%A9", "/caf%c3%a9", False),
        (ALL + "disallow : /a # comment", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: purport\nDisallow: /\n" + ALL + "Allow: /", "/a", False),
        (ALL + "Disallow: /\nUser-agent: Purport/1.0\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: purport\nDisallow: /a", "/a", False),
        ("User-agent: purport\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: purport\nDisallow: /b", "/b", False),
        ("Disallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("<html>not found</html>", "/a", True),
    ],
)
def test_allowed(text: str, path: str, allowed: bool) -> None:
    assert robots_of(text, agent="purport").allows("http://paper.example" + path) is allowed


@pytest.mark.parametrize(
    ("line", "delay"), [("Crawl-delay: 5", 5.0), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: soon", 0.0), ("Crawl-delay: -1", 0.0), ("", 0.0)]
)
def test_delay(line: str, delay: float) -> None:
    assert robots_of(ALL + line, agent="purport").delay == delay


def test_a_hostile_pattern_is_not_slow() -> None:
    robots = Robots((Rule("/" + "a*" * 5000 + "b$", False),))
    start = time.process_time()
    assert robots.allows("http://paper.example/" + "a" * 5000)
    assert time.process_time() - start < 1
