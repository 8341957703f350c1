"""What a project's own codebook says: types, roles, statuses, words, actors and codes. Frozen; made by ``codebook.parsing``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from purport.model import Role


# ------------------------------------------------------------------ conditions
@dataclass(frozen=True, slots=True)
class Filling:
    """What some value of a role must be: of one of the kinds, with one of the words, of one of the actor codes. Empty asks nothing."""

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of this kind that someone gives, of so many at least and at most."""

    kind: str
    at_least: int = 1
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """What must hold of an event, all of it; ``unless``: none of which may hold. ``triggers``: words that name the happening."""

    fillings: Mapping[Role, Filling] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    triggers: tuple[str, ...] = ()
    reality: tuple[str, ...] = ()
    unless: "When | None" = None

    @property
    def asks_nothing(self) -> bool:
        return not (self.fillings or self.figures or self.triggers or self.reality or self.unless)


# ------------------------------------------------------------------ types
@dataclass(frozen=True, slots=True)
class Words:
    """Words that name a type: verbs and phrases by frame (as in ``ontology/events.yaml``; "" for the usual one of the type), nouns."""

    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nouns: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.nouns or any(self.phrases.values()) or any(self.verbs.values()))


@dataclass(frozen=True, slots=True)
class Origin:
    """A type of the package that becomes an own one where ``when`` holds."""

    type: str
    when: When = When()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what must be coded in it. ``code``: words by role; without a type it must not be coded as the type it stands by."""

    text: str
    type: str
    code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Types that belong together."""

    code: str
    label: str
    definition: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type of the codebook. ``like``: the package's type that its own words are read as, and whose codes it has where it gives none."""

    code: str
    label: str
    definition: str = ""
    group: str = ""
    key: str = ""  #: of quick coding
    like: str = ""
    origins: tuple[Origin, ...] = ()
    words: Words = Words()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    line: int = 0


# ------------------------------------------------------------------ roles and statuses
@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role of the codebook: another name for a role of the package in some types, or a field that coders fill in by hand.

    ``count``: the kind of count, if ``fills`` is count. ``of``: types; empty for all. ``asked`` is a field of ``review/fields.yaml``.
    """

    code: str
    label: str
    definition: str = ""
    of: tuple[str, ...] = ()
    fills: Role | None = None
    count: str = ""
    only: Filling = Filling()
    asked: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0

    @property
    def is_by_hand(self) -> bool:
        return self.fills is None


@dataclass(frozen=True, slots=True)
class OwnStatus:
    """A name for how something is told; each condition lists what may be, an empty one asks nothing. ``sources``: independent ones."""

    code: str
    label: str
    definition: str = ""
    status: tuple[str, ...] = ()
    reality: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    disputed: bool | None = None
    sources: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Words added to the package's, each as a row of its file: cue verbs and nouns, hearsay, sources; instruments with their type."""

    cue_verbs: tuple[Mapping[str, str], ...] = ()
    cue_nouns: tuple[Mapping[str, str], ...] = ()
    hearsay: tuple[Mapping[str, str], ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()
    instruments: tuple[Mapping[str, str], ...] = ()


# ------------------------------------------------------------------ the whole
@dataclass(frozen=True)
class Codebook:
    """A whole codebook. Two are equal if their ``digest``, of the file and the actor list beside it, is the same.

    ``extends``: the package's types stay beside its own. Without types, roles and all the rest it changes nothing.
    """

    digest: str = ""
    name: str = field(default="", compare=False)
    version: str = field(default="", compare=False)
    title: str = field(default="", compare=False)
    source: str = field(default="", compare=False)
    licence: str = field(default="", compare=False)
    extends: bool = field(default=True, compare=False)
    leaves_out: tuple[str, ...] = field(default=(), compare=False)
    groups: Mapping[str, Group] = field(default_factory=dict, compare=False)
    types: Mapping[str, OwnType] = field(default_factory=dict, compare=False)
    roles: Mapping[str, OwnRole] = field(default_factory=dict, compare=False)
    statuses: tuple[OwnStatus, ...] = field(default=(), compare=False)
    lexicons: Lexicons = field(default=Lexicons(), compare=False)
    actors: tuple[Mapping[str, str], ...] = field(default=(), compare=False)
    crosswalks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)  #: of its main keys
    text: str = field(default="", compare=False, repr=False)
    actors_text: str = field(default="", compare=False, repr=False)

    def __bool__(self) -> bool:
        """False for the package's own, which changes nothing."""
        return bool(self.digest)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Words for every type and group of the codebook."""
        return {code: each.label for code, each in self.groups.items()} | {code: each.label for code, each in self.types.items()}

    @cached_property
    def taken(self) -> frozenset[str]:
        """Types of the package of which no event is left: an own type takes them without a condition."""
        return frozenset(o.type for each in self.types.values() for o in each.origins if o.when.asks_nothing) - set(self.types)

    @property
    def heading(self) -> str:
        """ "acled_like 1"."""
        return f"{self.name} {self.version}".strip()
