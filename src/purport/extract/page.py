"""Capture → Document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from purport.errors import InputError, SettingsError
from purport.extract.article import paragraphs_of_tree
from purport.extract.blocks import Cut, Paragraph, cut
from purport.extract.calendar import date_in
from purport.extract.encoding import decode
from purport.extract.language import language_of
from purport.extract.metadata import Metadata, metadata_of
from purport.extract.naming import byline_of, headline_of, outlet_in_title, outlet_of, person_named
from purport.extract.paragraphs import paragraphs_of
from purport.extract.publication import Dated, published_in, published_in_url
from purport.extract.rights import rights_in
from purport.extract.tree import drop_hidden, lines_of, stripped_lines, tree_of
from purport.model import Block, BlockKind, Capture, Document, Span, hashed_id
from purport.settings import Settings

_PARTING = "\n\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on a page before the user's own word and the text itself are asked."""

    paragraphs: Sequence[Paragraph]
    headline: str | None = None
    byline: str | None = None
    published: Dated | None = None
    rights: str | None = None
    metadata: Metadata | None = None


def document(capture: Capture, *, settings: Settings) -> Document:
    """The words of a capture, furniture left out, cut in blocks, with what the page says about itself.

    A page in a language that is not read is kept whole and marked ``unread``. Raises InputError for a page without words or with more
    than ``settings.max_text_chars``, SettingsError for a publication date that is no ISO date.
    """
    source = decode(capture.content, capture.charset).text
    page = _html_page(source) if capture.media_type == "text/html" else _plain_page(source)
    found = cut(page.paragraphs, captured=True, title=capture.hints.get("title") or page.headline)
    text, blocks = _assembled(page.paragraphs, found)
    _check(text, capture, settings=settings)
    return _document(capture, page, found=found, text=text, blocks=blocks, settings=settings)


def _html_page(source: str) -> _Page:
    tree = tree_of(source)
    if tree is None:
        return _Page([Paragraph(line) for line in stripped_lines(source)])
    metadata = metadata_of(tree)
    drop_hidden(tree)
    headline = headline_of(tree, metadata)
    paragraphs = paragraphs_of_tree(tree, metadata, headline=headline) or [Paragraph(line) for line in lines_of(tree)]
    return _Page(
        paragraphs,
        headline,
        byline_of(tree, metadata),
        published_in(tree, metadata, headline=headline),
        rights_in(tree, metadata),
        metadata,
    )


def _plain_page(source: str) -> _Page:
    return _Page([Paragraph(" ".join(span.of(source).split())) for span in paragraphs_of(source)])


def _assembled(paragraphs: Sequence[Paragraph], found: Cut) -> tuple[str, tuple[Block, ...]]:
    """The kept paragraphs in order, blank lines between them, and their parts as blocks over that text."""
    starts: dict[int, int] = {}
    pieces: list[str] = []
    at = 0
    for index in dict.fromkeys(part.paragraph for part in found.parts):
        starts[index] = at
        pieces.append(paragraphs[index].text)
        at += len(pieces[-1]) + len(_PARTING)
    blocks = (Block(Span(starts[p.paragraph] + p.span.start, starts[p.paragraph] + p.span.end), p.kind) for p in found.parts)
    return _PARTING.join(pieces), tuple(blocks)


def _check(text: str, capture: Capture, *, settings: Settings) -> None:
    if not any(character.isalpha() for character in text):
        remedy = "see whether the page shows its text only with scripts on; save it from a browser after it has loaded, or as text"
        raise InputError("no words in this page", where=capture.origin, remedy=remedy)
    if len(text) > settings.max_text_chars:
        what = f"the text has {len(text):,} characters, more than the {settings.max_text_chars:,} allowed"
        raise InputError(what, where=capture.origin, remedy="split the page, or raise max_text_chars")


def _document(capture: Capture, page: _Page, *, found: Cut, text: str, blocks: tuple[Block, ...], settings: Settings) -> Document:
    dated = _published(capture, page, found=found, settings=settings)
    language = language_of(text, declared=capture.hints.get("language") or (page.metadata.language if page.metadata else None))
    return Document(
        id=hashed_id("doc", capture.id, text),
        capture_id=capture.id,
        text=text,
        title=capture.hints.get("title") or page.headline or _headline(text, blocks),
        outlet=settings.outlet or capture.hints.get("outlet") or _outlet(capture, page, found=found),
        byline=page.byline or person_named(found.byline or "") or None,
        published=dated[0] if dated else None,
        published_from=dated[1] if dated else None,
        language=language,
        rights=found.rights or page.rights,
        url=capture.url,
        blocks=blocks,
        unread=None if language in settings.languages else f"language: {language}",
        furniture=found.furniture,
    )


def _published(capture: Capture, page: _Page, *, found: Cut, settings: Settings) -> Dated | None:
    """What the user says, what came beside the bytes, what the page says, its visible lines, its address; else None."""
    if settings.published:
        return _iso(settings.published), "option"
    hinted = date_in(capture.hints.get("published", ""))
    if hinted:
        return hinted, "hint published"
    in_text = (found.published, found.published_from or "") if found.published else None
    return page.published or in_text or published_in_url(capture.url)


def _iso(value: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as error:
        raise SettingsError(f"not an ISO date: {value}", where="published", remedy="write it as YYYY-MM-DD") from error


def _outlet(capture: Capture, page: _Page, *, found: Cut) -> str | None:
    titled = outlet_in_title(page.metadata, headline=page.headline, rights=page.rights) if page.metadata else None
    return outlet_of(page.metadata, None) or found.outlet or outlet_of(None, capture.url) or titled


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((block.span.of(text) for block in blocks if block.kind is BlockKind.HEADLINE), None)
