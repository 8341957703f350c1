"""WebAnno TSV 3.3, as INCEpTION writes and reads it: one layer of mentions, one of links between them. Offsets are UTF-16 units.

The form is that of the appendix "WebAnno TSV 3.3 File format" of INCEpTION's user guide: a header that declares layers, then for each
sentence its text and one line a token, a column for each feature; ``value[7]`` belongs to annotation 7, ``|`` parts those on one token.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from purport.annotation.goldgraph import FEATURES
from purport.annotation.graph import Edge, Node, Page
from purport.annotation.offsets import Offsets
from purport.errors import InputError
from purport.model import Span

LAYER, LINKS = "webanno.custom.Mention", "webanno.custom.Link"
NAMES = ("label", *dict.fromkeys(name for names in FEATURES.values() for name in names))
FIRST_LINE = "#FORMAT=WebAnno TSV 3"
NOTHING, NO_VALUE = "_", "*"
SPECIAL = re.compile(r"([\\\[\]|_;*\t\n\r]|->)")
PIECES = re.compile(r"\w+|[^\w\s]")
ROW = re.compile(r"(?P<address>\d+-\d+(?:\.\d+)?)\t(?P<start>\d+)-(?P<end>\d+)", re.ASCII)
LINK = re.compile(r"(?P<address>\d+-\d+(?:\.\d+)?)(?:\[(?P<first>\d+)_(?P<second>\d+)\])?", re.ASCII)
CONTROLS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
REMEDY = "export the page from INCEpTION as WebAnno TSV 3.3, with the layers of `purport gold --to webanno`"


# ------------------------------------------------------------------ out
def written(page: Page) -> str:
    """The TSV file of a page."""
    return _Writer(page).content()


def _escaped(words: str) -> str:
    return SPECIAL.sub(lambda found: CONTROLS.get(found[1]) or f"\\{found[1]}", words)


class _Writer:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._offsets = Offsets(page.text)
        self._numbers = {node.id: number for number, node in enumerate(page.nodes, start=1)}
        self._addresses: dict[int, str] = {}  # first character of a token → its address

    def content(self) -> str:
        head = [f"{FIRST_LINE}.3", f"#T_SP={LAYER}|{'|'.join(NAMES)}", f"#T_RL={LINKS}|link|BT_{LAYER}", "", ""]
        sentences = [(line, list(self._tokens(line))) for line in self._lines()]
        for number, (_, tokens) in enumerate(sentences, start=1):
            self._addresses |= {token.start: f"{number}-{place}" for place, token in enumerate(tokens, start=1)}
        body = [self._sentence(line, tokens) for line, tokens in sentences]
        return "\n".join(head) + "\n".join(body)

    def _lines(self) -> Iterator[Span]:
        for found in re.finditer(r"[^\n]*\S[^\n]*", self._page.text):
            yield Span(found.start(), found.end())

    def _tokens(self, line: Span) -> Iterator[Span]:
        """The words of a line, cut wherever an annotation begins or ends."""
        borders = sorted({end for node in self._page.nodes for end in (node.span.start, node.span.end) if line.start < end < line.end})
        for found in PIECES.finditer(self._page.text, line.start, line.end):
            cuts = [found.start(), *(border for border in borders if found.start() < border < found.end()), found.end()]
            yield from (Span(first, last) for first, last in pairwise(cuts))

    def _sentence(self, line: Span, tokens: list[Span]) -> str:
        rows = "".join(self._row(token) + "\n" for token in tokens)
        return f"#Text={_escaped_text(line.of(self._page.text))}\n{rows}"

    def _row(self, token: Span) -> str:
        here = [node for node in self._page.nodes if node.span.covers(token)]
        cells = ["|".join(f"{_value(node, name)}[{self._numbers[node.id]}]" for node in here) or NOTHING for name in NAMES]
        starting = {node.id for node in here if self._first_token(node) == token.start}
        links = [edge for edge in self._page.edges if edge.second in starting]
        cells.append("|".join(_escaped(edge.label) for edge in links) or NOTHING)
        cells.append("|".join(self._source(edge) for edge in links) or NOTHING)
        place = f"{self._offsets.units(token.start)}-{self._offsets.units(token.end)}"
        return "\t".join([self._addresses[token.start], place, _escaped_text(token.of(self._page.text)), *cells]) + "\t"

    def _source(self, edge: Edge) -> str:
        first = next(node for node in self._page.nodes if node.id == edge.first)
        return f"{self._addresses[self._first_token(first)]}[{self._numbers[edge.first]}_{self._numbers[edge.second]}]"

    def _first_token(self, node: Node) -> int:
        return next(start for start in range(node.span.start, node.span.end) if start in self._addresses)


def _escaped_text(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r")


def _value(node: Node, name: str) -> str:
    value = node.label if name == "label" else node.features.get(name)
    return _escaped(value) if value else NO_VALUE


# ------------------------------------------------------------------ in
@dataclass(slots=True)
class _Found:
    """One annotation while its tokens are read; places in UTF-16 units."""

    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Layer:
    kind: str  #: SP for mentions, RL for links
    name: str
    columns: tuple[str, ...]


def parsed(content: str, *, id: str, where: str) -> Page:
    """The page of a TSV file; layers of other names are passed over. Raises InputError with the line for what is not in the form."""
    if not content.startswith(FIRST_LINE):
        raise InputError("no file of WebAnno TSV 3", where=where, remedy=REMEDY)
    return _Parser(content, id=id, where=where).page()


class _Parser:
    def __init__(self, content: str, *, id: str, where: str) -> None:
        self._lines = content.split("\n")
        self._id = id
        self._where = where
        self._layers = [_layer(line) for line in self._lines if line.startswith(("#T_SP=", "#T_RL="))]
        self._mentions: dict[str, _Found] = {}
        self._links: list[tuple[str, str, str]] = []
        self._text: list[str] = []  # one piece for each UTF-16 unit, so that offsets are its places
        self._said = ""

    def page(self) -> Page:
        if not any(layer.name == LAYER for layer in self._layers):
            raise InputError(f"it has no layer {LAYER}", where=self._where, remedy=REMEDY)
        for number, line in enumerate(self._lines, start=1):
            self._line(line, where=f"{self._where}, line {number}")
        text = "".join(self._text)
        offsets = Offsets(text)
        nodes = [self._node(number, found, offsets=offsets) for number, found in self._mentions.items()]
        ordered = sorted(self._links, key=lambda link: (link[2].zfill(9), link[1].zfill(9)))  # as they were numbered, not as they stand
        edges = [Edge(label, first, second) for label, first, second in ordered]
        return Page(self._id, text, tuple(nodes), tuple(edges))

    def _node(self, number: str, found: _Found, *, offsets: Offsets) -> Node:
        span = Span(offsets.point(found.start, where=self._where), offsets.point(found.end, where=self._where))
        features = {name: found.values[name] for name in NAMES[1:] if found.values.get(name)}
        return Node(number, found.values.get("label", ""), span, features)

    def _line(self, line: str, *, where: str) -> None:
        if line.startswith("#Text="):
            self._said = self._said + "\n" + line[6:] if self._said else line[6:]
        elif row := ROW.match(line):
            if self._said:
                self._sentence(int(row["start"]), _plain(self._said))
                self._said = ""
            self._row(row, line.split("\t")[3:], where=where)
        elif line.strip() and not line.startswith("#"):
            raise InputError(f"no token: {line[:60]!r}", where=where, remedy=REMEDY)

    def _sentence(self, first: int, words: str) -> None:
        """The text of a sentence, its first token at ``first``; what no sentence holds are ends of lines."""
        start = first - _length(words[: len(words) - len(words.lstrip())])
        self._text += ["\n"] * (start - len(self._text))
        for character in words:
            self._text += [character, ""] if ord(character) > 0xFFFF else [character]

    def _row(self, row: re.Match[str], cells: list[str], *, where: str) -> None:
        position = 0
        for layer in self._layers:
            own = dict(zip(layer.columns, cells[position : position + len(layer.columns)], strict=False))
            position += len(layer.columns)
            if layer.name == LAYER and layer.kind == "SP":
                self._stacked(own, start=int(row["start"]), end=int(row["end"]), address=row["address"])
            elif layer.kind == "RL" and f"BT_{LAYER}" in own:
                self._linked(own, address=row["address"], where=where)

    def _stacked(self, own: dict[str, str], *, start: int, end: int, address: str) -> None:
        for name, cell in own.items():
            for value, number in _values(cell):
                found = self._mentions.setdefault(number or address, _Found(start, end))
                found.end = max(found.end, end)
                if value is not None:
                    found.values.setdefault(name, value)

    def _linked(self, own: dict[str, str], *, address: str, where: str) -> None:
        sources = [LINK.fullmatch(part) for part in _parted(own.pop(f"BT_{LAYER}")) if part != NOTHING]
        labels = [_plain_value(part) for part in _parted(next(iter(own.values()), NOTHING))]
        for label, source in zip(labels, sources, strict=False):
            if source is None:
                raise InputError("a link without the address of its source", where=where, remedy=REMEDY)
            first = source["first"] if source["first"] not in (None, "0") else source["address"]
            second = source["second"] if source["second"] not in (None, "0") else address
            self._links.append((label, first, second))


def _layer(line: str) -> _Layer:
    kind, _, declared = line[3:].partition("=")
    name, *columns = declared.split("|")
    return _Layer(kind, name, tuple(columns) or (name,))


def _parted(cell: str) -> list[str]:
    """What ``|`` parts, except where it is escaped."""
    return re.findall(r"(?:\\.|[^|\\])+", cell)


def _values(cell: str) -> Iterator[tuple[str | None, str | None]]:
    """Value and number of each annotation in a cell; the value None where a feature has none."""
    for part in _parted(cell):
        if part == NOTHING:
            continue
        found = re.fullmatch(r"(?P<value>(?:\\.|[^\\])*?)(?:\[(?P<number>\d+)\])?", part, re.DOTALL)
        assert found is not None  # noqa: S101 - the pattern takes whatever _parted gives
        yield (None if found["value"] == NO_VALUE else _plain_value(found["value"])), found["number"]


def _plain_value(words: str) -> str:
    return _plain(words)


def _plain(words: str) -> str:
    return re.sub(r"\\(->|.)", lambda found: {"t": "\t", "n": "\n", "r": "\r"}.get(found[1], found[1]), words)


def _length(words: str) -> int:
    return len(words) + sum(ord(character) > 0xFFFF for character in words)
