"""What a page says of where its words come from: agency lines, translations, updates, corrections, marks of its own reporting."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from purport.incidents.origins_names import acronyms, is_same
from purport.model import BlockKind, Document, Span
from purport.resources import rows_of, yaml_of

LINES = "incidents/lines.yaml"
NAME = r"(?-i:[A-Z][\w.’'&/-]*(?: (?:[A-Z][\w.’'&/-]*|\d+|of|the|and|for|de|al-\w+))*)"
LONGEST_LINE = 200  #: characters; a story line is short, a paragraph that holds such words tells something
REMEMBERED = 32  #: pages; a list of hundreds of events is a page of hundreds of incidents, one after another
PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody whose story the page says it is. ``where``: byline, dateline, line, translation."""

    name: str
    where: str
    words: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What one page says of itself; ``own`` and ``told`` are words that show the outlet's own work."""

    credits: tuple[Credit, ...] = ()
    update: str = ""
    correction: str = ""
    own: tuple[Span, ...] = ()
    told: tuple[Span, ...] = ()


def marks_of(document: Document, *, outlets: Iterable[str] = ()) -> Marks:
    """The marks of one page. ``outlets``: names of all outlets of the incident, by which an unknown agency is known."""
    return _marks(document, tuple(outlets))


@lru_cache(maxsize=REMEMBERED)
def _marks(document: Document, names: tuple[str, ...]) -> Marks:
    credits = [*_signed(document, names), *_story_lines(document)]
    is_other = [credit for credit in credits if not (document.outlet and is_same(credit.name, document.outlet))]
    return Marks(
        tuple({credit.name: credit for credit in reversed(is_other)}.values())[::-1],
        _first(document, "update"),
        _first(document, "correction"),
        tuple(_self_spans(document, "own")),
        tuple(_self_spans(document, "told")),
    )


# ------------------------------------------------------------------ whose story
def _signed(document: Document, outlets: tuple[str, ...]) -> Iterator[Credit]:
    """Agencies in byline, dateline and credit lines; a picture's credit says nothing of the story."""
    if document.byline:
        yield from _agencies(document.byline, outlets, where="byline", spans=_spans_of(document, BlockKind.BYLINE))
    for block in document.blocks:
        words = block.span.of(document.text)
        if block.kind is BlockKind.DATELINE:
            for found in PARENTHESIS.finditer(words):
                if not found[1].islower():
                    yield Credit(found[1], "dateline", words.strip(), (block.span,))
        elif block.kind is BlockKind.BYLINE:
            yield from _agencies(words, outlets, where="byline", spans=(block.span,))
        elif block.kind is BlockKind.CREDIT and not _follows_caption(document, block.span):
            yield from _agencies(words.strip("() "), outlets, where="credit line", spans=(block.span,))


def _spans_of(document: Document, kind: BlockKind) -> tuple[Span, ...]:
    return tuple(block.span for block in document.blocks if block.kind is kind)


def _follows_caption(document: Document, span: Span) -> bool:
    before = [block for block in document.blocks if block.span.end <= span.start]
    return bool(before) and before[-1].kind is BlockKind.CAPTION


def _agencies(words: str, outlets: tuple[str, ...], *, where: str, spans: tuple[Span, ...]) -> Iterator[Credit]:
    if re.search(yaml_of(LINES)["photo"], words, re.IGNORECASE):
        return
    for pattern in _patterns("agency"):
        found = pattern.search(words.strip())
        if found and is_agency(found["name"], outlets):
            yield Credit(found["name"], where, words.strip(), spans)
            return


def is_agency(name: str, outlets: Iterable[str] = ()) -> bool:
    """Whether a name is that of a news agency: a known one, one of its form, or another outlet of the incident."""
    known = name.casefold() in known_agencies() or bool(re.search(yaml_of(LINES)["agency_words"], name))
    return known or any(is_same(name, outlet) for outlet in outlets)


@cache
def known_agencies() -> frozenset[str]:
    """Names in lower case."""
    listed = [str(name) for name in yaml_of("extract/agencies.yaml")]
    for row in rows_of("actors/actors.tsv"):
        if row["kind"] == "agency":
            listed += [row["name"], *row["aliases"].split("|")]
    return frozenset(name.casefold() for name in listed if name)


def _story_lines(document: Document) -> Iterator[Credit]:
    for words, spans in _lines(document):
        if len(words) > LONGEST_LINE or re.search(yaml_of(LINES)["photo"], words, re.IGNORECASE):
            continue
        matches = ((kind, found) for kind in ("translation", "story") for pattern in _patterns(kind) if (found := pattern.search(words)))
        kind, found = next(matches, ("", None))
        if found:
            yield Credit(found["name"].strip(" ."), "translation" if kind == "translation" else "line", words.strip(), spans)


def _lines(document: Document) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Short lines of the text and of what was left out of it; a caption tells of a picture."""
    for block in document.blocks:
        if block.kind not in (BlockKind.CAPTION, BlockKind.HEADLINE, BlockKind.DATELINE):
            yield block.span.of(document.text), (block.span,)
    yield from ((line, ()) for line in document.furniture)


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.replace("NAME", NAME), re.IGNORECASE) for pattern in yaml_of(LINES)[kind])


# ------------------------------------------------------------------ later states
def _first(document: Document, kind: str) -> str:
    """The first line that marks the page as an update or a correction; empty if none does."""
    lines = [document.title or "", *(words for words, _ in _lines(document))]
    return next((line.strip() for line in lines for pattern in _patterns(kind) if pattern.search(line)), "")


# ------------------------------------------------------------------ the outlet's own work
def selves(outlet: str | None) -> tuple[str, ...]:
    """What a page may call its own outlet: the name, its last word, its letters, "us", "this newspaper"."""
    names = ["(?-i:us)", "this (?:news)?paper", "this (?:reporter|correspondent|website|channel)"]
    if outlet:
        plain = re.sub(r"^[Tt]he ", "", outlet)
        last = plain.split()[-1]
        names += [re.escape(plain), *(re.escape(letters) for letters in sorted(acronyms(plain)))]
        names += [re.escape(last)] if len(last) > 4 and last[0].isupper() else []
    return tuple(names)


def _self_spans(document: Document, kind: str) -> Iterator[Span]:
    for pattern in _own_patterns(kind, _named_in(document.text, document.outlet)):
        yield from (Span(*found.span()) for found in pattern.finditer(document.text))


def _named_in(text: str, outlet: str | None) -> str | None:
    """The outlet if a text holds any of its names, else None: its patterns, which take milliseconds to compile, would find no more."""
    if outlet is None:
        return None
    words, plain = text.casefold(), re.sub(r"^[Tt]he ", "", outlet)
    names = (plain, plain.split()[-1], *acronyms(plain))
    return outlet if any(name.casefold() in words for name in names) else None


@cache
def _own_patterns(kind: str, outlet: str | None) -> tuple[re.Pattern[str], ...]:
    either = "|".join(selves(outlet))
    return tuple(re.compile(pattern.replace("SELF", either), re.IGNORECASE) for pattern in yaml_of(LINES)[kind])


def is_own(words: str, outlet: str | None) -> bool:
    """Whether the words of a source are the outlet itself or its people: "a Courier reporter", "our correspondent"."""
    names_itself = outlet is not None and is_same(words, outlet)
    return names_itself or any(pattern.search(words) for pattern in _own_patterns("own", _named_in(words, outlet)))
