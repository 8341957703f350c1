"""A predicate's factuality on the UDS scale of -3 (did not happen) to 3 (happened)."""

from collections.abc import Sequence

from purport.attribution.factuality_state import State
from purport.model import Token

_SCORES = {"CT+": 3.0, "PR+": 1.8, "PS+": 0.6, "CT-": -2.6, "PR-": -1.8, "PS-": -1.2, "Uu": -0.6}


def score_of(token: Token, *, state: State, children: Sequence[Token]) -> float:
    """Score of ``token`` from its value."""
    return _SCORES[state.value.value]
