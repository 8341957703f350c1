"""On whose word a stretch of text rests: the innermost attribution that holds it, and how that voice presents it."""

from collections.abc import Iterable

from purport.model import AttributedReading, Attribution, Factuality, FactualityMark, Span, Stance, Token

#: Cue stances that take a happening for granted when they govern a bare noun ("claimed responsibility for the attack", "condemned the strike").
PRESUPPOSING = frozenset({Stance.ADMITS, Stance.ACCUSES, Stance.DENIES})


class Grounds:
    """Attributions of one reading by position."""

    def __init__(self, attributed: AttributedReading) -> None:
        self.attributions = attributed.attributions
        self._by_id = {a.id: a for a in attributed.attributions}
        self._marks = {m.token: m for m in attributed.factualities}
        sized = [(sum(len(s) for s in a.content), a) for a in attributed.attributions if a.content]
        self._by_size = sorted(sized, key=lambda pair: (pair[0], pair[1].id))

    def attribution(self, attribution_id: str | None) -> Attribution | None:
        return self._by_id.get(attribution_id) if attribution_id else None

    def holding(self, span: Span) -> list[Attribution]:
        """Attributions whose content holds ``span``, innermost first."""
        return [a for _, a in self._by_size if any(s.covers(span) for s in a.content)]

    def innermost(self, span: Span) -> Attribution | None:
        return next(iter(self.holding(span)), None)

    def mark(self, token: Token) -> FactualityMark | None:
        return self._marks.get(token.index)

    def factuality(self, token: Token) -> Factuality:
        """How the innermost voice presents the predicate ``token``; certain where nothing says otherwise."""
        mark = self._marks.get(token.index)
        return mark.value if mark else Factuality.CERTAIN

    def cue_tokens(self, tokens: Iterable[Token]) -> frozenset[int]:
        """Indexes of the tokens inside cues."""
        spans = sorted({s for a in self.attributions for s in a.cue})
        return frozenset(t.index for t in tokens if any(s.covers(t.span) for s in spans if s.start <= t.span.start)) if spans else frozenset()
