"""Stretches of text that may be place names: from the tagger's entities, from capitalised words that the gazetteer knows, and both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from purport.model import Reading, Sentence, Span, Token
from purport.read.gazetteer import Gazetteer, Row
from purport.read.toponym_names import fold
from purport.resources import rows_of, yaml_of

Found = tuple[tuple[Row, int], ...]
MAX_WORDS = 7
LARGE_TOWN = 100_000  #: a known name of a place so large is not the first word of an unknown one


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``[first, end)`` that may name a place. ``places`` is empty if the gazetteer does not know it."""

    first: int
    end: int
    span: Span
    words: str
    places: Found = field(repr=False)
    adjective: bool = False
    by_sound: bool = False
    suffixed: bool = False  #: with a word that says what kind of place it is


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``resources/places/words.yaml``."""

    inner: frozenset[str]
    generic: frozenset[str]
    directions: frozenset[str]
    locative: frozenset[str]
    titles: frozenset[str]
    never: frozenset[str]
    institutions: frozenset[str]
    agentless_verbs: frozenset[str]
    government: frozenset[str]
    addressed: frozenset[str]
    between: frozenset[str]
    place_nouns: frozenset[str]
    suffixes: frozenset[str]
    into_names: frozenset[str]
    prefixes: frozenset[str]


@cache
def words() -> Words:
    return Words(**{key: frozenset(value) for key, value in yaml_of("places/words.yaml").items()})


@cache
def adjectives() -> dict[str, tuple[str, bool]]:
    """Adjectives of place and names of peoples → country code; the flag is True for an adjective that is also a country's name ("US")."""
    found: dict[str, tuple[str, bool]] = {}
    for row in rows_of("places/countries.tsv"):
        for word in filter(None, (row["adjectives"] + "|" + row["people"]).split("|")):
            found.setdefault(word, (row["iso"], word in ("US", "U.S.")))
            if word + "s" != row["name"]:
                found.setdefault(word + "s", (row["iso"], False))
    return found


def candidates(reading: Reading, *, gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates of all sentences in text order, none overlapping: the longest name first, from left to right."""
    return [found for sentence in reading.sentences for found in _of_sentence(reading, sentence, gazetteer=gazetteer)]


def _of_sentence(reading: Reading, sentence: Sentence, *, gazetteer: Gazetteer) -> Iterator[Candidate]:
    position = sentence.first
    while position < sentence.end:
        found = _starting_at(reading, position, end=sentence.end, gazetteer=gazetteer) if starts_name(reading.tokens, position) else None
        if found is None:
            position += 1
        else:
            yield found
            position = found.end


def starts_name(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a name can start here: a capital, or an article that is joined to one ("al-Bab")."""
    word = tokens[index].words
    if word[:1].isupper():
        return True
    after = tokens[index + 1 : index + 3]
    if word.startswith(("al-", "el-", "ar-", "as-", "ash-", "at-", "az-", "ad-", "an-")):
        return word.partition("-")[2][:1].isupper()
    return (
        word in ("al", "el", "as", "ar", "ad", "an", "az", "ash", "at")
        and len(after) == 2
        and after[0].words == "-"
        and after[1].words[:1].isupper()
    )


def _starting_at(reading: Reading, first: int, *, end: int, gazetteer: Gazetteer) -> Candidate | None:
    tokens = reading.tokens
    stop = _reach(tokens, first, end=end)
    for last in range(stop, first, -1):
        word = tokens[last - 1].words
        if not (word[:1].isupper() or word[:1].isdigit() or word.startswith("al-")) or _is_joined(tokens, last):
            continue
        found = _named(reading, first, last, gazetteer=gazetteer)
        if found:
            longer = _with_suffix(reading, found, stop=end)
            if found.adjective and not longer.suffixed:
                return found
            return longer if longer.suffixed else (_whole_run(reading, found, end=end, gazetteer=gazetteer) or found)
    return _tagged(reading, first, end=end, gazetteer=gazetteer) or _unknown(reading, first, end=end, gazetteer=gazetteer)


def _is_joined(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a hyphen or apostrophe ties the word before ``index`` to a capital: "Al" of "Al-Bab" is no name."""
    if index + 1 >= len(tokens) or tokens[index].words not in ("-", "–", "'", "’", "‘", "`"):
        return False
    hyphen, after = tokens[index], tokens[index + 1]
    return (
        tokens[index - 1].span.end == hyphen.span.start
        and hyphen.span.end == after.span.start
        and after.words[:1].isalpha()
        and after.tag != "POS"
    )


def _with_suffix(reading: Reading, found: Candidate, *, stop: int) -> Candidate:
    """The candidate with the capitalised words of its kind: "Dumayr Airbase", "Deir Ezzor Military Airport"."""
    tokens, last = reading.tokens, found.end
    while last < stop and tokens[last].words in words().suffixes:
        last += 1
    if last == found.end or (last < stop and tokens[last].words[:1].isupper()):
        return found
    span = Span(found.span.start, tokens[last - 1].span.end)
    return Candidate(found.first, last, span, span.of(reading.document.text), () if found.adjective else found.places, suffixed=True)


def _whole_run(reading: Reading, found: Candidate, *, end: int, gazetteer: Gazetteer) -> Candidate | None:
    """The longer unknown name that a known one begins ("Khan" of "Khan Alshih"), where a place's name stands; else None."""
    tokens = reading.tokens
    if (
        found.end >= end
        or not tokens[found.end].words[:1].isupper()
        or tokens[found.end].pos != "PROPN"
        or _run(tokens, found.first, end=end) <= found.end
    ):
        return None
    if max((row.population for row, _ in found.places), default=0) > LARGE_TOWN or tokens[found.first].words in words().titles:
        return None
    return _unknown(reading, found.first, end=end, gazetteer=gazetteer)


def _unknown(reading: Reading, first: int, *, end: int, gazetteer: Gazetteer) -> Candidate | None:
    """A capitalised stretch that is in no gazetteer but stands where a place's name stands: "the village of …", "in …", "… Airbase"."""
    tokens = reading.tokens
    last = _run(tokens, first, end=end)
    if (
        first
        and tokens[first - 1].words[:1].isupper()
        and tokens[first - 1].sentence == tokens[first].sentence
        and tokens[first - 1].pos == "PROPN"
    ):
        return None
    span = Span(tokens[first].span.start, tokens[last - 1].span.end)
    printed = span.of(reading.document.text)
    suffixed = last > first + 1 and tokens[last - 1].words in words().suffixes
    if (
        printed in words().never
        or tokens[first].pos not in ("PROPN", "X", "NOUN", "ADJ")
        or not (suffixed or stands_as_place(tokens, first, last))
    ):
        return None
    return Candidate(first, last, span, printed, _pieces(printed, gazetteer=gazetteer), by_sound=True, suffixed=suffixed)


def _run(tokens: tuple[Token, ...], first: int, *, end: int) -> int:
    """The end of the capitalised stretch that starts at ``first``, over joined articles and hyphens, not over a comma."""
    last = first + 1
    while last < min(end, first + MAX_WORDS):
        word, nearby = tokens[last].words, tokens[last].span.start - tokens[last - 1].span.end
        if nearby and (word in words().never or word in words().titles or word in words().institutions):
            break
        tied = nearby == 0 and (
            word in ("-", "–", "’", "'", "‘", "`") and last + 1 < end and tokens[last + 1].span.start == tokens[last].span.end
        )
        if not (
            word[:1].isupper()
            or (nearby == 0 and tokens[last - 1].words in ("-", "–", "’", "'", "‘", "`"))
            or tied
            or starts_name(tokens, last)
        ):
            break
        last += 1
    return last


def stands_as_place(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether the words beside it are those beside a place: "village of X", "in X", "near X", "X district"."""
    if tokens[first].words in words().prefixes and last > first + 1:
        return True
    after = tokens[last] if last < len(tokens) and tokens[last].sentence == tokens[first].sentence else None
    if after is not None and after.words.lower() in words().place_nouns and after.words.islower():
        return True
    if first == 0 or tokens[first - 1].sentence != tokens[first].sentence:
        return False
    before = tokens[first - 1].words.lower()
    if after_place_noun(tokens, first):
        return True
    return before in ("in", "near", "outside") and tokens[first].entity not in (
        "ORG",
        "DATE",
        "EVENT",
        "WORK_OF_ART",
        "LAW",
        "LANGUAGE",
        "NORP",
        "PRODUCT",
    )


def after_place_noun(tokens: tuple[Token, ...], first: int) -> bool:
    """ "the village of X", "a town called X", "the capital, X"."""
    if first < 2 or tokens[first - 2].sentence != tokens[first].sentence:
        return False
    if tokens[first - 1].words == "capital" or (tokens[first - 1].words == "," and tokens[first - 2].words == "capital"):
        return True
    return tokens[first - 1].words in ("of", "named", "called") and tokens[first - 2].words.lower() in words().place_nouns


def _reach(tokens: tuple[Token, ...], first: int, *, end: int) -> int:
    """The farthest token that one name starting at ``first`` can go to."""
    stop = first + 1
    inner = words().inner
    while stop < min(end, first + MAX_WORDS):
        word = tokens[stop].words
        if not (word[:1].isupper() or word in inner):
            break
        stop += 1
    return stop


def _named(reading: Reading, first: int, end: int, *, gazetteer: Gazetteer) -> Candidate | None:
    tokens = reading.tokens
    span = Span(tokens[first].span.start, tokens[end - 1].span.end)
    printed = span.of(reading.document.text)
    if printed in adjectives():
        return Candidate(
            first,
            end,
            span,
            printed,
            gazetteer.named(fold(_country_name(adjectives()[printed][0]))),
            adjective=not _is_noun_us(tokens, first, printed),
        )
    if printed in words().never:
        return None
    places = gazetteer.named(fold(printed))
    return Candidate(first, end, span, printed, places) if places else None


def _is_noun_us(tokens: tuple[Token, ...], index: int, printed: str) -> bool:
    """ "the US said" is the country, "US forces" the adjective."""
    return adjectives()[printed][1] and tokens[index].dep not in ("compound", "amod", "nmod")


@cache
def _country_name(iso: str) -> str:
    return next(row["name"] for row in rows_of("places/countries.tsv") if row["iso"] == iso)


PLACE_LABELS = ("GPE", "LOC", "FAC")


def _tagged(reading: Reading, first: int, *, end: int, gazetteer: Gazetteer) -> Candidate | None:
    """A stretch that the tagger calls a place and the gazetteer does not know under that spelling."""
    tokens = reading.tokens
    label = tokens[first].entity
    if label not in PLACE_LABELS or (first and tokens[first - 1].entity == label and tokens[first - 1].sentence == tokens[first].sentence):
        return None
    last = first
    while last < end and tokens[last].entity == label:
        last += 1
    while last > first and (not tokens[last - 1].words[-1:].isalnum() or (last > first + 1 and tokens[last - 1].words in words().never)):
        last -= 1
    if last > first + 1 and tokens[last - 1].tag == "POS":
        last -= 1
    if last == first:
        return None
    span = Span(tokens[first].span.start, tokens[last - 1].span.end)
    printed = span.of(reading.document.text)
    if printed in words().never:
        return None
    suffixed = last > first + 1 and tokens[last - 1].words in words().suffixes
    return Candidate(first, last, span, printed, _pieces(printed, gazetteer=gazetteer), by_sound=True, suffixed=suffixed)


def _pieces(printed: str, *, gazetteer: Gazetteer) -> Found:
    """Places of a name that the gazetteer lacks as printed: the same name as it knows it, one that sounds so, or what is left without a
    direction before it and the kind of place after it ("East Baghdad", "Dumayr Airbase"), the first half of a road's two ends."""
    named = gazetteer.named(fold(printed)) or by_sound(fold(printed), gazetteer=gazetteer)
    if named:
        return named
    parts = printed.split()
    while len(parts) > 1 and parts[0] in words().directions:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in words().suffixes:
        parts = parts[:-1]
    shorter = " ".join(parts)
    if shorter == printed:
        return ()
    ends = shorter.split("-") if shorter[:3].lower() not in ("al-", "el-", "ar-", "as-", "at-") else [shorter]
    return gazetteer.named(fold(shorter)) or by_sound(fold(shorter), gazetteer=gazetteer) or gazetteer.named(fold(ends[0]))


def by_sound(folded: str, *, gazetteer: Gazetteer) -> Found:
    """Places whose name sounds like this one, in countries whose names are transliterated."""
    if len(folded) < 4:
        return ()
    found = {
        row.id: (row, 0) for name in gazetteer.sounding_like(folded) for row, _ in gazetteer.named(name) if _near_spelling(folded, name)
    }
    return tuple(sorted(found.values(), key=lambda f: (-f[0].population, f[0].id)))


def _near_spelling(one: str, other: str) -> bool:
    """At most a third of the letters differ in number: "deir ezzor" and "dayr az zawr", never a name twice as long."""
    a, b = len(one.replace(" ", "")), len(other.replace(" ", ""))
    return abs(a - b) <= max(2, max(a, b) // 3)
