"""The actor list: armed groups, forces, governments, monitors, agencies and outlets by every name they are printed under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from purport.errors import ResourceError
from purport.model import EntityKind, Token
from purport.resources import rows_of, text_of
from purport.settings import Settings

ACTORS = "actors/actors.tsv"
COUNTRIES = "actors/countries.tsv"
#: An alias of at most this many letters, all capitals, is matched only as printed ("IS", "ELN").
SHORT = 5
#: A word printed in capitals on a page of capitals is no acronym if the parser takes it for one of these ("IS", "US").
CLOSED_CLASSES = frozenset({"AUX", "VERB", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "ADV"})


@dataclass(frozen=True, slots=True)
class Actor:
    """One row of the list. ``party``: usually a party to conflicts. ``mouthpiece_of``: code of the side that an agency or media arm speaks for."""

    code: str
    name: str
    kind: EntityKind
    country: str | None = None
    party: bool = False
    mouthpiece_of: str | None = None


@dataclass(frozen=True, slots=True)
class ActorHit:
    """Tokens ``[first, end)`` that name an actor; ``metonym``: the name is first of all a place ("Ankara")."""

    first: int
    end: int
    actor: Actor
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    actor: Actor
    words: tuple[str, ...]  #: folded
    printed: tuple[str, ...] | None  #: as it must be printed, None if case does not matter
    metonym: bool = False


class ActorIndex:
    """Aliases by their first folded word, the longest first."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._by_first: dict[str, list[Alias]] = {}
        self._by_code = {alias.actor.code: alias.actor for alias in aliases}
        for alias in sorted(aliases, key=lambda a: -len(a.words)):
            self._by_first.setdefault(alias.words[0], []).append(alias)

    def actor(self, code: str) -> Actor | None:
        return self._by_code.get(code)

    def __len__(self) -> int:
        return len(self._by_code)

    def hits(self, tokens: Sequence[Token], *, capitals: frozenset[int] = frozenset()) -> Iterator[ActorHit]:
        """The longest matches from left to right; ``capitals`` are the sentences printed in capitals, where case says nothing."""
        words = [fold(token.words) for token in tokens]
        position = 0
        while position < len(tokens):
            alias = self._alias_at(position, tokens=tokens, words=words, capitals=capitals)
            if alias is None:
                position += 1
                continue
            yield ActorHit(position, position + len(alias.words), alias.actor, alias.metonym)
            position += len(alias.words)

    def _alias_at(self, position: int, *, tokens: Sequence[Token], words: Sequence[str], capitals: frozenset[int]) -> Alias | None:
        for alias in self._by_first.get(words[position], ()):
            end = position + len(alias.words)
            if tuple(words[position:end]) == alias.words and _printed_right(alias, tokens[position:end], capitals=capitals):
                return alias
        return None


def _printed_right(alias: Alias, tokens: Sequence[Token], *, capitals: frozenset[int]) -> bool:
    if tokens[0].sentence != tokens[-1].sentence:
        return False
    if tokens[0].sentence in capitals:
        return alias.printed is None or tokens[0].pos not in CLOSED_CLASSES
    if alias.printed is not None:
        return tuple(token.words for token in tokens) == alias.printed
    return tokens[0].words[:1].isupper() or not tokens[0].words[:1].isalpha() or (alias.actor.kind in LOWER_CASE_KINDS and len(tokens) > 1)


#: Kinds whose names are also printed in lower case ("Turkish army" in full, "Syrian government").
LOWER_CASE_KINDS = frozenset({EntityKind.FORCE, EntityKind.GOVERNMENT})


def fold(word: str) -> str:
    """Lower case, without dots and apostrophes inside, so that "U.S." and "US", "Da'esh" and "Daesh" meet."""
    return re.sub(r"(?<=\w)[.'’ʼ`]+(?=\w|$)", "", word).lower() or word.lower()


def split_words(name: str) -> list[str]:
    """Words as the tokenizer cuts them: hyphens, slashes, brackets and the possessive stand alone."""
    return re.findall(r"\w+(?:[.'’](?!s\b)\w+)*\.?|['’]s\b|[^\w\s]", name)


@cache
def actor_index(resources_dir: Path | None = None) -> ActorIndex:
    """The package's list with the user's ``actors.tsv`` in ``resources_dir`` added. Raises ResourceError for a row that makes no sense."""
    rows = [*_rows(ACTORS, text_of(ACTORS))]
    own = resources_dir / "actors.tsv" if resources_dir else None
    if own is not None and own.is_file():
        rows += _rows(str(own), own.read_text(encoding="utf-8"))
    return ActorIndex([alias for row in rows for alias in _aliases(row)] + list(_country_aliases()))


def index_for(settings: Settings) -> ActorIndex:
    return actor_index(settings.resources_dir)


def _rows(name: str, text: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], start=2):
        row = dict(zip(columns, line.split("\t") + [""] * len(columns), strict=False))
        if not row.get("code") or not row.get("name") or row.get("kind") not in set(EntityKind):
            raise ResourceError(f"actor row {number} lacks a code, a name or a known kind", where=name, remedy="mend that row")
        yield row


def _aliases(row: dict[str, str]) -> Iterator[Alias]:
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
    words = split_words(name)
    short = len(name) <= SHORT and name.isupper()
    return Alias(actor, tuple(map(fold, words)), tuple(words) if exact or short else None, metonym)


#: What a country's adjective makes with these words. Every line of countries.tsv is multiplied with them.
GOVERNMENT_WORDS = ("government", "authorities", "administration", "regime", "state", "cabinet", "foreign ministry", "defence ministry", "defense ministry",
                    "interior ministry", "ministry of defence", "ministry of defense", "parliament")  # fmt: skip
FORCE_WORDS = ("army", "military", "forces", "armed forces", "troops", "soldiers", "air force", "navy", "special forces", "government forces", "government troops",
               "security forces", "warplanes", "state forces", "regime forces", "army forces", "military forces")  # fmt: skip
POLICE_WORDS = ("police", "police force", "national police", "federal police")


def _country_aliases() -> Iterator[Alias]:
    for row in rows_of(COUNTRIES):
        iso, name = row["iso"], row["name"]
        state = Actor(f"GOV-{iso}", f"Government of {name}", EntityKind.GOVERNMENT, iso, True)
        army = Actor(f"MIL-{iso}", f"Armed forces of {name}", EntityKind.FORCE, iso, True)
        police = Actor(f"POL-{iso}", f"Police of {name}", EntityKind.FORCE, iso, True)
        names = [name, *filter(None, row["names"].split("|"))]
        adjectives = [*names, *filter(None, row["adjectives"].split("|"))]
        for actor, endings in ((state, GOVERNMENT_WORDS), (army, FORCE_WORDS), (police, POLICE_WORDS)):
            yield from (_alias(actor, f"{adjective} {ending}") for adjective in adjectives for ending in endings)
        yield from (_alias(state, f"{ending} of {each}") for each in names for ending in ("government", "Republic"))
        yield from (_alias(state, each, metonym=True) for each in (*names, *filter(None, row["capital"].split("|"))))
