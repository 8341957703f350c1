"""Threats: the uttering itself is the event (codebook rule 8); its cue is the trigger, its source the perpetrator."""

from collections.abc import Iterator

from purport.coding.arguments import Filler
from purport.coding.grounds import Grounds
from purport.coding.ontology import Entry, ontology
from purport.coding.tree import OBJECTS, SUBJECTS, Tree
from purport.coding.triggers import Trigger
from purport.model import Attribution, BlockKind, Role, Token

#: "we will launch an operation".
BEGINNING = frozenset({"launch", "begin", "start", "carry", "conduct", "wage"})


def with_threats(triggers: list[Trigger], *, tree: Tree, grounds: Grounds) -> list[Trigger]:
    """``triggers`` and one for every threat that the attributions found; threat words that nobody utters are left out."""
    taken = {t.token.index for t in triggers}
    spoken = [t for t in triggers if t.type != "threat" or t.is_verb or grounds.threat_at(t.token.span) or _has_owner(tree, t.token)]
    for word in tree.tokens:
        if word.index not in taken and _is_promise(tree, word):
            spoken.append(Trigger(word, word.span, Entry("threat", "threaten"), "threat"))
            taken.add(word.index)
    for attribution in grounds.threats():
        cue = _cue_word(tree, attribution)
        if cue is not None and cue.index not in taken and _is_violent(tree, attribution):
            headline = tree.reading.document.blocks[tree.sentence(cue).block].kind is BlockKind.HEADLINE
            spoken.append(Trigger(cue, cue.span, Entry("threat", "threaten"), "threat", headline=headline))
            taken.add(cue.index)
    return sorted(spoken, key=lambda t: t.token.index)


def _is_promise(tree: Tree, verb: Token) -> bool:
    """ "we will avenge", "we will begin our operation", "if they do not leave, we will …": the speaker's own future act."""
    if not (verb.lemma.lower() in ontology().promises or _begins_violence(tree, verb) or _is_ultimatum(tree, verb)):
        return False
    will = any(t.lemma.lower() in ("will", "shall") or t.words.lower() in ("'ll", "’ll") for t in tree.children(verb, "aux"))
    return (
        verb.pos == "VERB" and will and any(t.lemma.lower() in ("we", "i") for t in tree.children(verb, "nsubj")) and not tree.negated(verb)
    )


def _begins_violence(tree: Tree, verb: Token) -> bool:
    deeds = {t.lemma.lower() for t in tree.children(verb, "dobj")}
    return verb.lemma.lower() in BEGINNING and bool(deeds & ontology().threat_words & set(ontology().nouns))


def _is_ultimatum(tree: Tree, verb: Token) -> bool:
    """A condition that is not met stands before the act."""
    for clause in tree.children(verb, "advcl"):
        if any(t.lemma.lower() in ("if", "unless") for t in tree.children(clause, "mark")):
            return tree.negated(clause) or any(t.lemma.lower() == "unless" for t in tree.children(clause, "mark"))
    return False


def _has_owner(tree: Tree, token: Token) -> bool:
    return bool(_receivers(tree, token) or tree.children(token, "poss") or tree.objects_of(token, "by", "from"))


def _receivers(tree: Tree, token: Token) -> list[Token]:
    """Who "received a death threat"."""
    up = tree.head(token)
    return list(tree.children(up, *SUBJECTS)) if token.dep == "dobj" and up.lemma in ("receive", "face", "get") else []


def _cue_word(tree: Tree, attribution: Attribution) -> Token | None:
    words = [t for s in attribution.cue for t in tree.inside(s)]
    return next((t for t in words if t.pos in ("VERB", "NOUN")), words[0] if words else None)


def _is_violent(tree: Tree, attribution: Attribution) -> bool:
    lexicon = ontology()
    cues = {t.lemma.lower() for s in attribution.cue for t in tree.inside(s)}
    if not cues & lexicon.threat_cues:
        return False
    words = {t.lemma.lower() for s in attribution.content for t in tree.inside(s) if t.pos in ("VERB", "NOUN")}
    return bool(words & (lexicon.threat_words | set(lexicon.verbs)))


def threat_fillers(tree: Tree, grounds: Grounds, trigger: Trigger) -> Iterator[Filler]:
    """The threatener and the threatened."""
    threat = grounds.threat_at(trigger.token.span)
    if threat is not None and threat.source is not None:
        for span in threat.source.spans[:1]:
            heads = [t for t in tree.inside(span) if not span.covers(tree.head(t).span) or t.head == t.index]
            yield from (Filler(Role.PERPETRATOR, t) for t in heads[:1])
    yield from (Filler(Role.TARGET, t) for t in (*tree.children(trigger.token, *OBJECTS), *_receivers(tree, trigger.token)))
    for deed in tree.children(trigger.token, "xcomp"):  # "threatened to execute the engineer", "to launch an operation against the camp"
        for thing in tree.children(deed, *OBJECTS):
            known = ontology().nouns.get(thing.lemma.lower())
            is_act = known is not None and not known.consequence
            yield from (Filler(Role.TARGET, t) for t in (tree.objects_of(thing, "against", "on") if is_act else [thing]))
    yield from (Filler(Role.TARGET, t) for t in tree.objects_of(trigger.token, "against", "to"))
