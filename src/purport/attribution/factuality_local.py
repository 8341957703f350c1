"""What the words beside a predicate (negation, modals, hedges) do to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.attribution.factuality_lexicon import effects_of, words_of
from purport.attribution.factuality_state import State
from purport.model import Token

_NEGATABLE = ("nsubj", "nsubjpass", "dobj", "attr", "dative")
_ADVERBIAL = ("advmod", "npadvmod", "dep", "amod")
_DEFINITE = ("the", "this", "that", "these", "those")


@dataclass(frozen=True, slots=True)
class Company:
    """A predicate and the tokens that hang on it; ``tokens`` and ``children`` are the whole reading's."""

    token: Token
    beside: tuple[Token, ...]
    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]


def is_definite(beside: Sequence[Token]) -> bool:
    """True for a nominal that is taken as known: "the attack", "his killing", "this raid"."""
    return any(c.dep == "poss" or (c.dep == "det" and c.words.lower() in _DEFINITE) for c in beside)


def modify(token: Token, *, state: State, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> State:
    """``state`` changed by the negators, modals and hedges that hang on ``token``."""
    company = Company(token, tuple(tokens[i] for i in children[token.index]), tokens, children)
    for step in (_under_modal, _under_hedges, _under_negation, _under_negative_argument):
        state = step(company, state=state)
    return state


def _under_modal(company: Company, *, state: State) -> State:
    modal = next((c for c in company.beside if c.dep == "aux" and c.tag == "MD"), None)
    if modal is None or _is_habitual(modal, company=company) or _is_perceived(modal, company=company):
        return state
    word = modal.words.lower()
    settled, bare, negated = effects_of("modals").get(word, ("Uu", "Uu", "Uu"))
    if any(c.dep == "neg" for c in company.beside):
        return state.lowered(negated.replace("-", "+"), token=modal.index, reason=f"modal:{word}")
    perfect = _has_auxiliary("have", company=company)
    effect = settled if perfect or _is_state(company) else bare
    return state.lowered(effect, token=modal.index, reason=f"modal:{word}{'+have' if perfect else ''}")


def _is_habitual(modal: Token, *, company: Company) -> bool:
    """ "would often raid the villages" tells of the past."""
    if modal.words.lower() not in ("would", "'d", "’d", "could"):
        return False
    return any(c.dep == "advmod" and c.words.lower() in words_of("habituals") for c in company.beside)


def _is_perceived(modal: Token, *, company: Company) -> bool:
    """ "smoke could be seen" tells of what was seen."""
    negated = any(c.dep == "neg" for c in company.beside)
    return modal.words.lower() in ("could", "can") and not negated and company.token.lemma in words_of("perceptions")


def _is_state(company: Company) -> bool:
    """True for states and progressives, of which "may" says something about now and not about the future."""
    return company.token.lemma in words_of("statives") or (company.token.tag == "VBG" and _has_auxiliary("be", company=company))


def _has_auxiliary(lemma: str, *, company: Company) -> bool:
    return any(c.dep in ("aux", "auxpass") and c.lemma == lemma for c in company.beside)


def _under_hedges(company: Company, *, state: State) -> State:
    for child in company.beside:
        effect = _hedge(child, company=company)
        if effect is not None:
            state = state.lowered(effect, token=child.index, reason=f"hedge:{child.words.lower()}")
    return state


def _hedge(child: Token, *, company: Company) -> str | None:
    word = _written(child, tokens=company.tokens)
    if child.dep in _ADVERBIAL and child.pos in ("ADV", "ADJ") and (child.dep != "amod" or child.pos == "ADV"):
        adverb: str | None = effects_of("hedge_adverbs").get(word)
        if adverb is not None:
            return adverb
    if child.dep in ("amod", "compound", "nmod") and word in effects_of("hedge_adjectives") and not _hedges_actor(child, company=company):
        return str(effects_of("hedge_adjectives")[word])
    return None


def _written(token: Token, *, tokens: Sequence[Token]) -> str:
    """A word with what is joined to it by a hyphen: "so-called" is three tokens."""
    if token.index >= 2 and tokens[token.index - 1].words == "-":
        return f"{tokens[token.index - 2].words}-{token.words}".lower()
    return token.words.lower()


def _hedges_actor(hedge: Token, *, company: Company) -> bool:
    """True if an actor word stands between hedge and noun: "a suspected US drone strike" hedges who, not whether (codebook rule 11)."""
    if company.token.pos not in ("NOUN", "PROPN"):
        return True
    if hedge.words.lower() not in words_of("actor_hedges"):
        return False
    between = company.tokens[hedge.index + 1 : company.token.index]
    return any(t.entity in ("NORP", "ORG", "GPE", "PERSON") or t.lemma.lower() in words_of("actor_modifiers") for t in between)


def _under_negation(company: Company, *, state: State) -> State:
    for child in company.beside:
        if _negates(child) and child.index not in state.basis:
            state = state.negated(child.index)
    return state


def _negates(child: Token) -> bool:
    word = child.words.lower()
    if child.dep == "det":
        return word in words_of("negative_determiners")
    if child.dep == "neg":
        return True
    return child.dep in ("advmod", "preconj", "cc:preconj") and word in words_of("negators") and word != "no"


def _under_negative_argument(company: Company, *, state: State) -> State:
    negative = next(_negative_arguments(company), None)
    return state if negative is None else state.negated(negative)


def _negative_arguments(company: Company) -> Iterator[int]:
    """Tokens that negate a verb from inside its subject or object: "no one was killed", "killed nobody"."""
    if company.token.pos not in ("VERB", "AUX"):
        return
    for child in company.beside:
        if child.dep in _NEGATABLE and child.words.lower() in words_of("negative_subjects"):
            yield child.index
        elif child.dep in _NEGATABLE:
            yield from (i for i in company.children[child.index] if company.tokens[i].dep in ("det", "neg") and _negates(company.tokens[i]))
