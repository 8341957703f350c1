"""A predicate's factuality on the UDS scale of -3 (did not happen) to 3 (happened).

Mostly a sum of weights of named features (its value and what made it so, its grammar, the word that governs it), cut to the scale; the
weights are in ``resources/factuality/scores.yaml``, whose header says how they were fitted.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from purport.attribution.factuality_parse import Parse
from purport.attribution.factuality_state import State
from purport.model import Tags, Token
from purport.resources import yaml_of

#: Share of the plain score beside the fitted sum. UDS-IH2 dev r .718 at 0, .708 at .2, .683 at .4; other genres gain: CommitmentBank
#: dev .29, .42, .50; MEANTIME train .26, .30, .33.
RULES_SHARE = 0.2
#: Share of the encoder's number beside the rest. UDS-IH2 dev r .715 at 0, .812 at .5, .823 at .7 and 1; CommitmentBank dev .45, .52,
#: .51, .49.
ENCODER_SHARE = 0.7
_PLAIN_SCORES = {"CT+": 2.5, "PR+": 1.5, "PS+": 0.5, "CT-": -2.5, "PR-": -1.5, "PS-": -1.0, "Uu": -0.6}
_TIMES = (
    "tomorrow",
    "yesterday",
    "next",
    "last",
    "soon",
    "ago",
    "already",
    "now",
    "yet",
    "ever",
    "always",
    "just",
    "once",
    "today",
    "still",
)


@cache
def weights() -> dict[str, float]:
    """Weight of each feature; ``intercept`` is one of them."""
    return {str(name): float(weight) for name, weight in yaml_of("factuality/scores.yaml")["weights"].items()}


def score_of(token: Token, *, state: State, parse: Parse, tags: Tags | None = None) -> float:
    """The score of one predicate, between -3 and 3; with ``tags`` the encoder has its say."""
    table = weights()
    total = table["intercept"] + sum(table.get(name, 0.0) for name in set(features_of(token, state=state, parse=parse)))
    mixed = (1 - RULES_SHARE) * total + RULES_SHARE * _PLAIN_SCORES[state.value.value]
    bounded = max(-3.0, min(3.0, mixed))
    if tags is None:
        return round(bounded, 3)
    seen = max(-3.0, min(3.0, tags.number("factuality", token.span)))
    return round((1 - ENCODER_SHARE) * bounded + ENCODER_SHARE * seen, 3)


def features_of(token: Token, *, state: State, parse: Parse) -> Iterator[str]:
    """Names of all that speaks for or against a predicate's having happened; some names may come twice."""
    value = state.value.value
    beside = parse.beside(token)
    yield f"value {value}"
    yield from (f"reason {reason}" for reason in state.reasons)
    yield f"last {state.reasons[-1] if state.reasons else 'none'} {token.tag}"
    yield from (
        f"{value} tag {token.tag}",
        f"{value} dep {token.dep}",
        f"lemma {token.lemma.lower()}",
        f"tag {token.tag}",
        f"dep {token.dep}",
    )
    yield from _company(beside, value=value)
    yield from _governor(token, value=value, parse=parse)


def _company(beside: Sequence[Token], *, value: str) -> Iterator[str]:
    for child in beside:
        word = child.words.lower()
        if child.dep in ("aux", "auxpass", "neg", "mark", "expl"):
            yield f"{child.dep} {word}"
        elif child.dep in ("nsubj", "nsubjpass"):
            yield f"subject {word if child.pos == 'PRON' else child.pos}"
        elif word in _TIMES:
            yield f"time {word}"
        elif child.dep in ("advmod", "dobj", "advcl"):
            yield f"{value} with {child.dep}"
            yield f"with {child.dep} {word if child.dep == 'advmod' else child.tag}"


def _governor(token: Token, *, value: str, parse: Parse) -> Iterator[str]:
    governor = parse.tokens[token.head]
    if governor.index == token.index:
        yield "root"
        return
    yield f"under {governor.lemma.lower()} {token.dep}"
    yield f"under {governor.tag} {token.dep}"
    yield f"{value} under {parse.inner[governor.index].value.value} {token.dep}"
    for child in parse.beside(governor):
        if child.dep in ("aux", "mark") and token.dep in ("conj", "xcomp", "ccomp", "advcl"):
            yield f"under {child.words.lower()} {token.dep}"
