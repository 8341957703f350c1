"""A report without the names of victims, witnesses and minors: a report like any other, whose text and spans moved with them."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import unquote, urlsplit

from purport.export.minors import names_of_minors
from purport.model import (
    Attribution,
    Block,
    Claim,
    Document,
    Entity,
    EntityKind,
    Event,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Spans,
    Thing,
)
from purport.resources import yaml_of
from purport.status import quote_of

WITHHELD = "[name withheld]"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BETWEEN = r"[\s.'’\-\u2010\u2011]{1,3}"  #: what stands between the words of one name
WITNESSES = (SourceKind.WITNESS, SourceKind.VICTIM, SourceKind.CAPTIVE)
LONG_PART = 5  #: letters of a part that people's own remarks may have in lower case; shorter ones are common words ("will")
SHORTEST_PART = 3  #: letters of a part of a name that is withheld by itself ("Ali"); shorter ones are initials and particles


def mask_report(report: Report, *, names: Collection[str] | None = None) -> Report:
    """The report without names of victims, witnesses, captives and minors, and names given on somebody's word, in all its parts.

    A name is withheld wherever it or one of its parts stands; ids stay, so that judgements and other exports still agree. ``names``: all
    that are to be withheld, its own among them (:func:`withheld_names`), where they are known already; None: its own.
    """
    pattern = _pattern(_names(report) if names is None else _no_bodies(report, names))
    if pattern is None:
        return report
    mask = _Mask(report.document.text, pattern)
    return replace(
        report,
        document=_document(report.document, mask),
        attributions=tuple(_attribution(link, mask) for link in report.attributions),
        events=tuple(_event(event, mask) for event in report.events),
        entities=tuple(_entity(entity, mask) for entity in report.entities),
    )


def mask_words(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """What people wrote, without these names (:func:`withheld_names`); their parts also in lower case."""
    pattern = _pattern(names, low=True)
    return [pattern.sub(WITHHELD, text) for text in texts] if pattern else list(texts)


def words_of_names(text: str) -> Iterator[str]:
    """The words of a text that :func:`mask_words` could take for a name or a part of one, each once."""
    words = dict.fromkeys(WORD.findall(text))
    yield from (word for word in words if len(word) >= LONG_PART or next(_parts(word), None))


# ------------------------------------------------------------------ which names
def withheld_names(report: Report) -> frozenset[str]:
    """The whole names that are withheld on a page, which comes unmasked."""
    return frozenset(_names(report))


def _no_bodies(report: Report, names: Collection[str]) -> set[str]:
    """But what is a place or a body on this page."""
    others = {entity.name.casefold() for entity in report.entities if entity.kind is not EntityKind.PERSON} if names else set()
    return {name for name in names if name.casefold() not in others}


def _names(report: Report) -> set[str]:
    """Whole names of victims, of people named on somebody's word, of witnesses and captives who speak, and of minors."""
    entities = {entity.id: entity for entity in report.entities}
    others = {entity.name.casefold() for entity in report.entities if entity.kind is not EntityKind.PERSON}
    names: set[str] = set()
    for claim in (claim for event in report.events for claim in event.claims):
        if isinstance(claim.value, Thing) and _names_a_person(claim, claim.value):
            entity = entities.get(claim.value.entity_id or "")
            said = (claim.words, claim.value.name, entity.name if entity else "")
            names.update(name for words in said for name in _named(words) if name.casefold() not in others)
    names.update(name for name in _names_of_witnesses(report) if name.casefold() not in others)
    names.update(name for name in names_of_minors(report) if name.casefold() not in others)
    return names


def _names_of_witnesses(report: Report) -> Iterator[str]:
    """Names of people who saw it, were hurt by it or are held; not of bodies that say what they saw."""
    entities = {entity.id: entity for entity in report.entities}
    for link in report.attributions:
        if link.source is None or link.source.kind not in WITNESSES:
            continue
        entity = entities.get(link.source.entity_id or "")
        if entity is not None and entity.kind is not EntityKind.PERSON:
            continue
        told = [quote_of(report.document.text, spans) for spans in (link.source.spans, link.source.named_spans) if spans]
        for words in (*map(_without_whereabouts, told), entity.name if entity else ""):
            yield from _named(words)


def _without_whereabouts(words: str) -> str:
    """ "a resident of Gao" is no name."""
    return re.split(rf"\s(?:{'|'.join(sorted(_words('whereabouts')))})\s", words)[0]


def _names_a_person(claim: Claim, value: Thing) -> bool:
    return claim.role is Role.NAME or (claim.role is Role.TARGET and value.kind is EntityKind.PERSON)


def _named(words: str) -> Iterator[str]:
    """Names inside a phrase: capitalised words that are two in a row, follow a title, or end the phrase ("the baker Haddouli")."""
    runs = list(_runs(words))
    for position, run in enumerate(runs):
        telling = [word for word in run if word.casefold() not in _words("titles")]
        is_pronoun = len(run) == 1 and run[0].casefold() in _words("pronouns")
        if telling and not is_pronoun and (len(run) > 1 or position == len(runs) - 1):
            yield _as_written(words, run)


def _runs(words: str) -> Iterator[list[str]]:
    """Stretches of capitalised words, particles between them included; an empty one for each other word."""
    run: list[str] = []
    for word in WORD.findall(words):
        if word.casefold() not in _words("breaks") and (_is_capitalised(word) or (run and word.casefold() in _words("particles"))):
            run.append(word)
            continue
        yield run
        run = []
    yield run


def _as_written(words: str, run: list[str]) -> str:
    match = re.search(BETWEEN.join(map(re.escape, run)), words)
    return match.group() if match else " ".join(run)


def _is_capitalised(word: str) -> bool:
    """Or of a script that has no capitals."""
    return word[0].isupper() or word[0].lower() == word[0].upper()


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(str(word) for word in yaml_of("masking.yaml")[kind])


def _pattern(names: Iterable[str], *, low: bool = False) -> re.Pattern[str] | None:
    """Whole names in any case, their parts as written or in capitals (``low``: or in lower case, if long); the longest first."""
    names = tuple(names)
    whole = {BETWEEN.join(map(re.escape, WORD.findall(name))) for name in names}
    parts = {form for name in names for part in _parts(name) for form in (re.escape(part), re.escape(part.upper()))}
    parts |= {re.escape(part.lower()) for name in names for part in _parts(name) if low and len(part) >= LONG_PART}
    if not whole:
        return None
    ordered = [f"(?i:{name})" for name in sorted(whole, key=len, reverse=True)] + sorted(parts, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ordered)})(?![^\W_])")


def _parts(name: str) -> Iterator[str]:
    for word in WORD.findall(name):
        common = word.casefold() in _words("titles") or word.casefold() in _words("particles")
        if len(word) >= SHORTEST_PART and _is_capitalised(word) and not common:
            yield word


# ------------------------------------------------------------------ the text and its spans
@dataclass(frozen=True, slots=True)
class _Shift:
    """From ``end`` of the old text on, characters stand ``by`` further; ``start`` to ``end`` became ``new``."""

    start: int
    end: int
    new: Span


class _Mask:
    """The text with names withheld, and where each old span now stands."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._shifts: list[_Shift] = []
        moved = 0
        for match in pattern.finditer(text):
            start = match.start() + moved
            self._shifts.append(_Shift(match.start(), match.end(), Span(start, start + len(WITHHELD))))
            moved += len(WITHHELD) - len(match.group())
        self._starts = [shift.start for shift in self._shifts]
        self.text = pattern.sub(WITHHELD, text)

    def words(self, text: str) -> str:
        return self._pattern.sub(WITHHELD, text)

    def maybe(self, text: str | None) -> str | None:
        return None if text is None else self.words(text)

    def span(self, span: Span) -> Span:
        return Span(self._moved(span.start, is_end=False), self._moved(span.end, is_end=True))

    def spans(self, spans: Spans) -> Spans:
        return tuple(self.span(span) for span in spans)

    def _moved(self, position: int, *, is_end: bool) -> int:
        """A position inside a withheld name goes to the edge that keeps the name whole."""
        index = bisect_right(self._starts, position - 1 if is_end else position) - 1
        if index < 0:
            return position
        shift = self._shifts[index]
        if position < shift.end:
            return shift.new.end if is_end else shift.new.start
        return position + shift.new.end - shift.end


# ------------------------------------------------------------------ the records
def _document(document: Document, mask: _Mask) -> Document:
    return replace(
        document,
        text=mask.text,
        title=mask.maybe(document.title),
        byline=mask.maybe(document.byline),
        rights=mask.maybe(document.rights),
        url=_url(document.url, mask),
        blocks=tuple(Block(mask.span(block.span), block.kind) for block in document.blocks),
        furniture=tuple(mask.words(line) for line in document.furniture),
    )


def _url(url: str | None, mask: _Mask) -> str | None:
    """Addresses often spell the name out; such a one is cut down to its site."""
    if url is None:
        return None
    spelt = re.sub(r"[\W_]+", " ", unquote(url))
    if mask.words(spelt.title()) == spelt.title() and mask.words(spelt) == spelt:
        return url
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _attribution(link: Attribution, mask: _Mask) -> Attribution:
    source = link.source and _source(link.source, mask)
    return replace(link, source=source, cue=mask.spans(link.cue), content=mask.spans(link.content))


def _source(source: Source, mask: _Mask) -> Source:
    return replace(source, spans=mask.spans(source.spans), named_spans=mask.spans(source.named_spans))


def _entity(entity: Entity, mask: _Mask) -> Entity:
    return replace(entity, name=mask.words(entity.name))


def _event(event: Event, mask: _Mask) -> Event:
    return replace(event, triggers=mask.spans(event.triggers), claims=tuple(_claim(claim, mask) for claim in event.claims))


def _claim(claim: Claim, mask: _Mask) -> Claim:
    spans = mask.spans(claim.spans)
    value = replace(claim.value, name=mask.words(claim.value.name)) if isinstance(claim.value, Thing) else claim.value
    return replace(claim, value=value, spans=spans, words=quote_of(mask.text, spans))
