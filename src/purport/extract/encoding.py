"""Raw bytes → characters: byte-order marks, declarations that lie, no declaration at all. No page is lost to a bad byte."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from purport.resources import yaml_of

#: How browsers read these labels (WHATWG Encoding Standard); keys as ``_label`` writes them.
WEB_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-8-i": "iso8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
}
#: What a page without a usable declaration is tried as, most usual first.
CANDIDATES = [
    "cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "cp1255", "cp1253", "cp874", "koi8_r", "iso8859_2", "iso8859_6", "iso8859_5",
    "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
#: Bytes of text shown to the guesser; more brings nothing on pages of the kinds tested and costs time.
SAMPLE = 20_000
#: Above this share of accented letters among all letters a Western reading is wrong: French and Vietnamese stay under .25, Arabic or
#: Cyrillic read as Western is above .6.
MOST_ACCENTED = 0.4
#: A page is UTF-8 with a few broken bytes if sound sequences outnumber broken bytes by this factor.
SOUND_PER_BROKEN = 3

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANG = re.compile(rb"""<html[^>]{0,300}?\blang\s*=\s*["']?([A-Za-z]{2})\b""", re.IGNORECASE)
_SHIFTED = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_TAGS = re.compile(rb"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a page and the charset that they were read with. Bytes that fit no character are U+FFFD; no NUL is left."""

    text: str
    charset: str


def decode(content: bytes, charset: str | None = None) -> Decoded:
    """The characters of ``content``; ``charset`` is what the transport declared. Never fails."""
    used = charset_of(content, declared=(charset, meta_charset(content)))
    text = content.decode(used, "replace").removeprefix("\ufeff")
    return Decoded(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")), used)


def meta_charset(content: bytes) -> str | None:
    """The charset that a ``<meta>`` element or XML declaration near the top names, or None."""
    found = _META.search(content[:8192])
    return found.group(1).decode("ascii", "ignore") if found else None


def charset_of(content: bytes, *, declared: tuple[str | None, ...] = ()) -> str:
    """The charset to read ``content`` with: a byte-order mark, what the bytes prove, a plausible declaration, then a guess."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _wide_without_mark(content)
    if marked:
        return marked
    labels = [label for label in map(_label, declared) if label]
    if content.isascii():
        return "iso2022_jp" if _SHIFTED.search(content) else "utf-8"
    if _is_utf8(content):
        return "utf-8"
    fitting = next((label for label in labels if _fits(content, label)), None)
    if fitting and fitting != "cp1252":
        return fitting
    return _by_language(content) or fitting or _guess(content)


def _label(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip().lower()).name
    except (LookupError, ValueError):
        return WEB_LABELS.get((declared or "").strip().lower())
    return WEB_LABELS.get(name, name)


def _wide_without_mark(content: bytes) -> str | None:
    head = content[:2000]
    if len(head) < 8 or head.count(0) < len(head) // 4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        broken = content.decode("utf-8", "replace").count("\ufffd")
        return len(_MULTIBYTE.findall(content)) > SOUND_PER_BROKEN * broken
    return True


def _fits(content: bytes, label: str) -> bool:
    if label.startswith(("utf-8", "utf_8", "utf-16", "utf-32")):
        return False
    try:
        text = _sample(content).decode(label, "ignore")
    except (LookupError, ValueError, TypeError, AssertionError):
        return False
    return not _is_western(label) or not _reads_as_wrong_western(text)


def _by_language(content: bytes) -> str | None:
    """The charset usual for the language that the page names, if nearly all its bytes are letters of it."""
    named = _LANG.search(content[:8192])
    usual: dict[str, list[str]] = yaml_of("extract/languages.yaml")["charsets"]
    sample = _sample(content)
    broken = {label: _broken(sample, label) for label in usual.get(named.group(1).decode("ascii").lower(), ())} if named else {}
    best = min(broken, key=lambda label: broken[label], default=None)
    return best if best and broken[best] < 0.01 and _fits(content, best) else None


def _broken(sample: bytes, label: str) -> float:
    """Share of characters that betray the wrong charset: bytes without meaning and half-width kana; a little more if capitals outweigh
    small letters, by which KOI8-R and Windows-1251 are told apart."""
    text = sample.decode(label, "replace")
    odd = sum(character == "\ufffd" or "\uff61" <= character <= "\uff9f" for character in text) / max(len(text), 1)
    return odd + (0.005 if sum(map(str.isupper, text)) > sum(map(str.islower, text)) else 0.0)


def _is_western(label: str) -> bool:
    return label in {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258"} or label.startswith("iso8859-1")


def _reads_as_wrong_western(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    accented = sum(character.isalpha() and not character.isascii() for character in text)
    return accented > MOST_ACCENTED * max(letters, 1)


def _sample(content: bytes) -> bytes:
    """The part of the page where its own words are: tags left out, lines with foreign bytes first."""
    words = _TAGS.sub(b" ", content[: 20 * SAMPLE])
    lines = [line.strip() for line in words.splitlines() if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def _guess(content: bytes) -> str:
    best = from_bytes(_sample(content), cp_isolation=CANDIDATES, steps=4, chunk_size=1024).best()
    return best.encoding if best else "cp1252"
