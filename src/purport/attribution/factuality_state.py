"""What is known of one word on its way down the parse: how certain, which polarity, through which words."""

from dataclasses import dataclass, replace

from purport.model import Factuality

CERTAIN, PROBABLE, POSSIBLE, UNREALISED = 3, 2, 1, 0
#: More words than this explain nothing; the bound also keeps a pathological parse linear.
MAX_BASIS = 8

_LEVELS = {"CT": CERTAIN, "PR": PROBABLE, "PS": POSSIBLE, "Uu": UNREALISED}
_VALUES = {
    (CERTAIN, True): Factuality.CERTAIN,
    (PROBABLE, True): Factuality.PROBABLE,
    (POSSIBLE, True): Factuality.POSSIBLE,
    (CERTAIN, False): Factuality.NOT_CERTAIN,
    (PROBABLE, False): Factuality.NOT_PROBABLE,
    (POSSIBLE, False): Factuality.NOT_POSSIBLE,
}


@dataclass(frozen=True, slots=True)
class State:
    """Certainty (3 certain … 0 unrealised), polarity, the tokens that changed it and the names of those changes."""

    level: int = CERTAIN
    positive: bool = True
    basis: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def value(self) -> Factuality:
        return Factuality.UNDERSPECIFIED if self.level == UNREALISED else _VALUES[self.level, self.positive]

    def marked(self, token: int, reason: str) -> "State":
        """The same state with one more word and reason."""
        return replace(self, basis=(*self.basis, token)[-MAX_BASIS:], reasons=(*self.reasons, reason)[-MAX_BASIS:])

    def negated(self, token: int, reason: str = "negation") -> "State":
        return replace(self, positive=not self.positive).marked(token, reason)

    def lowered(self, effect: str, *, token: int, reason: str) -> "State":
        """This state under an operator of value ``effect``: never more certain than before, negative polarity flips."""
        positive = self.positive if effect.endswith(("+", "u")) else not self.positive
        return replace(self, level=min(self.level, _LEVELS[effect[:2]]), positive=positive).marked(token, reason)

    def embedded(self, effect: str, *, token: int, reason: str) -> "State":
        """The state of a complement whose governor stands in this state and has this effect (already chosen for its polarity)."""
        if effect == "F":
            return State().marked(token, reason)
        if effect == "S":
            return self.marked(token, reason)
        level = min(self.level, _LEVELS[effect[:2]])
        return replace(self, level=level, positive=effect.endswith(("+", "u"))).marked(token, reason)


PLAIN = State()
