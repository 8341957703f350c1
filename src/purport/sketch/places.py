"""Place names of a page in another script: known ones by gazetteer, unknown ones after a noun like "village"."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from purport.distance import kilometres
from purport.model import PlaceCandidate, Span, Toponym
from purport.sketch.gazetteer import MOST_WORDS, Index, Row, index_of
from purport.sketch.lexicon import Lexicon
from purport.sketch.words import SHORTEST, Word

#: The name of a smaller place that nobody wrote into our own tables is believed only where a place's name stands.
TOWN = 5_000
#: Words between a place's noun and its name's noun: "north of the town of".
MOST_NOUNS = 3
POPULATION = 0.35  #: weights as in the reader's own ranking of places
COUNTRY = 1.2
NEAR = 2.5
NEAR_KM = 150.0
ROUNDS = 2
PRECISION = {"city": "exact", "country": "country"}


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``[first, end)`` that may name a place. ``noun`` says what stands before ("exact", "near", … or ""), ``relation`` where."""

    first: int
    end: int
    name: str
    span: Span
    rows: tuple[Row, ...] = field(repr=False)
    noun: str = ""
    relation: Span | None = None
    locative: bool = False


def places_in(words: Sequence[Word], *, text: str, lexicon: Lexicon) -> tuple[Toponym, ...]:
    """Toponyms in the order of the text, adjectives among them.

    Of several places of one name it is the one that the page's other places and countries speak for.
    """
    index = index_of(lexicon.place_table, lexicon.habits) if lexicon.place_table else {}
    found = list(_found(words, text=text, lexicon=lexicon, index=index))
    kept = list(_believed(found, lexicon=lexicon))
    chosen = _chosen(kept)
    places = [_toponym(f, chosen.get(f.name, ()), text=text, lexicon=lexicon) for f in kept]
    taken = {index for f in kept for index in range(f.first, f.end)}
    return tuple(sorted([*places, *_adjectives(words, taken=taken, text=text, lexicon=lexicon)], key=lambda place: place.span))


def _adjectives(words: Sequence[Word], *, taken: Set[int], text: str, lexicon: Lexicon) -> Iterator[Toponym]:
    """Words that say whose forces act ("Turkish", "the regime's"): a country, marked as an adjective."""
    for first, end, country in lexicon.adjectives.all(words):
        if taken.isdisjoint(range(first, end)):
            span = Span(words[first].span.start, words[end - 1].span.end)
            yield Toponym(span, span.of(text), country=country, precision="country", adjective=True)


def _found(words: Sequence[Word], *, text: str, lexicon: Lexicon, index: Index) -> Iterator[Found]:
    position, last = 0, None
    while position < len(words):
        noun, relation = _noun_before(words, position, lexicon=lexicon)
        if not noun and last is not None and last.noun and last.end == position and _is_listed(words, position, text=text):
            noun, relation = last.noun, last.relation
        found = _named(words, position, lexicon=lexicon, index=index)
        if found is None and noun and _names_next(words, position, lexicon=lexicon):
            found = _unknown(words, position, lexicon=lexicon)
        if found is None:
            position += 1
            continue
        first, end, name, span, rows = found
        last = Found(first, end, name, span, rows, noun, relation, _is_locative(words, position, lexicon=lexicon))
        yield last
        position = end


_Named = tuple[int, int, str, Span, tuple[Row, ...]]


def _named(words: Sequence[Word], first: int, *, lexicon: Lexicon, index: Index) -> _Named | None:
    """The longest known name that begins here."""
    if lexicon.capitals and not words[first].capital:
        return None
    for end, rest in reversed(_reaches(words, first)):
        for form in words[first].forms:
            rows = index.get(form + rest)
            if rows and form + rest not in lexicon.never and not _is_everyday(words, first, end=end, form=form, lexicon=lexicon):
                return first, end, form + rest, _span(words, first, end=end, cut=len(words[first].plain) - len(form)), rows
    return None


def _reaches(words: Sequence[Word], first: int) -> list[tuple[int, str]]:
    """Where a name that begins here may end, and its words after the first, written together."""
    found, rest = [(first + 1, "")], ""
    for end in range(first + 1, min(len(words), first + MOST_WORDS)):
        if not words[end].joined:
            break
        rest += words[end].plain
        found.append((end + 1, rest))
    return found


def _is_everyday(words: Sequence[Word], first: int, *, end: int, form: str, lexicon: Lexicon) -> bool:
    """Whether a single word is one of the lexicon's other words, or one so short begins a longer name that only sounds alike."""
    if end > first + 1:
        return len(form) < SHORTEST and form not in lexicon.name_heads
    if form in lexicon.name_heads or form in lexicon.function_words:
        return True
    known = (lexicon.place_nouns, lexicon.weekdays, lexicon.months, lexicon.people, lexicon.acts, lexicon.casualties, lexicon.numbers)
    return any(phrases.holds(form) for phrases in known)


def _span(words: Sequence[Word], first: int, *, end: int, cut: int) -> Span:
    """The printed name without the clitic before it (where no mark stands among its letters)."""
    start, stop = words[first].span.start, words[end - 1].span.end
    plainly = len(words[first].span) == len(words[first].plain)
    return Span(start + cut if plainly and cut > 0 else start, stop)


def _unknown(words: Sequence[Word], first: int, *, lexicon: Lexicon) -> _Named | None:
    word = words[first]
    if word.plain in lexicon.function_words or word.number is not None or word in lexicon.place_nouns:
        return None
    if lexicon.capitals and not word.capital:
        return None
    if len(word.plain) < SHORTEST and word.plain not in lexicon.name_heads:
        return None
    end = first + 1
    while end < len(words) and end < first + 3 and words[end - 1].plain in lexicon.name_heads and words[end].joined:
        end += 1
    name = "".join(w.plain for w in words[first:end])
    return None if name in lexicon.never else (first, end, name, _span(words, first, end=end, cut=0), ())


def _names_next(words: Sequence[Word], position: int, *, lexicon: Lexicon) -> bool:
    """Whether the word before is one after which any word is a name ("village", not "north of")."""
    return position > 0 and words[position].joined and lexicon.naming.at(words, position - 1) is not None


def _noun_before(words: Sequence[Word], position: int, *, lexicon: Lexicon) -> tuple[str, Span | None]:
    """What kind of noun stands before ("exact", "province" …) and the words that loosen it ("north of", "countryside of")."""
    kind, relation = "", None
    for _ in range(MOST_NOUNS):
        if position == 0 or not words[position].joined:
            break
        noun = lexicon.place_nouns.at(words, position - 1)
        if noun is None:
            break
        position -= 1
        kind = noun[1] if noun[1] in ("near", "countryside") or not kind else kind
        relation = words[position].span if noun[1] in ("near", "countryside") else relation
    return kind, relation


def _is_listed(words: Sequence[Word], position: int, *, text: str) -> bool:
    """Whether a list goes on here: a comma, a dash or "and" between two names."""
    between = text[words[position - 1].span.end : words[position].span.start].strip()
    return between in ("،", ",", "-", "–", "/") or (between == "" and len(words[position].forms) > 1)


def _is_locative(words: Sequence[Word], position: int, *, lexicon: Lexicon) -> bool:
    return position > 0 and words[position].joined and lexicon.locative.at(words, position - 1) is not None


def _believed(found: Sequence[Found], *, lexicon: Lexicon) -> Iterator[Found]:
    """Without everyday words and people's names: such a name counts where a noun like "town" stands before it on this page."""
    sure = {f.name for f in found if f.noun}
    for f in found:
        small = all(row.kind == "city" and row.population < TOWN for row in f.rows)
        doubtful = f.name in lexicon.ambiguous or (small and f.end == f.first + 1)
        if not doubtful or f.noun or (f.name in sure and f.locative):
            yield f


def _chosen(kept: Sequence[Found]) -> Mapping[str, tuple[tuple[Row, float], ...]]:
    """For each name its places with scores, best first."""
    countries = Counter(row.country for f in kept for row in f.rows[:1] if row.kind == "country" or len(f.rows) == 1)
    rows = {f.name: f.rows for f in kept if f.rows}
    often = Counter(f.name for f in kept)
    ranked: dict[str, tuple[tuple[Row, float], ...]] = {}
    for _ in range(ROUNDS):
        anchors = {name: ranked[name][0][0] for name, _ in often.most_common(12) if name in ranked and ranked[name][0][0].kind != "country"}
        ranked = {name: _ranked(name, places, countries=countries, anchors=anchors) for name, places in rows.items()}
    return ranked


def _ranked(
    name: str, places: Sequence[Row], *, countries: Mapping[str | None, int], anchors: Mapping[str, Row]
) -> tuple[tuple[Row, float], ...]:
    others = [row for other, row in anchors.items() if other != name]
    scored = [(row, round(_score(row, countries=countries, others=others), 3)) for row in places]
    return tuple(sorted(scored, key=lambda s: (-s[1], -s[0].population, s[0].name, s[0].latitude)))


def _score(row: Row, *, countries: Mapping[str | None, int], others: Sequence[Row]) -> float:
    near = sum(math.exp(-kilometres((row.latitude, row.longitude), (other.latitude, other.longitude)) / NEAR_KM) for other in others)
    return (
        POPULATION * math.log10(row.population + 100)
        + COUNTRY * (1 - 0.4 ** min(countries.get(row.country, 0), 4))
        + NEAR * (1 - math.exp(-near))
    )


def _toponym(found: Found, ranked: tuple[tuple[Row, float], ...], *, text: str, lexicon: Lexicon) -> Toponym:
    if not ranked:
        return Toponym(found.span, found.span.of(text), relation=found.relation)
    row = ranked[0][0]
    candidates = tuple(
        PlaceCandidate(r.geonames_id, r.name, r.country, r.admin1, r.latitude, r.longitude, score) for r, score in ranked[:5]
    )
    return Toponym(
        span=found.span,
        name=row.name,
        geonames_id=row.geonames_id,
        country=row.country,
        admin1=row.admin1,
        latitude=row.latitude,
        longitude=row.longitude,
        precision=_precision(found, row, lexicon=lexicon),
        candidates=candidates if len(ranked) > 1 else (),
        relation=found.relation,
    )


def _precision(found: Found, row: Row, *, lexicon: Lexicon) -> str:
    own = PRECISION.get(row.kind, row.kind)
    if own != "exact" or not found.noun:
        return own
    if found.noun == "countryside":
        return "province" if found.name in lexicon.provinces else "near"
    return found.noun
