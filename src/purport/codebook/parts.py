"""A codebook's text → its parts, each with its line. Nothing is executed or expanded: a file may be hostile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

MOST_BYTES = 1_000_000
LONGEST_LINE = 10_000
DEEPEST = 16
MOST_PARTS = 200_000


@dataclass(frozen=True, slots=True)
class Part:
    """A scalar (always a string: "no" stays "no"), a list or a mapping, with the line (from 1) where it, or its key, stands."""

    line: int
    value: "str | tuple[Part, ...] | Mapping[str, Part]"
    is_quoted: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.is_quoted and self.value in ("", "~", "null", "Null", "NULL")


class Broken(Exception):
    """The text is no YAML that a codebook may use."""

    def __init__(self, line: int, what: str, *, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


def text_of(content: bytes) -> str:
    """The text of a file. Raises Broken if it is too large or no UTF-8, or has a line that nobody can read."""
    if len(content) > MOST_BYTES:
        raise Broken(1, f"larger than {MOST_BYTES:,} bytes", remedy="a codebook is a small file; keep long actor lists in a TSV beside it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Broken(line, f"not UTF-8 ({error.reason})", remedy="save it as UTF-8") from error
    for number, line_ in enumerate(text.splitlines(), start=1):
        if len(line_) > LONGEST_LINE:
            raise Broken(number, f"a line of more than {LONGEST_LINE:,} characters", remedy="break it up")
    return text


def parts_of(text: str) -> Part:
    """The one document of a text, a mapping. Raises Broken."""
    events = _checked(text)
    try:
        root = _part(next(events, None), events)
        for _ in events:  # to the end: there may be a second document
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise Broken(
            mark.line + 1 if mark else 1, f"not valid YAML: {what}", remedy="mend the line; put words with , : ? or # in quotes"
        ) from error
    if not isinstance(root.value, Mapping):
        raise Broken(root.line, "not a codebook: there are no keys", remedy="start from one of `purport codebook new`")
    return root


def _checked(text: str) -> Iterator[yaml.Event]:
    """The events of the one document, without what a codebook does not need: anchors, aliases, tags, deep nesting."""
    depth = number = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader), start=1):
        line = _line(event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if number > MOST_PARTS or depth > DEEPEST or documents > 1:
            what = "nested too deeply" if depth > DEEPEST else "several documents" if documents > 1 else "too many parts"
            raise Broken(line, what, remedy="write one plain document")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Broken(line, "an anchor or alias (& or *)", remedy="write the words out, or put them in quotes")
        if getattr(event, "tag", None):
            raise Broken(line, "a tag (!)", remedy="leave it out, or put the words in quotes")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.CollectionEndEvent)):
            yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _part(event: yaml.Event | None, events: Iterator[yaml.Event], *, line: int | None = None) -> Part:
    if event is None:
        return Part(1, "")
    line = line or _line(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return Part(line, tuple(_members(events)))
    if isinstance(event, yaml.MappingStartEvent):
        return Part(line, _entries(events))
    assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - nothing else comes through
    return Part(line, str(event.value), event.style is not None)


def _members(events: Iterator[yaml.Event]) -> Iterator[Part]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield _part(event, events)


def _entries(events: Iterator[yaml.Event]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise Broken(line, "a key that is no word", remedy="write a word before the colon")
        if event.value in found:
            raise Broken(
                line, f"the key {event.value!r} stands here twice, first in line {found[event.value].line}", remedy="keep one of them"
            )
        found[event.value] = _part(next(events), events, line=line)
    return found
