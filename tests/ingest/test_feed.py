"""RSS, Atom and sitemaps, from files and from the loopback server."""

import gzip
import time
from pathlib import Path

import pytest
from conftest_ingest import PAGE, Read, Site

from purport.errors import InputError
from purport.ingest.feed import items_of

OPEN = {"allow_private_addresses": True, "fetch_delay": 0.0, "fetch_timeout": 5.0, "feed": True}

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>The Paper</title><link>SITE/</link><image><url>SITE/logo.png</url></image>
<item><title>Shelling &amp; rain</title><link> SITE/1 </link><pubDate>Thu, 04 Mar 2021 05:06:07 +0200</pubDate></item>
<item><title><![CDATA[Talks <b>end</b>]]></title><guid>SITE/2</guid><dc:date>2021-03-05</dc:date><media:title>photo</media:title></item>
<item><title>No address</title></item>
<item><title>Again</title><link>SITE/1</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><link rel="self" href="SITE/feed"/><link href="SITE/"/>
<entry><title>One</title><link rel="enclosure" href="SITE/1.mp3"/><link href="1"/>
<updated>2021-03-09</updated><published>2021-03-04T05:06:07Z</published></entry>
<entry><title>Two</title><link rel="alternate" href="SITE/2"/></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><link>SITE/</link></channel><item><title>One</title><link>SITE/1</link><dc:date>2021-03-04</dc:date></item><item><link>SITE/2</link></item></rdf:RDF>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>SITE/1</loc><lastmod>2022-01-01</lastmod><news:news><news:publication>
<news:name>The Paper</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2021-03-04</news:publication_date><news:title>One</news:title></news:news></url><url><loc>SITE/2</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>SITE/a.xml.gz</loc></sitemap>
<sitemap><loc>SITE/lost.xml</loc></sitemap><sitemap><loc>SITE/index.xml</loc></sitemap></sitemapindex>"""


def _at(site: Site, text: str) -> bytes:
    site.put("/1")
    site.put("/2")
    return text.replace("SITE", site.address).encode()


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        (
            RSS,
            [
                {"title": "Shelling & rain", "published": "2021-03-04T05:06:07+02:00"},
                {"title": "Talks <b>end</b>", "published": "2021-03-05"},
            ],
        ),
        (ATOM, [{"title": "One", "published": "2021-03-04T05:06:07Z"}, {"title": "Two"}]),
        (RDF, [{"title": "One", "published": "2021-03-04"}, {}]),
        (SITEMAP, [{"title": "One", "published": "2021-03-04", "outlet": "The Paper"}, {}]),
    ],
    ids=["rss", "atom", "rdf", "sitemap"],
)
@pytest.mark.parametrize("form", ["file", "zipped file", "address", "zipped address"])
def test_what_a_feed_lists_is_fetched(read: Read, site: Site, tmp_path: Path, *, text: str, hints: list[dict[str, str]], form: str) -> None:
    content = _at(site, text)
    content = gzip.compress(content) if "zipped" in form else content
    path = tmp_path / "feed"
    path.write_bytes(content)
    found, failures = read(site.put("/feed", content) if "address" in form else path, **OPEN)
    assert failures == []
    assert [capture.url for capture in found] == [site.address + "/1", site.address + "/2"]
    assert [capture.hints for capture in found] == hints
    assert found[0].content == PAGE
    assert found[0].retrieved_at is not None


def test_a_sitemap_index(read: Read, site: Site) -> None:
    site.put("/a.xml.gz", gzip.compress(_at(site, SITEMAP)))
    index = site.put("/index.xml", _at(site, INDEX))
    found, failures = read(index, **OPEN)
    assert {capture.url for capture in found} == {site.address + "/1", site.address + "/2"}
    assert any("404" in failure.what for failure in failures)
    assert any("sitemap index inside" in failure.what for failure in failures)
    assert len(site.asked) < 30


def test_no_more_items_than_asked_for(read: Read, site: Site) -> None:
    links = "".join(f"<item><link>{site.address}/{n}</link></item>" for n in range(50))
    for n in range(50):
        site.put(f"/{n}")
    found, failures = read(site.put("/feed", f"<rss><channel>{links}</channel></rss>".encode()), **OPEN, max_feed_items=3)
    assert (len(found), failures) == (3, [])
    assert len(site.asked) == 5


def test_bad_entries_do_not_stop_the_others(read: Read, site: Site) -> None:
    links = ("/lost", "/image", "file:///etc/hosts", "ftp://a.example/1", "/1")
    _at(site, "")
    site.put("/image", b"\x89PNG\r\n\x1a\n", headers={})
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    found, failures = read(site.put("/feed", f"<rss><channel>{items}</channel></rss>".encode()), **OPEN)
    assert [capture.url for capture in found] == [site.address + "/1"]
    assert len(failures) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PAGE, "an HTML page, where a feed"),
        (b"words", "text, where a feed"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"<rss/>", "lists no pages"),
    ],
)
def test_what_is_no_feed_is_named(read: Read, tmp_path: Path, *, content: bytes, words: str) -> None:
    (tmp_path / "feed").write_bytes(content)
    _, [failure] = read(tmp_path / "feed", **OPEN)
    assert words in failure.what


def test_private_addresses_in_a_feed_are_refused(read: Read, site: Site, tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(_at(site, RSS))
    found, failures = read(tmp_path / "feed", **{**OPEN, "allow_private_addresses": False})
    assert (found, len(failures)) == ([], 2)
    assert site.asked == []


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><rss><channel><item><title>&a11;</title><link>http://paper.example/1</link></item></channel></rss>"
)
STRANGER = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts"><!ENTITY % y SYSTEM "http://127.0.0.1:9/z"> %y;]>'
    "<rss><channel><item><title>t&x;</title><link>http://paper.example/1</link></item></channel></rss>"
)


def test_an_entity_bomb_is_refused() -> None:
    start = time.process_time()
    with pytest.raises(InputError):
        items_of(BOMB.encode(), origin="feed")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", [STRANGER, BOMB[: BOMB.index("<!ENTITY a3")] + BOMB[BOMB.index("]>") :].replace("a11", "a2")])
def test_entities_are_not_expanded(text: str) -> None:
    [item] = items_of(text.encode(), origin="feed")
    assert item.url == "http://paper.example/1"
    assert "boom" not in item.title
    assert Path("/etc/hosts").read_text()[:20] not in item.title


@pytest.mark.parametrize("text", ["<rss>" * 5000, "<rss><channel><item><link>", "<rss>\x00</rss>", "<rss " + "a" * 90_000])
def test_broken_feeds(text: str) -> None:
    with pytest.raises(InputError):
        items_of(text.encode(), origin="feed")


def test_a_cut_feed_gives_what_it_holds() -> None:
    assert [item.url for item in items_of(RSS.replace("SITE", "http://a.example").encode()[:400], origin="feed")] == ["http://a.example/1"]
