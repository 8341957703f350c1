"""The actor list: armed groups, forces, governments, monitors, agencies and outlets by every name they are printed under."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from purport.codebook import in_use, per_codebook
from purport.errors import ResourceError
from purport.model import EntityKind, Token
from purport.resources import rows_of, text_of, yaml_of
from purport.settings import Settings

ACTORS = "actors/actors.tsv"
COUNTRIES = "actors/countries.tsv"
ENDINGS = "actors/endings.yaml"
#: An alias of at most this many letters, all capitals, is matched only as printed ("IS", "ELN").
SHORT = 5
#: A word printed in capitals on a page of capitals is no acronym if the parser takes it for one of these ("IS", "US").
CLOSED_CLASSES = frozenset({"AUX", "VERB", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "ADV"})
PIECE = re.compile(r"\w+(?:[.'’](?!s\b)\w+|-\d\w*)*\.?|['’]s\b|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Actor:
    """One row of the list. ``party``: usually a party to conflicts.

    ``mouthpiece_of``: code of the side that an agency or media arm speaks for.
    """

    code: str
    name: str
    kind: EntityKind
    country: str | None = None
    party: bool = False
    mouthpiece_of: str | None = None


@dataclass(frozen=True, slots=True)
class ActorHit:
    """Tokens ``[first, end)`` that name an actor.

    ``metonym``: the name is first of all a place ("Ankara"); ``descriptive``: an adjective with a common noun ("Turkish forces").
    """

    first: int
    end: int
    actor: Actor
    metonym: bool = False
    descriptive: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    actor: Actor
    words: tuple[str, ...]  #: folded
    exact: bool  #: only as printed in the list
    printed: tuple[str, ...]
    capital_at: int  #: the first word that must have a capital, -1 if none
    metonym: bool = False

    @property
    def descriptive(self) -> bool:
        return len(self.words) > 1 and self.printed[-1].islower()


@dataclass(frozen=True, slots=True)
class Pieces:
    """The words of a reading cut as aliases are, each with its token; ``opens`` and ``closes``: the piece begins or ends its token."""

    folded: list[str]
    printed: list[str]
    token: list[int]
    opens: list[bool]
    closes: list[bool]


class ActorIndex:
    """Aliases by their first folded word, the longest first."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._by_first: dict[str, list[Alias]] = {}
        self._by_code: dict[str, Actor] = {}
        for alias in aliases:
            self._by_code.setdefault(alias.actor.code, alias.actor)
        for alias in sorted(aliases, key=lambda a: -len(a.words)):
            self._by_first.setdefault(alias.words[0], []).append(alias)

    def actor(self, code: str) -> Actor | None:
        return self._by_code.get(code)

    def __len__(self) -> int:
        return len(self._by_code)

    def named(self, name: str) -> Actor | None:
        """The actor with exactly this name or alias, case aside."""
        words = tuple(map(fold, split_words(name)))
        return next((a.actor for a in self._by_first.get(words[0], ()) if a.words == words), None) if words else None

    def spelling(self, folded: Sequence[str], position: int) -> tuple[str, ...]:
        """The printed words of the longest alias that stands at ``position``; empty if none does. Punctuation of the alias is left out."""
        for alias in self._by_first.get(folded[position], ()):
            words = [(word, printed) for word, printed in zip(alias.words, alias.printed, strict=True) if word[0].isalnum()]
            if tuple(folded[position : position + len(words)]) == tuple(word for word, _ in words):
                return tuple(printed for _, printed in words)
        return ()

    def hits(self, tokens: Sequence[Token], *, capitals: frozenset[int] = frozenset()) -> Iterator[ActorHit]:
        """The longest matches from left to right; ``capitals`` are the sentences printed in capitals, where case says nothing."""
        pieces = pieces_of(tokens)
        position = 0
        while position < len(pieces.folded):
            alias = self._alias_at(position, pieces=pieces, tokens=tokens, capitals=capitals)
            if alias is None:
                position += 1
                continue
            first, last = pieces.token[position], pieces.token[position + len(alias.words) - 1]
            yield ActorHit(first, last + 1, alias.actor, alias.metonym, alias.descriptive)
            position += len(alias.words)

    def _alias_at(self, position: int, *, pieces: Pieces, tokens: Sequence[Token], capitals: frozenset[int]) -> Alias | None:
        for alias in self._by_first.get(pieces.folded[position], ()):
            end = position + len(alias.words)
            if tuple(pieces.folded[position:end]) == alias.words and pieces.opens[position] and pieces.closes[end - 1]:
                first, last = tokens[pieces.token[position]], tokens[pieces.token[end - 1]]
                if first.sentence == last.sentence and _printed_right(alias, pieces.printed[position:end], first=first, capitals=capitals):
                    return alias
        return None


def _printed_right(alias: Alias, printed: Sequence[str], *, first: Token, capitals: frozenset[int]) -> bool:
    if first.sentence in capitals:
        return not alias.exact or first.pos not in CLOSED_CLASSES
    if alias.exact:
        return tuple(printed) == alias.printed
    return alias.capital_at < 0 or not printed[alias.capital_at][:1].islower()


def pieces_of(tokens: Sequence[Token]) -> Pieces:
    pieces = Pieces([], [], [], [], [])
    for token in tokens:
        words = [token.words] if token.words.isalnum() else PIECE.findall(token.words) or [token.words]
        for number, word in enumerate(words):
            pieces.folded.append(fold(word))
            pieces.printed.append(word)
            pieces.token.append(token.index)
            pieces.opens.append(number == 0)
            pieces.closes.append(number == len(words) - 1)
    return pieces


def fold(word: str) -> str:
    """Lower case without accents, dots and inner apostrophes, so that "U.S." and "US", "Erdoğan" and "Erdogan" meet."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.replace("ı", "i").replace("’", "'")) if not unicodedata.combining(c))
    return re.sub(r"(?<=\w)[.'’ʼ`]+(?=\w|$)", "", plain).lower() or word.lower()


def split_words(name: str) -> list[str]:
    """Words of a name; hyphens, slashes, brackets and the possessive stand alone."""
    return PIECE.findall(name)


@per_codebook
def actor_index(resources_dir: Path | None = None) -> ActorIndex:
    """The package's list with the codebook's actors and the user's ``actors.tsv`` in ``resources_dir`` added.

    Raises ResourceError for a row that makes no sense.
    """
    rows = [*in_use().actors, *_rows(ACTORS, text_of(ACTORS))]
    own = resources_dir / "actors.tsv" if resources_dir else None
    if own is not None and own.is_file():
        rows = [*_rows(str(own), own.read_text(encoding="utf-8")), *rows]
    listed = [alias for row in rows for alias in _aliases(row)]
    actors = {alias.actor.code: alias.actor for alias in reversed(listed)}
    return ActorIndex([*listed, *_country_aliases(actors)])


def index_for(settings: Settings) -> ActorIndex:
    return actor_index(settings.resources_dir)


def _rows(name: str, text: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], start=1):
        row = dict(zip(columns, line.split("\t") + [""] * len(columns), strict=False))
        if not row.get("code") or not row.get("name") or row.get("kind") not in set(EntityKind):
            raise ResourceError(f"actor row {number} lacks a code, a name or a known kind", where=name, remedy="mend that row")
        yield row


def _aliases(row: Mapping[str, str]) -> Iterator[Alias]:
    actor = Actor(
        code=row["code"],
        name=row["name"],
        kind=EntityKind(row["kind"]),
        country=row.get("country") or None,
        party=row.get("party") == "yes",
        mouthpiece_of=row.get("mouthpiece_of") or None,
    )
    for name in dict.fromkeys([row["name"], *(row.get("aliases") or "").split("|")]):
        if name:
            yield _alias(actor, name, exact=row.get("exact") == "yes")


def _alias(actor: Actor, name: str, *, exact: bool = False, metonym: bool = False) -> Alias:
    printed = tuple(split_words(name))
    if len(printed) > 1 and printed[0] == "The":
        printed = printed[1:]
    short = len(name) <= SHORT and name.isupper()
    capital = next((i for i, word in enumerate(printed) if word[:1].isupper()), -1)
    return Alias(actor, tuple(map(fold, printed)), exact or short, printed, capital, metonym)


def _country_aliases(listed: Mapping[str, Actor]) -> Iterator[Alias]:
    """Every adjective of ``countries.tsv`` with every ending of ``endings.yaml``; an actor that is listed keeps its own row."""
    endings = yaml_of(ENDINGS)
    for row in rows_of(COUNTRIES):
        iso, party = row["iso"], row["party"] == "yes"
        names = [row["name"], *filter(None, row["names"].split("|"))]
        adjectives = [*names, *filter(None, row["adjectives"].split("|"))]
        state = listed.get(f"GOV-{iso}") or Actor(f"GOV-{iso}", f"Government of {names[0]}", EntityKind.GOVERNMENT, iso, party)
        army = listed.get(f"MIL-{iso}") or Actor(f"MIL-{iso}", f"Armed forces of {names[0]}", EntityKind.FORCE, iso, True)
        police = listed.get(f"POL-{iso}") or Actor(f"POL-{iso}", f"Police of {names[0]}", EntityKind.FORCE, iso, party)
        for actor, group in ((state, "government"), (army, "army"), (police, "police")):
            yield from (_alias(actor, f"{adjective} {ending}") for adjective in adjectives for ending in endings[group])
        yield from (_alias(state, f"government of {each}") for each in names)
        yield from (_alias(state, each, metonym=True) for each in (*names, *filter(None, row["capital"].split("|"))))


@cache
def country_of_adjective(word: str) -> str | None:
    """ISO code of the country that an adjective or its plural belongs to ("Turkish", "Syrians"), by folded word."""
    found = _adjectives()
    return found.get(word) or (found.get(word[:-1]) if word.endswith("s") else None)


@cache
def _adjectives() -> Mapping[str, str]:
    return {fold(adjective): row["iso"] for row in rows_of(COUNTRIES) for adjective in row["adjectives"].split("|") if adjective}
