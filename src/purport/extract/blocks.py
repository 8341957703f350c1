"""Paragraphs → the blocks of a document: what each stretch is, and which paragraphs are no text of the page's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from purport.extract import lines
from purport.extract.calendar import date_in, date_line
from purport.model import BlockKind, Span

LONGEST_HEADLINE = 220
LONGEST_STANDFIRST = 400
LONGEST_HEADING = 90
LONGEST_MASTHEAD = 40
LONGEST_ENTRY = 25
#: Entries of a menu are looked for in so many paragraphs; fewer known menu words than this make none.
MOST_ENTRIES = 40
FEWEST_KNOWN = 3

_STOP = re.compile(r"[.!?…。؟。][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.。][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•▪●◦‣·*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s+")
_LABEL = re.compile(r"(?:image|photo|picture) caption:?\s+", re.IGNORECASE)
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a page; ``kind`` if the page's own structure tells it, and for a caption ``credit``, where its credit begins."""

    text: str
    kind: BlockKind | None = None
    credit: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one paragraph: ``span`` counts from the paragraph's start."""

    paragraph: int
    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of the paragraphs. Those named by no part and not in ``furniture`` hold a rights line or a date."""

    parts: tuple[Part, ...] = ()
    furniture: tuple[str, ...] = ()
    rights: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: str | None = None


@dataclass(slots=True)
class _Cutter:
    """One walk over the paragraphs; the state says how far into the page it is."""

    paragraphs: Sequence[Paragraph]
    captured: bool
    title: str | None
    last_sentence: int
    told: bool  #: the page's own markup tells its headline, and what lies below its text is cut away already
    has_headline: bool
    menu: frozenset[int] = frozenset()  #: paragraphs that are entries of a menu
    parts: list[Part] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    standfirst: bool = False
    body: bool = False
    aside: bool = False

    def note(self, key: str, value: str | None) -> None:
        if value:
            self.seen.setdefault(key, value)

    def keep(self, index: int, *, kind: BlockKind, start: int = 0, end: int | None = None) -> None:
        text = self.paragraphs[index].text
        end = len(text) if end is None else end
        inner = text[start:end]
        span = Span(start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())))
        if span.start < span.end:
            self.parts.append(Part(index, span, kind))


def folded(text: str) -> str:
    """Words alone in lower case, to compare a headline with a title."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def cut(paragraphs: Sequence[Paragraph], *, captured: bool, title: str | None = None) -> Cut:
    """The parts of ``paragraphs`` in order. ``captured``: they come from a page whose furniture, bare dates and rights lines are to go;
    otherwise only unmistakable furniture is left out."""
    sentences = [i for i, p in enumerate(paragraphs) if _STOP.search(p.text) and not _is_outside(p.text, captured=captured)]
    known = any(p.kind is BlockKind.HEADLINE for p in paragraphs)
    cutter = _Cutter(paragraphs, captured, title, sentences[-1] if sentences else -1, known, known)
    cutter.menu = _menu(paragraphs) if captured else cutter.menu
    for index in range(len(paragraphs)):
        _place(cutter, index)
    return Cut(tuple(cutter.parts), tuple(cutter.furniture), **cutter.seen)


def _menu(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The paragraphs between two menu words at the head of a page that are as short as these ("Home", "Money", "Sign in")."""
    run = [i for i, p in enumerate(paragraphs[:MOST_ENTRIES]) if p.kind is None]
    run = list(takewhile(lambda i: _is_entry(paragraphs[i].text), run))
    known = [i for i in run if lines.is_furniture(paragraphs[i].text, captured=True)]
    return frozenset(range(known[0], known[-1])) if len(known) >= max(FEWEST_KNOWN, len(run) - len(known)) else frozenset()


def _is_entry(line: str) -> bool:
    bare = len(line) <= LONGEST_ENTRY and not _STOP.search(line)
    return lines.is_furniture(line, captured=True) or (
        bare and len(line.split()) <= 2 and not lines.is_byline(line) and not date_line(line)
    )


def _is_outside(text: str, *, captured: bool) -> bool:
    return lines.is_furniture(text, captured=captured) or lines.is_rights(text)


def _place(cutter: _Cutter, index: int) -> None:
    """Decide on one paragraph: the first rule that applies has it."""
    paragraph = cutter.paragraphs[index]
    line = paragraph.text.replace("\n", " ")
    if paragraph.kind in {BlockKind.HEADLINE, BlockKind.STANDFIRST}:
        cutter.keep(index, kind=paragraph.kind)
        return
    for rule in (_leave_out, _take_rights, _take_date, _take_byline, _take_caption, _take_opening, _take_structure, _take_body):
        if rule(cutter, index, line):
            return


def _leave_out(cutter: _Cutter, index: int, line: str) -> bool:
    alone = len(cutter.paragraphs) == 1
    cutter.note("outlet", lines.outlet_named(line) if cutter.captured else None)
    if not alone and lines.is_furniture(line, captured=cutter.captured):
        cutter.aside = cutter.aside or lines.announces_others(line, captured=cutter.captured)
    elif index in cutter.menu or _is_masthead(cutter, line):
        pass
    elif not _is_teaser(cutter, index, line):
        return False
    cutter.furniture.append(line)
    return True


def _is_masthead(cutter: _Cutter, line: str) -> bool:
    """The outlet's own name above the headline: known because the page's rights or about line repeats it."""
    if not cutter.captured or cutter.has_headline or len(line) > LONGEST_MASTHEAD:
        return False
    return _is_own_name(cutter, line)


def _is_own_name(cutter: _Cutter, words: str) -> bool:
    """True if the page's rights or about line holds these words."""
    name = folded(words).removeprefix("the ")
    own = (folded(p.text) for p in cutter.paragraphs if lines.is_rights(p.text) or lines.outlet_named(p.text))
    return len(name) > 3 and any(f" {name} " in f" {line} " for line in own)


def _is_teaser(cutter: _Cutter, index: int, line: str) -> bool:
    """A related headline: a line without an end after "Read more" or below the last sentence of the page."""
    ends = (_FULL_STOP if cutter.aside else _STOP).search(line)
    if cutter.paragraphs[index].kind or not cutter.body or ends or len(line) > LONGEST_HEADLINE:
        cutter.aside = cutter.aside and not ends
        return False
    below = index > cutter.last_sentence >= 0 and cutter.captured and not cutter.told
    return (cutter.aside or below) and not (lines.is_byline(line) or lines.is_rights(line) or date_line(line))


def _take_rights(cutter: _Cutter, index: int, line: str) -> bool:
    if not lines.is_rights(line) or len(cutter.paragraphs) == 1:
        return False
    cutter.note("rights", line.strip())
    if not cutter.captured:
        cutter.keep(index, kind=BlockKind.RIGHTS)
    return True


def _take_date(cutter: _Cutter, index: int, line: str) -> bool:
    found = date_line(line)
    if found is None or len(cutter.paragraphs) == 1:
        return False
    if found[1] and found[0] and "published" not in cutter.seen:
        cutter.note("published", found[0])
        cutter.note("published_from", f"line: {line.strip()}")
    if cutter.captured:
        cutter.furniture.append(line)
    else:
        cutter.keep(index, kind=BlockKind.DATELINE)
    return True


def _take_byline(cutter: _Cutter, index: int, line: str) -> bool:
    if cutter.paragraphs[index].kind not in {None, BlockKind.BYLINE} or not lines.is_byline(line):
        return False
    cutter.note("byline", line.strip())
    cutter.keep(index, kind=BlockKind.BYLINE)
    return True


def _take_caption(cutter: _Cutter, index: int, line: str) -> bool:
    given = cutter.paragraphs[index].kind is BlockKind.CAPTION
    if not given and lines.is_credit(line):
        cutter.keep(index, kind=BlockKind.CREDIT)
        return True
    credit = _credit_start(cutter, index)
    if not given and not cutter.body and lines.is_dateline(line):
        return False
    if not (given or lines.opens_caption(line) or (credit and _may_be_caption(line[:credit]))):
        return False
    label = _LABEL.match(line)
    kind = BlockKind.CREDIT if given and lines.is_credit(line) else BlockKind.CAPTION
    cutter.keep(index, kind=kind, start=label.end() if label else 0, end=len(line[:credit].rstrip(" /|–—")))
    if credit:
        cutter.keep(index, kind=BlockKind.CREDIT, start=credit)
    return True


def _credit_start(cutter: _Cutter, index: int) -> int | None:
    """Where a credit at the end of the line begins: by the markup, by its words, or because it is the outlet's own name in brackets."""
    paragraph = cutter.paragraphs[index]
    line = paragraph.text.replace("\n", " ")
    told = paragraph.credit or lines.credit_start(line)
    if told is not None or paragraph.kind is BlockKind.CAPTION:
        return told if told is not None else lines.credit_of_caption(line)
    signed = lines.bracketed_end(line) if cutter.captured and not cutter.body else None
    return signed[0] if signed and _is_own_name(cutter, signed[1]) and not _STOP.search(line[: signed[0]].rstrip()) else None


def _may_be_caption(words: str) -> bool:
    """A caption before a credit is a sentence or two; a whole story signed "(AFP)" is not."""
    return len(words) < 300 and len(re.findall(r"[.!?] +[A-Z]", words)) < 3


def _take_opening(cutter: _Cutter, index: int, line: str) -> bool:
    if cutter.body or cutter.paragraphs[index].kind:
        return False
    if not cutter.has_headline and _is_headline(cutter, index, line):
        cutter.has_headline = True
        cutter.keep(index, kind=BlockKind.HEADLINE)
    elif lines.is_dateline(line):
        cutter.keep(index, kind=BlockKind.DATELINE)
    elif _is_standfirst(cutter, index, line):
        cutter.standfirst = True
        cutter.keep(index, kind=BlockKind.STANDFIRST)
    else:
        return False
    return True


def _is_headline(cutter: _Cutter, index: int, line: str) -> bool:
    if cutter.title and folded(line) == folded(cutter.title):
        return True
    bare = len(line) <= LONGEST_HEADLINE and not _FULL_STOP.search(line) and line[:1] not in '"“' and not line.endswith((",", ":", ";"))
    above = index < cutter.last_sentence or _heads_one(cutter, index)
    return bare and above and not lines.is_dateline(line) and not _BULLET.match(line)


def _heads_one(cutter: _Cutter, index: int) -> bool:
    """True for the first of just two paragraphs without a full stop, if it is a few words over a longer one."""
    texts = [p.text for p in cutter.paragraphs]
    return len(texts) == 2 and index == 0 and len(texts[0].split()) >= 3 and 3 * len(texts[0]) <= 2 * len(texts[1])


def _is_standfirst(cutter: _Cutter, index: int, line: str) -> bool:
    if not cutter.has_headline or cutter.standfirst or any(p.kind is BlockKind.STANDFIRST for p in cutter.paragraphs):
        return False
    bare = 25 <= len(line) <= LONGEST_STANDFIRST and not _STOP.search(line) and not line.endswith((",", ":", ";"))
    return bare and index < cutter.last_sentence and not lines.dateline_end(line, first=True)


def _take_structure(cutter: _Cutter, index: int, line: str) -> bool:
    kind = cutter.paragraphs[index].kind
    bullet = _BULLET.match(line)
    if kind in {BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE}:
        cutter.keep(index, kind=kind)
    elif bullet and cutter.body:
        cutter.keep(index, kind=BlockKind.LIST_ITEM, start=bullet.end())
    elif kind is None and cutter.body and _is_heading(cutter, index, line):
        cutter.keep(index, kind=BlockKind.HEADING)
    else:
        return False
    return True


def _is_heading(cutter: _Cutter, index: int, line: str) -> bool:
    after = cutter.paragraphs[index + 1].text if index + 1 < len(cutter.paragraphs) else ""
    bare = len(line) <= LONGEST_HEADING and line[:1].isupper() and not re.search(r"[.!?,:;…\"”’')\]]$", line)
    return bare and len(after) > len(line) and bool(_STOP.search(after))


def _take_body(cutter: _Cutter, index: int, line: str) -> bool:
    end = lines.dateline_end(line, first=not cutter.body)
    if end:
        cutter.keep(index, kind=BlockKind.DATELINE, end=end)
        dated = date_in(line[:end])
        if dated and not cutter.body:
            cutter.note("published", dated)
            cutter.note("published_from", "dateline" if cutter.seen.get("published") == dated else None)
    title = _title_end(cutter, line) if not cutter.body and not end else 0
    if title:
        cutter.has_headline = True
        cutter.keep(index, kind=BlockKind.HEADLINE, end=title)
    cutter.keep(index, kind=BlockKind.PARAGRAPH, start=max(end, title))
    cutter.body = True
    return True


def _title_end(cutter: _Cutter, line: str) -> int:
    """Where the page's title ends if the paragraph opens with it ("Two die in blast. Police said …"); 0 if it does not."""
    title = (cutter.title or "").strip().rstrip(".")
    opens = bool(title) and not cutter.has_headline and line.startswith(title) and len(line) > len(title) + 20
    found = re.match(r"[.!?]?[\"”’']?\s+(?=\S)", line[len(title) :]) if opens else None
    return len(title) + found.end() if found else 0
