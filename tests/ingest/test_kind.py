"""What is recognised, by content alone."""

import gzip
import random
import time

import pytest

from purport.ingest.kind import HEAD, Kind, recognise

TEXT = "Two people were hurt near the river, the council said.\n"
RSS = b'<rss version="2.0"><channel><item><link>http://a.example/1</link></item></channel></rss>'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!DOCTYPE html><html>", Kind.HTML),
        (b"\xef\xbb\xbf\r\n  <HTML lang=en>", Kind.HTML),
        (b"<!-- saved from url=(0014) --><!-- more -->\n<html>", Kind.HTML),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html>', Kind.HTML),
        (b"<p>Two people were hurt.</p>", Kind.HTML),
        (b"\xff\xfe" + "<html><body>words".encode("utf-16-le"), Kind.HTML),
        ("<html><body>words".encode("utf-16-be"), Kind.HTML),
        (b"Warning: mysql_connect() failed\n<br />" + b"<div><p>a</p></div>" * 3, Kind.HTML),
        (b"\r\n\xef\xbb\xbf\xef\xbb\xbf<html>", Kind.HTML),
        (b"<html>\0\0\0\0\0\0\0\0\0\0<body>", Kind.HTML),
        (b"<my-page><div><p>a</p><p>b</p></div><div><p>c</p></div></my-page>", Kind.HTML),
        (TEXT.encode(), Kind.TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), Kind.TEXT),
        (TEXT.encode("utf-16"), Kind.TEXT),
        (TEXT.encode("utf-16-le"), Kind.TEXT),
        (TEXT.encode("utf-32"), Kind.TEXT),
        ("Двое ранены у реки, сообщил совет.".encode("cp1251"), Kind.TEXT),
        ("نزح المئات من البلدة".encode(), Kind.TEXT),
        ("二人が負傷した".encode("iso2022_jp"), Kind.TEXT),
        (TEXT.encode() + b"\0\0" + TEXT.encode() * 9, Kind.TEXT),
        (TEXT.encode() * 9 + b"\xff\xc0\x80\xf5", Kind.TEXT),
        (b"a < b, and <html> is a tag that people write about.", Kind.TEXT),
        (b"WARC/ is how a record begins.", Kind.TEXT),
        (b"PAR1 is how a table begins.", Kind.TEXT),
        (b"GIF89 is a format of images" + b" and RIFF one of sounds" * 9, Kind.BINARY),
        (b"{braces} begin this sentence.", Kind.TEXT),
        (b"[AFP] Two people were hurt.", Kind.TEXT),
        (b" " * HEAD, Kind.TEXT),
        (b'{"text": "a"}\n{"text": "b"}\n', Kind.JSONL),
        (b'{"text": "a"}', Kind.JSONL),
        ('{"text": "хХ…Å\u0085\u2028"}\r\n{"text": "хХ"}\r\n'.encode(), Kind.JSONL),
        (b"<figure><img src=a.jpg></figure>Two people were hurt.", Kind.HTML),
        (b"<blockquote>Two people were hurt.</blockquote>", Kind.HTML),
        (b'not json\n{"text": "<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p>"}\n', Kind.JSONL),
        (b'{"text": "' + b"a" * HEAD, Kind.JSONL),
        (b'{"text": "a"\n{"text": "' + b"a" * HEAD, Kind.JSONL),
        (b'[{"text": "a"},\n {"text": "b"}]', Kind.JSON),
        (b'{\n  "text": "a"\n}', Kind.JSON),
        (RSS, Kind.FEED),
        (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>' + RSS, Kind.FEED),
        (b'\n<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><feed xmlns="http://www.w3.org/2005/Atom">', Kind.FEED),
        (b'<rdf:RDF xmlns:rdf="x">', Kind.FEED),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', Kind.FEED),
        (b"<sitemapindex>", Kind.FEED),
        (b'<?xml version="1.0"?><nitf><body/></nitf>', Kind.XML),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="1">', Kind.XML),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", Kind.WARC),
        (gzip.compress(b"x"), Kind.GZIP),
        (b"PK\x03\x04\x14\0", Kind.ZIP),
        (b"PAR1\x15\x04", Kind.PARQUET),
        (b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n', Kind.MHTML),
        (b"", Kind.EMPTY),
        (b"\xef\xbb\xbf \r\n\t ", Kind.EMPTY),
        (b"\0" * 999, Kind.BINARY),
        (b"\x7fELF\x02\x01\x01", Kind.BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind.BINARY),
        (b"%PDF-1.7\n", Kind.BINARY),
        (random.Random(1).randbytes(HEAD), Kind.BINARY),
        (random.Random(2).randbytes(400), Kind.BINARY),
        ('{"text": "a"}\n'.encode("utf-16"), Kind.BINARY),
    ],
)
def test_kind(head: bytes, kind: Kind) -> None:
    assert recognise(head).kind is kind


@pytest.mark.parametrize(
    ("head", "words", "remedy"),
    [
        (b"\x7fELF\x02\x01\x01", "ELF", "leave it out"),
        (b"\x89PNG\r\n\x1a\n", "PNG", "text of the page"),
        (b"%PDF-1.4", "PDF", "export its text"),
        (b"\0" * 300 + b"\x01\x02\x03" * 99, "unknown kind", "HTML or plain text"),
        (RSS, "feed", "--feed"),
        (b"", "empty", "fetch the page again"),
    ],
)
def test_what_cannot_be_read_is_named(head: bytes, words: str, remedy: str) -> None:
    found = recognise(head)
    assert words in found.what
    assert remedy in found.remedy


@pytest.mark.parametrize(
    "head", [b"<!--" * (HEAD // 4), b"<!DOCTYPE x [" + b"]" * HEAD, b"[" * HEAD, b"{" * HEAD, b"<a b=" * (HEAD // 5), b"a:\n" * (HEAD // 3)]
)
def test_hostile_beginnings_are_recognised_at_once(head: bytes) -> None:
    start = time.process_time()
    recognise(head[:HEAD])
    assert time.process_time() - start < 2
