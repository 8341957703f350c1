"""A telling: one trigger with everything its clause says of it, and on whose word."""

from dataclasses import dataclass
from itertools import takewhile

from purport.coding.arguments import Filler, fillers_of
from purport.coding.counts import Tally, find_tallies
from purport.coding.grounds import Grounds
from purport.coding.ontology import ontology
from purport.coding.places import place_of
from purport.coding.sites import sites_of
from purport.coding.threats import threat_fillers
from purport.coding.tree import Tree
from purport.coding.triggers import Trigger
from purport.model import Attribution, Factuality, Role, Stance, TimeExpression, Token, Toponym, chain_of

#: TIMEX values that name no time.
VAGUE = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})


@dataclass(frozen=True, slots=True)
class Telling:
    trigger: Trigger
    fillers: tuple[Filler, ...]
    places: tuple[Toponym, ...]
    times: tuple[TimeExpression, ...]
    tallies: tuple[Tally, ...]
    attribution: Attribution | None
    factuality: Factuality
    sites: tuple[Filler, ...] = ()  #: places without a name
    pointing_back: bool = False  #: "the attack": names again what was told before; "arrests were announced": on a word unnamed
    echo: Attribution | None = None  #: an act of speech about the happening that takes it for granted or is it (a threat)

    @property
    def reality(self) -> str:
        """What this telling alone says of the happening."""
        if self.factuality is Factuality.UNDERSPECIFIED:
            return "unrealised"
        return "negated" if self.factuality.value.endswith("-") else "actual"


def find_tellings(tree: Tree, grounds: Grounds, *, triggers: list[Trigger]) -> list[Telling]:
    """One telling a trigger, in text order."""
    if tree.reading.tags is not None:
        tree.reading.tags.asked("event", [t.token.span for t in triggers])  # all at once costs a third of one by one
    tallies = _tallies(tree, triggers)
    times = _times(tree, grounds, triggers)
    found = []
    events = frozenset(t.token.index for t in triggers)
    for trigger in triggers:
        attribution, echo = _voices(tree, grounds, trigger)
        fillers = _fillers(tree, grounds, trigger, events)
        found.append(
            Telling(
                trigger=trigger,
                fillers=tuple(f for f in fillers if f.role is not Role.PLACE),
                places=_places(tree, trigger, fillers),
                times=tuple(times.get(trigger.token.index, ())),
                tallies=tuple(tallies.get(trigger.token.index, ())),
                attribution=attribution,
                factuality=_presented(grounds, trigger, attribution, text=tree.reading.document.text),
                pointing_back=is_anaphoric(tree, trigger.token) or is_announced(tree, trigger.token),
                echo=echo,
                sites=tuple(sites_of(tree, trigger)),
            )
        )
    return found


def _fillers(tree: Tree, grounds: Grounds, trigger: Trigger, events: frozenset[int]) -> list[Filler]:
    if trigger.type != "threat":
        return fillers_of(tree, trigger, events=events)
    unique = {(f.role, f.head.index): f for f in (*threat_fillers(tree, grounds, trigger), *fillers_of(tree, trigger, events=events))}
    return list(unique.values())


def _places(tree: Tree, trigger: Trigger, fillers: list[Filler]) -> tuple[Toponym, ...]:
    """Where it happened, and towns that were themselves struck or taken."""
    struck = [t for f in fillers if f.role is Role.PLACE for t in tree.toponyms(f.head) if not t.adjective]
    return tuple(dict.fromkeys((*struck, *place_of(tree.reading, trigger=trigger.token))))


def _presented(grounds: Grounds, trigger: Trigger, attribution: Attribution | None, *, text: str) -> Factuality:
    """How the innermost voice presents the trigger: what is threatened has not happened; what an artefact purports to show is possible."""
    if trigger.type == "threat":
        return Factuality.CERTAIN
    if trigger.type == "killing" and trigger.span.of(text).lower() in ontology().sentences:
        return Factuality.UNDERSPECIFIED  # a death sentence has not been carried out (rule 17)
    value = grounds.factuality(trigger.token)
    if value is Factuality.CERTAIN and trigger.token.tag == "VB" and trigger.token.dep == "acl":
        return Factuality.UNDERSPECIFIED  # "a plan to attack", "threatened in a statement to attack"
    chain = chain_of(grounds.attributions, attribution.id) if attribution else ()
    if any(a.stance is Stance.THREATENS for a in chain):
        return Factuality.UNDERSPECIFIED
    if value is Factuality.UNDERSPECIFIED and any(a.stance is Stance.PURPORTS for a in chain):
        return Factuality.POSSIBLE
    return value


def _voices(tree: Tree, grounds: Grounds, trigger: Trigger) -> tuple[Attribution | None, Attribution | None]:
    """On whose word the trigger rests, and an act of speech that only takes it for granted or is the threat itself."""
    holding = grounds.holding(trigger.token.span)
    if trigger.type == "threat":
        return (holding[0] if holding else None), grounds.threat_at(trigger.token.span)
    is_noun = not trigger.is_verb or trigger.token.dep == "relcl"
    if holding and holding[0].source is None and is_noun and grounds.factuality(trigger.token) is Factuality.CERTAIN:
        holding = holding[1:]  # "expected to mark the anniversary of the bombings": the hedge is on something else
    granting = list(takewhile(lambda a: grounds.presupposes(a, trigger.token, tree=tree), holding))  # "X and Y condemned the attack"
    rest = holding[len(granting) :]
    if granting and rest and rest[0] in chain_of(grounds.attributions, granting[0].id):
        rest = []  # "X claimed the attack, a website said": the site vouches for the claim, not for the attack
    return (rest[0] if rest else None), (granting[0] if granting else None)


#: Verbs whose passive passes on a happening without its source.
ANNOUNCING = frozenset({"announce", "report", "allege", "claim"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})


def is_anaphoric(tree: Tree, token: Token) -> bool:
    """A noun that points back: "the attack", "this raid", "the strikes"."""
    if token.pos not in ("NOUN", "PROPN"):
        return False
    return any(kid.lemma.lower() in DEFINITE for kid in tree.children(token, "det")) and not is_other(tree, token)


def is_announced(tree: Tree, token: Token) -> bool:
    """ "two arrests were announced": somebody's word, nobody says whose."""
    return token.dep == "nsubjpass" and tree.head(token).lemma in ANNOUNCING


def is_other(tree: Tree, token: Token) -> bool:
    """ "another blast", "a second attack", "an earlier strike": not the one told so far."""
    up = tree.head(token)
    if token.dep == "pobj" and up.lemma == "of" and tree.head(up).lemma.lower() in ("one", "first", "second", "third", "another"):
        return True
    if up.pos == "VERB" and any(
        k.lemma.lower() in ("before", "previously", "earlier") and (k.dep == "advmod" or k.tag == "RB")
        for k in (*tree.children(up), *tree.children(token))
    ):
        return True
    kids = tree.children(token, "amod", "det", "advmod")
    return any(kid.lemma.lower() in ontology().otherness for kid in kids)


def _tallies(tree: Tree, triggers: list[Trigger]) -> dict[int, list[Tally]]:
    """Counts by the token of the trigger they belong to: the consequence word itself, else the nearest trigger of its sentence."""
    by_token = {t.token.index for t in triggers}
    found: dict[int, list[Tally]] = {}
    for tally in find_tallies(tree):
        index = tally.word.index
        if index not in by_token:
            near = [t.token.index for t in triggers if t.token.sentence == tally.word.sentence]
            if not near:
                continue
            index = min(near, key=lambda i: abs(i - tally.word.index))
        found.setdefault(index, []).append(tally)
    return found


def _times(tree: Tree, grounds: Grounds, triggers: list[Trigger]) -> dict[int, list[TimeExpression]]:
    """Times by the token of the trigger whose clause they stand in; the time of an act of speech is nobody's."""
    starts = {t.span.start: t for t in tree.tokens}
    cues = grounds.cue_tokens(tree.tokens)
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        by_sentence.setdefault(trigger.token.sentence, []).append(trigger)
    found: dict[int, list[TimeExpression]] = {}
    for time in tree.reading.times:
        if time.value in VAGUE or time.kind == "SET" or (time.kind == "DURATION" and not time.edtf):
            continue
        head = _head(tree, starts, time)
        for trigger in _dated(tree, head, by_sentence.get(head.sentence, []), cues=cues) if head else ():
            found.setdefault(trigger.token.index, []).append(time)
    return found


def _head(tree: Tree, starts: dict[int, Token], time: TimeExpression) -> Token | None:
    inside = [starts[i] for i in range(time.span.start, time.span.end) if i in starts]
    indexes = {t.index for t in inside}
    return next((t for t in inside if t.head not in indexes or t.head == t.index), inside[-1] if inside else None)


def _dated(tree: Tree, head: Token, triggers: list[Trigger], *, cues: frozenset[int]) -> list[Trigger]:
    """The triggers that a time dates: the nearest one above it, or those below the verb that it hangs from."""
    by_token = {t.token.index: t for t in triggers}
    for clause in tree.children(head, "relcl", "acl"):  # "since February 1, when a bomber killed 54"
        told = [t for t in triggers if t.token.index == clause.index or clause in tree.ancestors(t.token)]
        if told:
            return told
    above = [head, *tree.ancestors(head)]
    published = next((t for t in above if t.lemma in ontology().publishing_verbs and t.pos == "VERB"), None)
    if published is not None and head.index < published.index:
        return [t for t in triggers if published in tree.ancestors(t.token)]
    for token in above:
        if token.lemma in ontology().toll_verbs and token.pos == "VERB":
            return []
        if token.index in by_token:
            return [by_token[token.index], *_siblings(tree, by_token, token)]
        if token.index in cues and token.pos in ("VERB", "AUX"):
            return []
        if token.pos in ("VERB", "AUX"):
            below = [t for t in triggers if token in tree.ancestors(t.token) and not _speech_between(tree, t.token, token, cues)]
            if below:
                return below
    return []


def _siblings(tree: Tree, by_token: dict[int, Trigger], token: Token) -> list[Trigger]:
    """Triggers coordinated with or causing the dated one ("killed and wounded on Monday")."""
    kin = {t.index for t in tree.conjuncts(token)} | {t.index for t in tree.children(token, "advcl", "nsubj", "dobj")}
    return [by_token[i] for i in sorted(kin - {token.index}) if i in by_token]


def _speech_between(tree: Tree, low: Token, high: Token, cues: frozenset[int]) -> bool:
    for token in tree.ancestors(low):
        if token.index == high.index:
            return False
        if token.index in cues:
            return True
    return False
