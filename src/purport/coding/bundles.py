"""A bundle: tellings that syntax ties together, and what of them can be compared with another bundle of the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from purport.coding.causes import VIOLENT, link_causes
from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening
from purport.coding.phrases import Phrases
from purport.coding.tellings import DEFINITE, Telling, is_other
from purport.coding.traits import WIDE, Traits, traits_of
from purport.coding.tree import CLAUSES, Tree
from purport.model import Factuality, Role, Token, chain_of

INDEFINITE = frozenset({"a", "an", "another", "one"})
#: Adverbs that set an act beside another.
ADDING = frozenset({"also", "separately", "elsewhere", "additionally"})
#: Endings taken off before words are compared, so that "bombing", "bombed" and "bomb" are one.
ENDING = re.compile(r"(?:ations?|ions?|ings?|ers?|ed|es|s|e)$")
STEM = 5
#: Words before a happening that set it beside another one in time.
SEQUENCE = frozenset(
    {"after", "before", "following", "since", "prior", "follow", "response", "retaliation", "previous", "previously", "earlier"}
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Tellings of one sentence that are one happening by their syntax."""

    tellings: tuple[Telling, ...]
    traits: Traits
    type: str
    open_type: bool
    reality: str
    certain: bool
    stems: frozenset[str]  #: of the words that name the act itself
    is_verb: bool
    plural: bool
    definite: bool
    indefinite: bool
    other: bool
    earlier: bool  #: told in the past perfect or as something before
    sequenced: bool
    weak: bool
    sources: frozenset[str]
    instruments: frozenset[str]
    target_words: frozenset[str]
    names: frozenset[str]  #: proper names in the phrase or among the arguments of the act
    around: frozenset[str]  #: proper names in its sentences
    equated: frozenset[int]  #: tokens that a copula equates with the act ("the attack was the third blast")
    block: int
    sentence: int
    own: str = ""  #: the type of the codebook in use whose words name it

    @property
    def is_violent(self) -> bool:
        return self.type in VIOLENT

    @property
    def is_vague(self) -> bool:
        """Whether none of its words tells one type of a codebook from another."""
        return all(t.trigger.entry.is_vague and not t.trigger.entry.own for t in self.tellings)

    @property
    def names_act(self) -> bool:
        """True if it says more than what came of an act."""
        return not self.traits.consequence_only and not self.weak


def bundles_of(tellings: list[Telling], *, tree: Tree, phrases: Phrases, grounds: Grounds) -> list[Bundle]:
    """The bundles of a page in text order."""
    causes = link_causes(tree, [t.trigger for t in tellings])
    by_token = {t.trigger.token.index: t for t in tellings}
    root = {index: index for index in by_token}

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for low, high in causes.items():
        if _told_alike(by_token[low], by_token[high]):
            a, b = find(low), find(high)
            root[max(a, b)] = min(a, b)
    groups: dict[int, list[Telling]] = {}
    for index in sorted(by_token):
        groups.setdefault(find(index), []).append(by_token[index])
    return [_bundle(groups[key], tree=tree, phrases=phrases, grounds=grounds) for key in sorted(groups)]


def _told_alike(a: Telling, b: Telling) -> bool:
    """Neither is hedged or unreal where the other is told flatly ("believed to have been killed in the attack" is two things)."""
    if a.trigger.entry.own != b.trigger.entry.own and not (a.trigger.entry.is_vague or b.trigger.entry.is_vague):
        return False
    return a.reality == b.reality and (a.factuality is Factuality.CERTAIN) == (b.factuality is Factuality.CERTAIN)


def _bundle(tellings: list[Telling], *, tree: Tree, phrases: Phrases, grounds: Grounds) -> Bundle:
    acts = [t for t in tellings if not t.trigger.entry.consequence] or tellings
    tokens = [t.trigger.token for t in acts]
    happening = Happening(tellings)
    nouns = [t for t in tokens if t.pos in ("NOUN", "PROPN")]
    fillers = [f for t in tellings for f in t.fillers]
    return Bundle(
        tellings=tuple(tellings),
        traits=_with_places(traits_of(tellings, phrases=phrases), nouns, tree=tree),
        type=happening.type,
        open_type=happening.open_type,
        reality=happening.reality,
        certain=any(t.factuality is Factuality.CERTAIN for t in tellings),
        stems=frozenset(stem(t.lemma) for t in tokens),
        is_verb=not nouns,
        plural=any(t.tag in ("NNS", "NNPS") for t in nouns),
        definite=any(_determined(tree, t, DEFINITE) or tree.children(t, "poss") for t in nouns),
        indefinite=any(_determined(tree, t, INDEFINITE) for t in nouns),
        other=any(is_other(tree, t) or _is_added(tree, t) for t in tokens),
        earlier=any(_is_earlier(tree, t) for t in tokens),
        sequenced=any(_is_sequenced(tree, t) for t in tokens),
        weak=all(t.trigger.weak for t in tellings),
        sources=frozenset(s for t in tellings for s in _sources(t, grounds)),
        instruments=frozenset(f.head.lemma.lower() for f in fillers if f.role is Role.INSTRUMENT),
        target_words=frozenset(f.head.lemma.lower() for f in fillers if f.role is Role.TARGET),
        names=frozenset(n for t in tellings for n in _names(tree, _own(tree, t.trigger.token))),
        around=frozenset(n for i in sorted({t.trigger.token.sentence for t in tellings}) for n in _names(tree, _sentence(tree, i))),
        equated=frozenset(i for t in tokens for i in _equated(tree, t)),
        block=tree.sentence(tokens[0]).block,
        sentence=tellings[0].trigger.token.sentence,
        own=happening.own,
    )


def _with_places(traits: Traits, nouns: list[Token], *, tree: Tree) -> Traits:
    """``traits`` with the towns that stand before the act's own noun ("the Basra attack")."""
    kids = [kid for noun in nouns for kid in tree.children(noun, "compound", "nmod", "poss")]
    towns = [t for kid in kids for t in tree.toponyms(kid) if not t.adjective and t.precision not in WIDE]
    return replace(traits, places=tuple(dict.fromkeys((*traits.places, *towns))))


def stem(lemma: str) -> str:
    """The beginning of a word without its ending."""
    word = lemma.lower()
    bare = ENDING.sub("", word)
    return (bare if len(bare) > 2 else word)[:STEM]


def _determined(tree: Tree, token: Token, words: frozenset[str]) -> bool:
    return any(kid.lemma.lower() in words for kid in tree.children(token, "det", "nummod"))


def _is_earlier(tree: Tree, token: Token) -> bool:
    """ "had killed", "had been attacked": before what the page is about."""
    return any(kid.words.lower() in ("had", "'d") for kid in tree.children(token, "aux"))


def _is_added(tree: Tree, token: Token) -> bool:
    """ "also shelled", "separately, gunmen attacked": beside what was told so far."""
    return token.pos == "VERB" and any(kid.lemma.lower() in ADDING for kid in tree.children(token, "advmod"))


def _is_sequenced(tree: Tree, token: Token) -> bool:
    """ "after the attack", "in response to the raid"."""
    up = tree.head(token)
    marks = {kid.lemma.lower() for kid in tree.children(token, "mark", "advmod", "amod")}
    return bool(marks & SEQUENCE) or (
        token.dep in ("pobj", "pcomp") and (up.lemma.lower() in SEQUENCE or tree.head(up).lemma.lower() in SEQUENCE)
    )


def _sources(telling: Telling, grounds: Grounds) -> list[str]:
    if telling.attribution is None:
        return []
    links = chain_of(grounds.attributions, telling.attribution.id)
    return [a.source.entity_id or str(a.source.spans[0].start) for a in links if a.source is not None]


def _own(tree: Tree, token: Token) -> list[Token]:
    """The words of the act's own phrase or arguments, without clauses of their own."""
    found, stack = [], [token]
    while stack:
        here = stack.pop()
        found.append(here)
        stack += [k for k in tree.children(here) if k.pos not in ("VERB", "AUX") and k.dep not in CLAUSES]
    return found


def _sentence(tree: Tree, number: int) -> tuple[Token, ...]:
    sentence = tree.reading.sentences[number]
    return tree.tokens[sentence.first : sentence.end]


def _names(tree: Tree, tokens: Iterable[Token]) -> list[str]:
    return [t.words.lower() for t in tokens if t.pos == "PROPN" and t.words[:1].isupper() and not tree.is_time(t) and len(t.words) > 2]


def _equated(tree: Tree, token: Token) -> list[int]:
    """ "the attack was the deadliest bombing", "a second blast, a car bomb"."""
    up = tree.head(token)
    found = [k.index for k in tree.children(token, "appos")]
    if up.lemma == "be" and token.dep in ("nsubj", "attr"):
        found += [k.index for k in tree.children(up, "attr", "nsubj") if k.index != token.index]
    return found
