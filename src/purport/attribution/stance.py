"""The stance of an attribution: what the cue says, who speaks, and what is said."""

from dataclasses import dataclass
from functools import cache

from purport.attribution.relation import Relation
from purport.attribution.subjects import agent_of
from purport.attribution.tree import Tree
from purport.model import Source, SourceKind, Stance
from purport.resources import yaml_of

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
CONDITIONAL = frozenset({"would"})
FIRST_PERSON = frozenset({"we", "our", "us", "i", "my"})
OWN = frozenset({"it", "they", "he", "she"}) | FIRST_PERSON
OWNING_UP = frozenset({"claim", "accept", "take", "deny", "assume", "admit", "reject", "disclaim"})
REFUSING = frozenset({"deny", "reject", "disclaim"})
QUOTE_MARKS = frozenset('"“”')
#: Letters that a country shares with its adjective.
STEM = 4
#: Patterns whose content is a whole statement.
TELLING = frozenset({"clause", "quote", "aside", "according", "citing"})
WE = frozenset({"we", "our"})
OWNERS = frozenset({"its", "their", "our"})
#: Who speaks of what befell it, not of its deeds.
BYSTANDERS = frozenset({SourceKind.WITNESS, SourceKind.VICTIM, SourceKind.CAPTIVE, SourceKind.EXPERT, SourceKind.ARTEFACT, SourceKind.NGO})


@cache
def deeds(name: str) -> frozenset[str]:
    """One list of ``cues/deeds.yaml``."""
    return frozenset(yaml_of("cues/deeds.yaml")[name])


@dataclass(frozen=True, slots=True)
class Said:
    """What matters for the stance in the words of a content."""

    words: tuple[str, ...]
    own: bool  #: its main clause is about the speaker
    deed: bool  #: its main verb is one of violence
    negated: bool
    future: bool
    hedged: bool
    owned: bool = False  #: its main clause is of a deed that an armed group takes upon itself
    laid: bool = False  #: its main clause names who did the violence

    def has(self, name: str) -> bool:
        return bool(deeds(name).intersection(self.words))


def stance_of(tree: Tree, relation: Relation, *, source: Source | None) -> Stance:
    """The codebook's stance (rule 13): the cue decides, then what a party says of its own deeds or its enemy's."""
    said = said_in(tree, relation, source=source)
    lemma = tree.lemma(relation.head)
    if relation.kind == "noun" and lemma in deeds("checked") and any(tree.lemma(c) == "no" for c in tree.all(relation.head, "det", "neg")):
        return Stance.DOUBTS
    if lemma in OWNING_UP and deeds("responsibility").intersection(said.words[:4]):
        return Stance.DENIES if lemma in REFUSING else Stance.ADMITS
    if _cannot(tree, relation):
        return Stance.DOUBTS
    if "propaganda" in said.words and (relation.stance in (Stance.DENIES, Stance.SAYS)) and relation.pattern != "clause":
        return Stance.DOUBTS
    if lemma == "claim" and relation.pattern in ("object", "passive") and source is not None and said.has("violence"):
        return Stance.ADMITS
    if lemma == "ask":
        return relation.stance
    if lemma in ("warn", "warning"):
        return Stance.THREATENS if _fights(source, said) and (said.future or "if" in said.words) else Stance.SAYS
    if lemma in ("promise", "pledge", "vow", "promised") and relation.stance is Stance.THREATENS:
        return Stance.THREATENS if said.has("violence") and not said.negated else Stance.SAYS
    if lemma in ("believe", "think", "expect", "suspect") and tree.child(relation.head, "neg") is not None:
        return Stance.DOUBTS
    if lemma == "suggest" and source is not None and "report" in {tree.lemma(t) for s in source.named_spans for t in tree.inside(s)}:
        return Stance.SAYS
    if lemma == "claim" and source is not None and source.party and not said.own and said.has("violence") and said.has("innocents"):
        return Stance.ACCUSES
    if lemma == "allege" and not said.own and (said.laid or said.has("blame")):
        return Stance.ACCUSES
    if (
        source is not None
        and relation.stance in (Stance.SAYS, Stance.CLAIMS)
        and _takes_upon_itself(tree, relation, said=said, source=source)
    ):
        return Stance.ADMITS
    if relation.stance is Stance.SAYS and source is not None and relation.kind in ("speech", "noun"):
        return _of_speaker(source, said, told=relation.pattern in TELLING)
    return relation.stance


def _takes_upon_itself(tree: Tree, relation: Relation, *, said: Said, source: Source | None) -> bool:
    """ "The group said it had carried out the bombing", "boasted of an ambush"; also in a statement that names no author."""
    if source is None or relation.stance not in (Stance.SAYS, Stance.CLAIMS):
        return False
    worded = source.kind is SourceKind.ARTEFACT and relation.source is not None and tree.lemma(relation.source) in deeds("worded")
    if not worded and (source.kind is not SourceKind.ARMED_GROUP or relation.kind != "speech"):
        return False
    if tree.lemma(relation.head) in deeds("boasting") and relation.pattern in ("of", "about"):
        return said.has("violence")
    return said.own and said.owned and not said.negated and not said.future and not said.hedged


def said_in(tree: Tree, relation: Relation, *, source: Source | None) -> Said:
    """The features of a content."""
    tokens = [t for s in relation.content for t in tree.inside(s)]
    words = tuple(tree.lemma(t) for t in tokens)
    main = _main(tree, tokens)
    if main is None:
        return Said(words, own=False, deed=False, negated=False, future=bool(FUTURE.intersection(words)), hedged=False)
    subject = tree.child(main, "nsubj")
    agent = agent_of(tree, main) if subject is None else subject
    own = relation.pattern == "infinitive" if agent is None else _is_speaker(tree, agent, relation=relation, source=source)
    modal = any(tree.tokens[c].words.lower() in FUTURE | CONDITIONAL for c in tree.all(main, "aux"))
    return Said(
        words,
        own=own,
        deed=tree.lemma(main) in deeds("violence"),
        owned=_is_owned(tree, main, words=words),
        laid=agent is not None and (tree.lemma(main) in deeds("wrong") or _is_owned(tree, main, words=words)),
        negated=tree.child(main, "neg") is not None or _says_no(tree, main),
        future=modal or bool(FUTURE.intersection(words)),
        hedged=any(tree.lemma(t) in deeds("hedge") for t in _around(tree, main)),
    )


def _is_owned(tree: Tree, main: int, *, words: tuple[str, ...]) -> bool:
    """Whether the verb names an attack of the kind that is claimed ("bombed"), or the doing of one ("carried out the bombing")."""
    if tree.lemma(main) in deeds("owned"):
        return True
    return tree.lemma(main) in deeds("doing") and bool(deeds("violence").intersection(words) - {tree.lemma(main)} or "which" in words)


def _around(tree: Tree, main: int) -> list[int]:
    """The main verb with what hangs on it and on its predicate."""
    below = [c for c in tree.children[main] if tree.tokens[c].dep in ("advmod", "acomp", "attr")]
    return [main, *below, *(d for c in below for d in tree.all(c, "amod"))]


def _main(tree: Tree, tokens: list[int]) -> int | None:
    """The verb of the content's main clause: the one that hangs outside it."""
    inside = set(tokens)
    verbs = [t for t in tokens if tree.tokens[t].pos in ("VERB", "AUX") and tree.tokens[t].dep not in ("aux", "auxpass")]
    tops = [v for v in verbs if tree.head(v) not in inside or tree.head(v) == v]
    return next(iter(tops or verbs), None)


def _says_no(tree: Tree, verb: int) -> bool:
    return any(tree.lemma(d) in ("no", "neither", "nor") for c in tree.all(verb, "dobj", "attr") for d in tree.children[c])


def _is_speaker(tree: Tree, subject: int, *, relation: Relation, source: Source | None) -> bool:
    """Whether the subject is the speaker, or the country or force that it speaks for ("Turkish", "Turkey")."""
    if tree.lemma(subject) in (FIRST_PERSON if _is_quoted(tree, subject, relation=relation) else OWN):
        return True
    if _is_own_force(tree, subject, source=source):
        return True
    phrase = tree.subtree(relation.source) if relation.source is not None else []
    named = [t for s in (source.named_spans if source else ()) for t in tree.inside(s)]
    stems = {_stem(tree, t) for t in (*phrase, *named) if tree.tokens[t].words[0].isupper() and tree.tokens[t].pos in ("PROPN", "ADJ")}
    modifiers = tree.all(subject, "amod", "compound", "poss")
    return bool(stems.intersection(_stem(tree, t) for t in (subject, *modifiers) if tree.tokens[t].words[0].isupper()))


def _is_quoted(tree: Tree, token: int, *, relation: Relation) -> bool:
    """Whether the words stand in the speaker's own marks: "they" of a direct quote are others."""
    held = next((s for s in relation.content if s.start <= tree.starts[token] < s.end), None)
    return held is not None and any(c in QUOTE_MARKS for c in tree.text[max(held.start - 1, 0) : held.start + 1])


def _is_own_force(tree: Tree, subject: int, *, source: Source | None) -> bool:
    """ "its fighters"; "the group" in the mouth of an armed group or in a statement."""
    if any(tree.tokens[c].words.lower() in OWNERS for c in tree.all(subject, "poss")):
        return tree.lemma(subject) in deeds("own_forces")
    speaks = source is not None and source.kind in (SourceKind.ARMED_GROUP, SourceKind.ARTEFACT)
    return speaks and tree.lemma(subject) in deeds("own_bodies") and any(tree.lemma(c) == "the" for c in tree.all(subject, "det"))


def _stem(tree: Tree, token: int) -> str:
    return tree.tokens[token].words.lower()[:STEM]


def _cannot(tree: Tree, relation: Relation) -> bool:
    """ "could not confirm", "has not been verified", "was unable to determine", "it was unclear whether"."""
    if tree.lemma(relation.head) in deeds("unclear"):
        return True
    if tree.lemma(relation.head) not in deeds("checking"):
        return False
    head = tree.head(relation.head)
    if tree.lemma(head) in deeds("unable"):
        return tree.lemma(head) != "possible" or any(tree.child(h, "neg") is not None for h in (head, tree.head(head)))
    return tree.child(relation.head, "neg") is not None


def _fights(source: Source | None, said: Said) -> bool:
    if source is None:
        return said.has("violence")
    if source.party or source.kind is SourceKind.ARMED_GROUP:
        return True
    return source.kind in (SourceKind.OFFICIAL, SourceKind.UNKNOWN) and said.has("violence")


def _of_speaker(source: Source, said: Said, *, told: bool) -> Stance:
    if said.own and deeds("behind").intersection(said.words[:6]):
        return Stance.DENIES if said.negated else Stance.ADMITS
    if said.own and said.future and not said.negated and said.has("violence") and _fights(source, said):
        return Stance.THREATENS
    if source.party or source.kind is SourceKind.OFFICIAL:
        found = _of_party(source, said, told=told)
        if found is not Stance.SAYS:
            return found
    if said.own and said.deed and not said.negated and WE.intersection(said.words[:3]) and source.kind not in BYSTANDERS:
        return Stance.CLAIMS
    return Stance.BELIEVES if told and said.hedged else Stance.SAYS


def _of_party(source: Source, said: Said, *, told: bool) -> Stance:
    """A party, or an official who may speak for one, on its own deeds and its enemy's."""
    if said.negated and not said.future and (said.own or deeds("involved").intersection(said.words)):
        return Stance.DENIES
    if said.own and (said.deed or (source.party and (said.has("violence") or said.has("military")))):
        return Stance.CLAIMS
    if source.party and told and said.has("triumph") and said.has("enemies"):
        return Stance.CLAIMS
    if not told and source.party and said.has("violence"):
        return Stance.CLAIMS
    return Stance.ACCUSES if told and said.has("blame") else Stance.SAYS
