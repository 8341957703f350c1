"""The event lexicon: which words name which type, read once from ``resources/ontology/events.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from purport.codebook import in_use, per_codebook
from purport.codebook.records import OwnType
from purport.resources import yaml_of

#: Consequences that whatever caused them is named beside, if it is named; the others are acts themselves.
RESULTS = frozenset({"killed", "injured", "casualties", "missing"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word or phrase names. ``frame`` says how a verb's arguments fill roles; ``generic``: the type is only a default;
    ``anaphoric``: no event on its own; ``consequence``: the kind of count it tells ("killed"); ``own``: the type of the codebook in use
    whose word it is, read as the package's ``type``."""

    type: str
    frame: str
    generic: bool = False
    anaphoric: bool = False
    consequence: str | None = None
    own: str = ""

    @property
    def is_vague(self) -> bool:
        """Whether it says too little to tell one type of a codebook from another."""
        return self.generic or self.anaphoric or self.consequence in RESULTS


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    verbs: Mapping[str, Entry]
    nouns: Mapping[str, Entry]
    adjectives: Mapping[str, Entry]
    phrases: Mapping[str, tuple[tuple[Phrase, Entry | None], ...]]  #: by first word, longest first; None: not violence
    evidence: Mapping[str, str]
    light_verbs: frozenset[str]
    victim_verbs: frozenset[str]
    laying_verbs: Mapping[str, tuple[str, ...]]
    one_sided: frozenset[str]
    actor_modifiers: frozenset[str]
    manner_modifiers: frozenset[str]
    presupposing_cues: frozenset[str]
    accusing_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    publishing_verbs: frozenset[str]
    blaming_cues: frozenset[str]
    threat_cues: frozenset[str]
    threat_words: frozenset[str]
    by_object: Mapping[str, Mapping[str, str]]
    movements: Mapping[str, tuple[str, ...]]
    promises: frozenset[str]
    weapon_verbs: frozenset[str]
    outbreak_verbs: frozenset[str]
    sentences: frozenset[str]
    ramming_verbs: frozenset[str]
    crowds: frozenset[str]
    vehicles: frozenset[str]
    impact_verbs: frozenset[str]
    victim_nouns: frozenset[str]
    toll_verbs: frozenset[str]
    care: frozenset[str]
    land: frozenset[str]
    areas: frozenset[str]
    excluded_objects: Mapping[str, frozenset[str]]
    excluded_causes: frozenset[str]
    excluded_subjects: Mapping[str, frozenset[str]]
    accidents: frozenset[str]
    otherness: frozenset[str]
    types: tuple[str, ...]


@per_codebook
def ontology() -> Ontology:
    """The lexicon of the package with the words of the codebook in use. Raises ResourceError if its file is broken."""
    raw = yaml_of("ontology/events.yaml")
    verbs, nouns, adjectives = _consequences(raw["consequences"])
    _add_types(raw["types"], verbs=verbs, nouns=nouns)
    _add_generic(raw["generic"], verbs=verbs, nouns=nouns)
    for own in in_use().types.values():
        _add_own(own, verbs=verbs, nouns=nouns)
    return Ontology(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        phrases=_phrases(raw),
        evidence={word: kind for kind, words in raw["evidence"].items() for word in words}
        | {row["word"]: row["type"] for row in in_use().lexicons.instruments},
        light_verbs=frozenset(raw["light_verbs"]),
        victim_verbs=frozenset(raw["victim_verbs"]),
        laying_verbs={verb: tuple(words) for verb, words in raw["laying_verbs"].items()},
        one_sided=frozenset(raw["one_sided"]),
        actor_modifiers=frozenset(raw["actor_modifiers"]),
        manner_modifiers=frozenset(raw["manner_modifiers"]),
        presupposing_cues=frozenset(raw["presupposing_cues"]),
        accusing_verbs=frozenset(raw["accusing_verbs"]),
        naming_verbs=frozenset(raw["naming_verbs"]),
        publishing_verbs=frozenset(raw["publishing_verbs"]),
        blaming_cues=frozenset(raw["blaming_cues"]),
        threat_cues=frozenset(raw["threat_cues"]),
        threat_words=frozenset(raw["threat_words"]),
        by_object=raw["by_object"],
        movements={verb: tuple(words) for verb, words in raw["movements"].items()},
        promises=frozenset(raw["promises"]),
        weapon_verbs=frozenset(raw["weapon_verbs"]),
        outbreak_verbs=frozenset(raw["outbreak_verbs"]),
        sentences=frozenset(raw["sentences"]),
        ramming_verbs=frozenset(raw["ramming_verbs"]),
        crowds=frozenset(raw["crowds"]),
        vehicles=frozenset(raw["vehicles"]),
        impact_verbs=frozenset(raw["impact_verbs"]),
        victim_nouns=frozenset(raw["victim_nouns"]),
        toll_verbs=frozenset(raw["toll_verbs"]),
        care=frozenset(raw["care"]),
        land=frozenset(raw["land"]),
        areas=frozenset(raw["areas"]),
        excluded_objects={verb: frozenset(words) for verb, words in raw["exclusions"]["objects"].items()},
        excluded_subjects={verb: frozenset(words) for verb, words in raw["exclusions"]["subjects"].items()},
        accidents=frozenset(raw["exclusions"]["accidents"]),
        excluded_causes=frozenset(raw["exclusions"]["causes"]),
        otherness=frozenset(raw["otherness"]),
        types=tuple(raw["types"]),
    )


#: What a consequence is when nothing in the text caused it: dying is nobody's deed, so it stands only beside an event.
CONSEQUENCE_TYPE = {
    "killed": "killing",
    "injured": "armed_assault",
    "casualties": "armed_assault",
    "missing": "abduction",
    "detained": "detention",
    "abducted": "abduction",
    "displaced": "displacement",
}
#: Verbs and nouns of suffering: their subject is the victim.
SUFFERING = frozenset({"die", "perish", "succumb", "disappear", "vanish", "flee", "evacuate"})


def _consequences(raw: Mapping[str, Mapping[str, list[str]]]) -> tuple[dict[str, Entry], dict[str, Entry], dict[str, Entry]]:
    tables: tuple[dict[str, Entry], dict[str, Entry], dict[str, Entry]] = ({}, {}, {})
    for kind, words in raw.items():
        for table, part in zip(tables, ("verbs", "nouns", "adjectives"), strict=True):
            for word in words.get(part, ()):
                frame = "suffer" if word in SUFFERING else "attack"
                table[word] = Entry(CONSEQUENCE_TYPE[kind], frame, consequence=kind, anaphoric=part != "verbs")
    return tables


def _add_types(raw: Mapping[str, Mapping[str, object]], *, verbs: dict[str, Entry], nouns: dict[str, Entry]) -> None:
    for code, words in raw.items():
        frames: Mapping[str, list[str]] = words.get("verbs", {})  # type: ignore[assignment]
        for frame, listed in frames.items():
            for verb in listed:
                verbs[verb] = Entry(code, frame, consequence=verbs[verb].consequence if verb in verbs else None)
        for noun in words.get("nouns", ()):  # type: ignore[attr-defined]
            nouns[noun] = Entry(code, "attack", consequence=nouns[noun].consequence if noun in nouns else None)


def _add_own(own: OwnType, *, verbs: dict[str, Entry], nouns: dict[str, Entry]) -> None:
    """The words of a type of the codebook, read as the type of the package that it is like."""
    code = own.like or own.code
    for frame, listed in own.words.verbs.items():
        for verb in listed:
            verbs[verb] = Entry(code, frame or "attack", consequence=verbs[verb].consequence if verb in verbs else None, own=own.code)
    for noun in own.words.nouns:
        nouns[noun] = Entry(code, "attack", consequence=nouns[noun].consequence if noun in nouns else None, own=own.code)


def _add_generic(raw: Mapping[str, object], *, verbs: dict[str, Entry], nouns: dict[str, Entry]) -> None:
    defaults: Mapping[str, str] = raw["defaults"]  # type: ignore[assignment]
    anaphoric = set(raw["anaphoric"])  # type: ignore[call-overload]
    frames: Mapping[str, list[str]] = raw["verbs"]  # type: ignore[assignment]
    for frame, listed in frames.items():
        for verb in listed:
            verbs[verb] = Entry(defaults.get(verb, str(raw["default"])), frame, generic=True)
    for noun in raw["nouns"]:  # type: ignore[attr-defined]
        nouns[noun] = Entry(defaults.get(noun, str(raw["default"])), "attack", generic=True)
    for noun in anaphoric & set(nouns):
        nouns[noun] = replace(nouns[noun], anaphoric=True)


#: Frames of the phrases of a type, where they are not those of an attack.
PHRASE_FRAMES = {"threat": "threaten", "displacement": "suffer", "territorial_change": "take", "protest": "crowd", "riot": "crowd"}


def _phrases(raw: Mapping[str, object]) -> dict[str, tuple[tuple[Phrase, Entry | None], ...]]:
    found: dict[Phrase, Entry | None] = {}
    anaphoric = set(raw["generic"]["anaphoric"])  # type: ignore[index]
    frames: Mapping[str, str] = raw["phrase_frames"]  # type: ignore[assignment]
    for code, words in raw["types"].items():  # type: ignore[attr-defined]
        frame = PHRASE_FRAMES.get(code, "attack")
        for phrase in words.get("phrases", ()):
            found[tuple(phrase.split())] = Entry(code, frames.get(phrase, frame), anaphoric=phrase in anaphoric)
    for phrase in raw["exclusions"]["phrases"]:  # type: ignore[index]
        found[tuple(phrase.split())] = None
    for own in in_use().types.values():
        code = own.like or own.code
        for frame, listed in own.words.phrases.items():
            for phrase in listed:
                found[tuple(phrase.split())] = Entry(code, frame or PHRASE_FRAMES.get(code, "attack"), own=own.code)
    by_first: dict[str, list[tuple[Phrase, Entry | None]]] = {}
    for words in sorted(found, key=lambda p: (-len(p), p)):
        by_first.setdefault(words[0], []).append((words, found[words]))
    return {first: tuple(listed) for first, listed in by_first.items()}
