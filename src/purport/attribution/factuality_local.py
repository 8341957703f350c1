"""What the words beside a predicate (negation, modals, hedges) do to it."""

from collections.abc import Iterator, Sequence

from purport.attribution.factuality_lexicon import effects_of, words_of
from purport.attribution.factuality_state import State
from purport.model import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_NEGATABLE = ("nsubj", "nsubjpass", "dobj", "attr", "dative")


def is_definite(children: Sequence[Token]) -> bool:
    """True for a nominal that is taken as known: "the attack", "his killing", "this raid"."""
    return any(c.dep == "poss" or (c.dep == "det" and c.words.lower() in ("the", "this", "that", "these", "those")) for c in children)


def modify(token: Token, *, state: State, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> State:
    """``state`` changed by the negators, modals and hedges that hang on ``token``."""
    beside = [tokens[i] for i in children[token.index]]
    for step in (_modals, _hedges, _negations):
        state = step(token, state=state, beside=beside)
    negative = next(_negative_arguments(token, beside=beside, tokens=tokens, children=children), None)
    return state if negative is None else state.negated(negative)


def _modals(token: Token, *, state: State, beside: Sequence[Token]) -> State:
    modal = next((c for c in beside if c.dep == "aux" and c.tag == "MD"), None)
    if modal is None:
        return state
    word = modal.words.lower()
    if word in ("would", "'d", "’d", "could") and any(c.dep == "advmod" and c.words.lower() in words_of("habituals") for c in beside):
        return state
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in beside)
    settled = (
        perfect or token.lemma in words_of("statives") or any(c.dep == "aux" and c.lemma == "be" for c in beside) and token.tag == "VBG"
    )
    epistemic, bare, negated = effects_of("modals").get(word, ("Uu", "Uu", "Uu"))
    if any(c.dep == "neg" for c in beside):
        return state.lowered(negated.replace("-", "+"), token=modal.index, reason=f"modal:{word}")
    suffix = "+have" if perfect else ""
    return state.lowered(epistemic if settled else bare, token=modal.index, reason=f"modal:{word}{suffix}")


def _hedges(token: Token, *, state: State, beside: Sequence[Token]) -> State:
    for child in beside:
        word = child.words.lower()
        if child.dep in ("advmod", "npadvmod", "dep", "amod") and child.pos in ("ADV", "ADJ") and word in effects_of("hedge_adverbs"):
            if child.dep != "amod" or child.pos == "ADV":
                state = state.lowered(effects_of("hedge_adverbs")[word], token=child.index, reason=f"hedge:{word}")
        if (
            child.dep in ("amod", "compound", "nmod")
            and word in effects_of("hedge_adjectives")
            and not _hedges_actor(child, beside=beside, noun=token)
        ):
            state = state.lowered(effects_of("hedge_adjectives")[word], token=child.index, reason=f"hedge:{word}")
    return state


def _hedges_actor(hedge: Token, *, beside: Sequence[Token], noun: Token) -> bool:
    """True if an actor word stands between hedge and noun: "a suspected US drone strike" hedges who, not whether (codebook rule 11)."""
    if noun.pos not in ("NOUN", "PROPN"):
        return True
    between = (c for c in beside if hedge.index < c.index < noun.index)
    return any(c.entity in ("NORP", "ORG", "GPE", "PERSON") or c.lemma.lower() in words_of("actor_modifiers") for c in between)


def _negations(token: Token, *, state: State, beside: Sequence[Token]) -> State:
    for child in beside:
        word = child.words.lower()
        if child.dep == "neg" or (child.dep in ("advmod", "preconj", "cc:preconj") and word in words_of("negators")):
            if word == "no" and child.dep == "advmod":
                continue
            state = state.negated(child.index)
        elif child.dep == "det" and word in words_of("negative_determiners"):
            state = state.negated(child.index)
    return state


def _negative_arguments(
    token: Token, *, beside: Sequence[Token], tokens: Sequence[Token], children: Sequence[Sequence[int]]
) -> Iterator[int]:
    """Tokens that negate a verb from inside its subject or object: "no one was killed", "killed nobody"."""
    if token.pos not in ("VERB", "AUX"):
        return
    for child in beside:
        if child.dep not in _NEGATABLE:
            continue
        if child.words.lower() in words_of("negative_subjects"):
            yield child.index
        yield from (i for i in children[child.index] if _is_negative_determiner(tokens[i]))


def _is_negative_determiner(token: Token) -> bool:
    return token.dep in ("det", "neg") and token.words.lower() in words_of("negative_determiners")
