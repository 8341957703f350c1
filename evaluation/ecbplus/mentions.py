"""ECB+ pages read by purport, with the gold mentions of events: words, arguments, names, days and places of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from purport import models
from purport.extract import document_of_text
from purport.model import Reading, Span, Spans, Token
from purport.read import read
from purport.read.encoder import Encoder, encoder
from purport.settings import Settings

Record = Mapping[str, Any]
Vector = NDArray[np.float32]
Key = tuple[str, int]
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
#: Relations of words to a trigger, by the kind of argument that they stand for.
ARGUMENTS = {"nsubj": "subject", "agent": "subject", "dobj": "object", "nsubjpass": "object"} | dict.fromkeys(
    ("compound", "amod", "poss", "nmod"), "modifier"
)


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One gold mention. ``key``: page and number in it. Sets hold lemmas in lower case; vectors are of length 1."""

    key: Key
    words: str
    lemma: str
    pos: str
    tag: str
    sentence: int
    negated: bool
    arguments: Mapping[str, frozenset[str]]
    names: frozenset[str]
    nouns: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    places: frozenset[object]
    vector: Vector = field(repr=False)
    sentence_vector: Vector = field(repr=False)
    lemma_vector: Vector = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page with its mentions; ``words`` its content lemmas, names and numbers twice."""

    id: str
    topic: str
    mentions: tuple[Mention, ...]
    words: tuple[str, ...] = field(repr=False)


def page_of(record: Record, *, settings: Settings) -> Page:
    """The page of one record; the clusters of its mentions are not looked at."""
    text, offsets = _text_of(record)
    reading = read(document_of_text(text, id=record["id"]), settings=settings)
    spans = [
        tuple(offsets[mention["sent"], token] for token in mention["tokens"])
        for mention in record["mentions"]
        if mention["kind"] == "event"
    ]
    vectors = _Vectors(text, encoder(models.folder_of(settings)))
    mentions = (_mention((record["id"], number), own, reading=reading, vectors=vectors) for number, own in enumerate(spans))
    content = [token for token in reading.tokens if token.pos in CONTENT and token.words[0].isalnum()]
    words = (token.lemma.lower() for token in content for _ in range(2 if token.pos in ("PROPN", "NUM") else 1))
    return Page(record["id"], record["topic"], tuple(mentions), tuple(words))


def gold_of(records: Sequence[Record]) -> dict[Key, str]:
    """The gold cluster of each mention."""
    events = {record["id"]: [mention for mention in record["mentions"] if mention["kind"] == "event"] for record in records}
    return {(page, number): mention["cluster"] for page, mentions in events.items() for number, mention in enumerate(mentions)}


def _text_of(record: Record) -> tuple[str, dict[tuple[int, int], Span]]:
    """Its sentences as paragraphs, and where each token stands."""
    offsets: dict[tuple[int, int], Span] = {}
    paragraphs: list[str] = []
    start = 0
    for sentence in record["sentences"]:
        at = start
        for number, word in enumerate(sentence["tokens"]):
            offsets[sentence["sent"], number] = Span(at, at + len(word))
            at += len(word) + 1
        paragraphs.append(" ".join(sentence["tokens"]))
        start += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs), offsets


class _Vectors:
    """Vectors of stretches of one text, from the last layer of the product's own encoder."""

    def __init__(self, text: str, encoder: Encoder) -> None:
        self._encoder = encoder
        self._offsets, self._layer = self._encoded(text)

    def _encoded(self, text: str) -> tuple[Sequence[tuple[int, int]], Vector]:
        encoded = self._encoder.encode(text)
        layers = [
            self._encoder.last_layer(encoded, number)[window.first - window.start + 1 : window.last - window.start + 1]
            for number, window in enumerate(encoded.windows)
        ]
        return encoded.offsets, np.concatenate(layers)

    def of(self, spans: Spans) -> Vector:
        inside = [n for n, (start, end) in enumerate(self._offsets) if any(start < s.end and s.start < end for s in spans)]
        return _of_length_one(self._layer[inside or [0]].mean(axis=0))

    def of_word(self, word: str) -> Vector:
        return _of_length_one(self._encoded(word)[1].mean(axis=0))


def _of_length_one(vector: Vector) -> Vector:
    return vector / (np.linalg.norm(vector) + 1e-9)


def _mention(key: Key, spans: Spans, *, reading: Reading, vectors: _Vectors) -> Mention:
    head = _head(spans, reading.tokens)
    sentence = reading.sentences[head.sentence]
    inside = reading.tokens[sentence.first : sentence.end]
    return Mention(
        key=key,
        words=" ".join(span.of(reading.document.text) for span in spans).lower(),
        lemma=head.lemma.lower(),
        pos=head.pos,
        tag=head.tag,
        sentence=head.sentence,
        negated=any(token.head == head.index and token.dep == "neg" for token in inside),
        arguments=_arguments(head, inside, reading=reading),
        names=frozenset(token.lemma.lower() for token in inside if token.pos == "PROPN"),
        nouns=frozenset(token.lemma.lower() for token in inside if token.pos == "NOUN") - {head.lemma.lower()},
        numbers=frozenset(token.words.lower() for token in inside if token.pos == "NUM"),
        days=frozenset(time.edtf for time in reading.times if time.edtf and sentence.span.covers(time.span)),
        places=frozenset(place.geonames_id or place.name for place in reading.toponyms if sentence.span.covers(place.span)),
        vector=vectors.of(spans),
        sentence_vector=vectors.of((sentence.span,)),
        lemma_vector=vectors.of_word(head.lemma.lower()),
    )


def _head(spans: Spans, tokens: Sequence[Token]) -> Token:
    """The word of a mention that the others hang on, a content word if there is one."""
    own = [token for token in tokens if any(token.span.overlaps(span) for span in spans)]
    indexes = {token.index for token in own}
    roots = [token for token in own if token.head not in indexes or token.head == token.index]
    return next(iter([token for token in roots if token.pos in CONTENT] or roots or own or tokens[:1]))


def _arguments(head: Token, inside: Sequence[Token], *, reading: Reading) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for token in inside:
        parent = reading.tokens[token.head]
        if token.dep == "pobj" and parent.dep in ("prep", "agent") and parent.head == head.index:
            found["subject" if parent.dep == "agent" else "other"] |= _words_for(token, reading)
        elif token.head == head.index and token.index != head.index and token.dep in ARGUMENTS and token.dep != "agent":
            found[ARGUMENTS[token.dep]] |= _words_for(token, reading)
    return {kind: frozenset(words) for kind, words in found.items()}


def _words_for(token: Token, reading: Reading) -> set[str]:
    """The lemma of an argument, and the words of the name that it stands for on its page."""
    entity = next((mention.entity_id for mention in reading.mentions if mention.head == token.index), None)
    name = next((e.name for e in reading.entities if e.id == entity), "")
    return {token.lemma.lower(), *(word for word in name.lower().split() if len(word) > 2)}
