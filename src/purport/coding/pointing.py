"""Statements that name no act but say who did it or whom it struck: "the target was X", "X was among the wounded", "X was a suspect"."""

from collections.abc import Iterator
from functools import cache

from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening
from purport.coding.names import Naming
from purport.coding.phrases import Phrases
from purport.coding.responsibility import ACCUSABLE, spoken_of, violent
from purport.coding.tree import PASSIVE_SUBJECTS, SUBJECTS, Tree
from purport.model import Attribution, EntityKind, Role, Token
from purport.resources import yaml_of

#: What can be struck beside whom.
STRUCK = ACCUSABLE | {EntityKind.FACILITY, EntityKind.VEHICLE}
#: Words that point at an act told before ("this seems to have been done by a gang").
POINTERS = frozenset({"this", "that", "it", "these", "they"})
AMONG = frozenset({"among", "amongst"})


@cache
def terms(name: str) -> frozenset[str]:
    """One list of ``ontology/pointing.yaml``."""
    return frozenset(yaml_of("ontology/pointing.yaml")[name])


def pointed(happenings: list[Happening], *, tree: Tree, phrases: Phrases, grounds: Grounds) -> dict[int, list[Naming]]:
    """By number of the happening, who is said to have done it or to be its victim in words that do not name it."""
    found: dict[int, list[Naming]] = {}
    told = violent(happenings)
    victims = _victims(happenings, phrases)
    triggers = frozenset(i for h in happenings for t in h.tellings for i in range(t.trigger.span.start, t.trigger.span.end))
    for attribution in grounds.attributions:
        words = [t for s in attribution.content for t in tree.inside(s)]
        for role, token in _said_of(tree, words, acts=triggers):
            if grounds.innermost(token.span) is not attribution:
                continue  # "X said officials believe that the target was Y": the officials' word through X
            number = spoken_of(told, attribution.cue[0] if attribution.cue else attribution.content[0])
            if number is not None:
                found.setdefault(number, []).append(_naming(role, token, attribution=attribution, phrases=phrases))
        for token in _described(tree, words, acts=triggers):
            number = victims.get(phrases.key(token))
            if number is not None and grounds.innermost(token.span) is attribution:
                found.setdefault(number, []).append(_naming(Role.TARGET, token, attribution=attribution, phrases=phrases))
    return found


def _naming(role: Role, token: Token, *, attribution: Attribution, phrases: Phrases) -> Naming:
    return Naming(role, phrases.span(token), attribution, phrases.key(token))


def _victims(happenings: list[Happening], phrases: Phrases) -> dict[str, int]:
    """The happening of which each victim is told, by key; nobody who is told to be the victim of two."""
    found: dict[str, set[int]] = {}
    for number, happening in enumerate(happenings):
        for key in {phrases.key(f.head) for t in happening.tellings for f in t.fillers if f.role is Role.TARGET}:
            found.setdefault(key, set()).add(number)
    return {key: min(numbers) for key, numbers in found.items() if len(numbers) == 1}


def _said_of(tree: Tree, words: list[Token], *, acts: frozenset[int]) -> Iterator[tuple[Role, Token]]:
    """The role and head of each one said to be the doer or a victim of an act that goes unnamed."""
    for word in words:
        if word.lemma == "be":
            yield from _equated(tree, word)
        elif word.tag == "VBN" and word.lemma in terms("doing") and not acts & {word.span.start}:
            subjects = tree.children(word, *PASSIVE_SUBJECTS) or tree.children(tree.head(word), *SUBJECTS)
            if subjects and subjects[0].lemma.lower() in POINTERS:
                yield from ((Role.PERPETRATOR, t) for t in tree.objects_of(word, "by") if _is(tree, t, kinds=ACCUSABLE))


def _equated(tree: Tree, be: Token) -> Iterator[tuple[Role, Token]]:
    """ "the target was X", "X was a suspect", "X was among the wounded", "most of the victims are X"."""
    subjects = tree.children(be, *SUBJECTS) or tree.children(tree.head(be), *SUBJECTS, *PASSIVE_SUBJECTS)
    if not subjects or tree.negated(be):
        return
    subject = subjects[0]
    for other in tree.children(be, "attr"):
        if subject.lemma.lower() == "target" and _is(tree, other, kinds=STRUCK):
            yield Role.TARGET, other
        elif other.lemma.lower() in terms("doers") and _is(tree, subject, kinds=ACCUSABLE):
            yield Role.PERPETRATOR, subject
        elif any(t.lemma.lower() in terms("struck") for t in _of(tree, subject)) and _is(tree, other, kinds=STRUCK):
            yield Role.TARGET, other
    for prep in tree.children(be, "prep"):
        if prep.lemma in AMONG and any(t.lemma.lower() in terms("struck") for n in tree.children(prep, "pobj") for t in tree.subtree(n)):
            yield from ((Role.TARGET, t) for t in [subject, *tree.conjuncts(subject)[1:]] if _is(tree, t, kinds=STRUCK))


def _of(tree: Tree, token: Token) -> list[Token]:
    """The noun and what it is a part of ("most of the victims")."""
    return [token, *tree.objects_of(token, "of")]


def _described(tree: Tree, words: list[Token], *, acts: frozenset[int]) -> Iterator[Token]:
    """The subject of a statement that only says who somebody is: "the driver was a resident of X", "the man was known as Y"."""
    if any(t.span.start in acts for t in words):
        return
    inside = {t.index for t in words}
    verb = next((t for t in words if t.pos in ("VERB", "AUX") and t.head not in inside - {t.index}), None)
    if verb is None or tree.negated(verb):
        return
    subject = next(iter(tree.children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)), None)
    if subject is not None and subject.lemma == "name" and verb.lemma == "be":
        yield from tree.children(subject, "poss")
        return
    known = verb.lemma in terms("describing") or (verb.lemma == "be" and tree.children(verb, "attr"))
    if known and not tree.children(verb, "advcl"):
        yield from (t for t in tree.children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)[:1] if t.pos != "PRON" or t.lemma.lower() in ("he", "she"))


def _is(tree: Tree, token: Token, *, kinds: frozenset[EntityKind]) -> bool:
    return token.pos in ("NOUN", "PROPN") and tree.mention_kind(token) in kinds
