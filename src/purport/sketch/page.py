"""Document → Sketch."""

from purport.incident import Sketch, TypeWord
from purport.model import Document, Span
from purport.settings import Settings
from purport.sketch.days import days_in
from purport.sketch.lexicon import Lexicon, languages, lexicon
from purport.sketch.names import names_in
from purport.sketch.places import places_in
from purport.sketch.tolls import tolls_in
from purport.sketch.words import Word, words_of

#: Letters looked at to tell a script.
SAMPLE = 2_000
#: What a document says whose language nobody has looked at.
UNTOLD = Document("", "", "").language


def sketch_of(document: Document, *, settings: Settings) -> Sketch:
    """What the words of a page show without its sentences being read; empty but for its language where there is no lexicon for it.

    ``quantities`` count people only; ``unit`` is the kind of count as claims have it (killed, injured, casualties …). A place that no
    gazetteer has is kept as printed, without a point. ``edtf`` of a time is None where the day cannot be known.
    """
    language = _language_of(document)
    if language is None:
        return Sketch(document.id, document.language)
    known = lexicon(language)
    words = words_of(document.text, habits=known.habits)
    return Sketch(
        document_id=document.id,
        language=language,
        places=places_in(words, text=document.text, lexicon=known),
        times=days_in(document, words, lexicon=known),
        quantities=tolls_in(words, lexicon=known),
        names=names_in(words, lexicon=known),
        type_words=_type_words(words, lexicon=known),
    )


def _language_of(document: Document) -> str | None:
    """The document's language if there is a lexicon for it, else the one that its letters show."""
    if document.language != UNTOLD:
        return document.language if document.language in languages() else None
    sample = "".join(filter(str.isalpha, document.text[:SAMPLE]))
    shares = [(len(known.letters.findall(sample)), code) for code in sorted(languages()) if (known := lexicon(code)).letters]
    most, code = max(shares, default=(0, UNTOLD))
    return code if most > len(sample) / 2 else UNTOLD


def _type_words(words: list[Word], *, lexicon: Lexicon) -> tuple[TypeWord, ...]:
    return tuple(
        TypeWord(Span(words[first].span.start, words[end - 1].span.end), type_code) for first, end, type_code in lexicon.types.all(words)
    )
