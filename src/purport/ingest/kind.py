"""What a file is, from its first bytes: names and extensions are not asked."""

import csv
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from purport.resources import yaml_of

#: Bytes looked at. Pages with long comments or scripts before the first tag exist; more than this before it has not been met.
HEAD = 65_536

#: Share of control characters above which bytes are no text. Damaged text with stray NULs stays below 1 %, random bytes have 10 %.
MOST_CONTROL = 0.05


class Kind(StrEnum):
    EMPTY = "empty"
    HTML = "html"
    TEXT = "text"
    WARC = "warc"
    GZIP = "gzip"
    ZIP = "zip"
    JSON = "json"  #: one JSON value over many lines
    JSONL = "jsonl"
    PARQUET = "parquet"
    CSV = "csv"
    FEED = "feed"
    MHTML = "mhtml"
    XML = "xml"  #: neither a page nor a feed
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The kind; ``what`` and ``remedy`` are said to the user about kinds that cannot be read."""

    kind: Kind
    what: str = ""
    remedy: str = ""


_MAGIC = (
    (re.compile(rb"\x1f\x8b\x08"), Kind.GZIP),
    (re.compile(rb"PK\x03\x04"), Kind.ZIP),
    (re.compile(rb"PAR1(?![ -~])"), Kind.PARQUET),
    (re.compile(rb"WARC/\d"), Kind.WARC),
)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s/>]", re.I)
_PROLOG = re.compile(r"(?:[\ufeff\s\0]+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\]\s*)?>)+", re.I | re.S)
#: The tags of the WHATWG MIME sniffing standard, and those with which saved fragments begin.
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|article|section|main|meta|link|header|footer"
    r"|span|[uod]l|nav|base|center|noscript|blockquote|figure|figcaption|picture|img|video|audio|strong|em|i|u|li|hr|pre|form|aside|time|small"
    r"|sup|sub|details|summary|address|button|template|amp-\w+)[\s>/]",
    re.I,
)
_CLOSING = re.compile(r"</(?:p|div|a|span|li|h[1-6]|html|body|head|table|td)\s*>", re.I)
_MIME = re.compile(r"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
_OPEN_OBJECT = re.compile(r"\s*\{\s*\"[^\"\n]*\"\s*:")
_XML = re.compile(r"<[a-z_][\w.:-]*(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>", re.I)
_BLANK = b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x08\x1a\x1b")) + b"\x7f"

#: Characters that the line with the names of a table's columns may have.
MOST_HEAD = 8_192

#: Closing tags that make a page of bytes whose beginning is no tag (a server's warning printed before the page).
FEWEST_CLOSING_TAGS = 5


def recognise(head: bytes) -> Recognised:
    """What the file is whose first ``HEAD`` bytes (or all, if fewer) are ``head``."""
    for magic, kind in _MAGIC:
        if magic.match(head):
            return Recognised(kind)
    if not head.strip(_BLANK):
        return _nothing(head)
    return _signed(head) or _written(head)


def _nothing(head: bytes) -> Recognised:
    if head and not head.strip(b"\0"):
        return Recognised(Kind.BINARY, "nothing but NUL bytes", "the file was lost on the way; copy or fetch it again")
    if len(head) >= HEAD:  # Words may follow the blanks.
        return Recognised(Kind.TEXT)
    return Recognised(Kind.EMPTY, "nothing but blanks" if head else "the file is empty", "leave it out, or fetch the page again")


def _signed(head: bytes) -> Recognised | None:
    for first_bytes, at, what, remedy in _signatures():
        if head.startswith(first_bytes, at):
            return Recognised(Kind.BINARY, f"{what}, not a page", remedy)
    return None


@cache
def _signatures() -> tuple[tuple[bytes, int, str, str], ...]:
    table = yaml_of("ingest/signatures.yaml")
    remedies = table["remedies"]
    return tuple(
        (bytes.fromhex(line["hex"]), int(line.get("at", 0)), str(line["what"]), str(remedies[line.get("remedy", "page")]))
        for line in table["signatures"]
    )


def _written(head: bytes) -> Recognised:
    """Text of some kind, unless too many of the bytes are control characters."""
    text, wide = _rough_text(head)
    prolog = _PROLOG.match(text)
    body = text[prolog.end() :] if prolog else text
    if _FEED.match(body):
        return Recognised(Kind.FEED, "a feed or sitemap, not a page", "use --feed to read the pages that it lists")
    if _TAG.match(body):
        return Recognised(Kind.HTML)
    if not wide and len(head) - len(head.translate(None, _CONTROL)) > MOST_CONTROL * len(head):
        return Recognised(Kind.BINARY, "a binary file of an unknown kind, not a page", "give the page as HTML or plain text")
    return _structured(text, body=body, wide=wide) or Recognised(Kind.TEXT)


def _structured(text: str, *, body: str, wide: bool) -> Recognised | None:
    table = _json(body)
    if table and wide:
        return Recognised(Kind.BINARY, "JSON in UTF-16", "save it as UTF-8")
    if table:
        return Recognised(table)
    if len(_CLOSING.findall(text)) >= FEWEST_CLOSING_TAGS and not _MIME.match(body.replace("\r\n", "\n")):
        return Recognised(Kind.HTML)
    if text.lstrip("\ufeff \t\r\n")[:5].lower() == "<?xml" or _XML.match(body):
        return Recognised(Kind.XML, "XML, but neither a page nor a feed", "give the page as HTML or plain text")
    if _MIME.match(body.replace("\r\n", "\n")):
        return Recognised(Kind.MHTML)
    return Recognised(Kind.CSV) if not wide and _is_table_head(text.split("\n", 1)[0]) else None


def separator_of(head: str) -> str:
    """What parts the columns of a CSV file: what its head has most of, of comma, semicolon and tab."""
    return max(",;\t", key=head.count)


def _is_table_head(line: str) -> bool:
    """Whether a first line names columns as tables of pages do: one that holds the text and one of what is said beside it."""
    if len(line) > MOST_HEAD:
        return False
    try:
        names = {name.strip().casefold() for name in next(csv.reader([line.strip("\r\n\ufeff ")], delimiter=separator_of(line)), [])}
    except csv.Error:
        return False
    known = yaml_of("ingest/columns.yaml")
    archiver = yaml_of("ingest/auto_archiver.yaml")
    if names == set(archiver["record"]) or names.issuperset(archiver["sheet_needs"]):
        return True
    return not names.isdisjoint(known["text"]) and any(not names.isdisjoint(known[what]) for what in known if what != "text")


def _json(body: str) -> Kind | None:
    lines = [line for line in body.split("\n") if line.strip()]
    opened = [line for line in lines if line.lstrip().startswith("{")]
    cut_short = len(body) > HEAD // 2 and opened[-1:] == lines[-1:] and _OPEN_OBJECT.match(lines[-1])
    if len(opened) * 2 >= len(lines) and (cut_short or any(_is_object(line) for line in opened)):
        return Kind.JSONL
    if body.startswith("{") and len(lines) == 1 and _OPEN_OBJECT.match(body):
        return Kind.JSONL
    return Kind.JSON if re.match(r"\[\s*\{\s*\"", body) or _OPEN_OBJECT.match(body) else None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _rough_text(head: bytes) -> tuple[str, bool]:
    """The head as characters good enough to find ASCII marks in, and whether it is UTF-16 or UTF-32."""
    for mark, charset in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(charset, "replace"), True
    unmarked = _wide_charset(head)
    if unmarked:
        return head.decode(unmarked, "replace"), True
    return head.replace(b"\xef\xbb\xbf", b"").replace(b"\0", b"").decode("latin-1"), False


def _wide_charset(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every second byte of Western text is NUL there, and hardly any of the others."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None
