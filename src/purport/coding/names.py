"""Names given on somebody's word: "introduces himself as X", "was identified as X", and what a captive confesses about himself."""

from collections.abc import Iterator
from dataclasses import dataclass

from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening
from purport.coding.ontology import ontology
from purport.coding.phrases import Phrases
from purport.coding.tree import Tree
from purport.model import Attribution, EntityKind, Form, Role, SourceKind, Span, Stance, Token

#: Words for somebody in the power of others: in a page about a killing shown in a video, the one killed.
HELD = frozenset({"captive", "prisoner", "hostage", "detainee", "victim", "man", "woman", "journalist", "soldier", "pilot", "suspect"})


@dataclass(frozen=True, slots=True)
class Naming:
    """A name (or self-description) of a victim: ``person`` the word named, ``span`` what names him, on whose word."""

    role: Role
    span: Span
    attribution: Attribution | None
    key: str


def namings(happenings: list[Happening], *, tree: Tree, phrases: Phrases, grounds: Grounds) -> dict[int, list[Naming]]:
    """By number of the happening, the names given to its victims."""
    found: dict[int, list[Naming]] = {}
    for person, naming in (*_named(tree, grounds), *_confessed(tree, grounds)):
        number = _victim_of(happenings, person, phrases=phrases)
        if number is not None:
            found.setdefault(number, []).append(naming)
    return found


def _named(tree: Tree, grounds: Grounds) -> Iterator[tuple[Token, Naming]]:
    for verb in tree.tokens:
        if verb.pos != "VERB" or verb.lemma not in ontology().naming_verbs:
            continue
        names = [n for n in tree.objects_of(verb, "as") if n.pos == "PROPN"] or [n for n in tree.children(verb, "oprd") if n.pos == "PROPN"]
        objects = tree.children(verb, "nsubjpass") or tree.children(verb, "dobj")
        person = next((o for o in objects if o.words.lower() not in ("himself", "herself", "themselves")), None) or _subject(tree, verb)
        for name in names[:1]:
            mention = next((m for m in tree.reading.mentions if m.head == name.index and m.form is Form.NAME), None)
            if person is not None and mention is not None and mention.kind in (EntityKind.PERSON, EntityKind.OTHER):
                yield person, Naming(Role.NAME, mention.span, grounds.innermost(mention.span), mention.entity_id)


def _subject(tree: Tree, verb: Token) -> Token | None:
    own = next(iter(tree.children(verb, "nsubj")), None)
    before = [t for t in tree.tokens[tree.sentence(verb).first : verb.index] if t.lemma.lower() in HELD]
    return own or (before[-1] if before else None)


def _confessed(tree: Tree, grounds: Grounds) -> Iterator[tuple[Token, Naming]]:
    """What a captive admits of himself bears on who he is, under duress."""
    for attribution in grounds.attributions:
        source = attribution.source
        if source is None or attribution.stance is not Stance.ADMITS or not (source.duress or source.kind is SourceKind.CAPTIVE):
            continue
        words = [t for t in tree.inside(source.spans[0])]
        if words and attribution.content:
            yield words[-1], Naming(Role.TARGET, source.spans[0], attribution, attribution.id)


def _victim_of(happenings: list[Happening], person: Token, *, phrases: Phrases) -> int | None:
    """The happening that has this person among its victims, else the first killing, abduction or detention if the person is a captive."""
    key = phrases.key(person)
    for number, happening in enumerate(happenings):
        if any(f.role is Role.TARGET and phrases.key(f.head) == key for t in happening.tellings for f in t.fillers):
            return number
    if person.lemma.lower() not in HELD:
        return None
    kinds = ("killing", "abduction", "detention")
    return next(
        (
            n
            for n, h in enumerate(happenings)
            if h.type in kinds and h.reality == "actual" and h.tellings[0].trigger.token.index < person.index
        ),
        None,
    )
