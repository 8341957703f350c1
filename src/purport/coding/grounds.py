"""On whose word a stretch of text rests: the innermost attribution that holds it, and how that voice presents it."""

from collections.abc import Iterable

from purport.coding.ontology import ontology
from purport.coding.tree import Tree
from purport.model import AttributedReading, Attribution, Factuality, Span, Stance, Token, chain_of

#: Cues that say what kind of happening it was; the second ones only where another word for an act stands beside it.
DESCRIBING = frozenset({"describe"})
CALLING = frozenset({"call", "hail", "brand", "label", "denounce"})
#: Words that make a plural one of which nothing is known yet.
VAGUE_NUMBERS = frozenset({"several", "many", "numerous", "various", "some", "more"})
#: Characters of the text that share one list of attributions, so that a long page is not searched from end to end.
STRETCH = 1_000
QUOTES = frozenset("\"“”«»`‘'")


class Grounds:
    """Attributions of one reading by position."""

    def __init__(self, attributed: AttributedReading, *, tree: Tree) -> None:
        self.attributions = tuple(a for a in attributed.attributions if _is_evidence(a, tree))
        self._by_id = {a.id: a for a in attributed.attributions}
        self._marks = {m.token: m for m in attributed.factualities}
        sized = [(sum(len(s) for s in a.content), a) for a in self.attributions if a.content]
        self._near: dict[int, list[Attribution]] = {}
        for _, attribution in sorted(sized, key=lambda pair: (pair[0], pair[1].id)):
            for stretch in {n for s in attribution.content for n in range(s.start // STRETCH, s.end // STRETCH + 1)}:
                self._near.setdefault(stretch, []).append(attribution)

    def attribution(self, attribution_id: str | None) -> Attribution | None:
        return self._by_id.get(attribution_id) if attribution_id else None

    def holding(self, span: Span) -> list[Attribution]:
        """Attributions whose content holds ``span``, innermost first."""
        return [a for a in self._near.get(span.start // STRETCH, ()) if any(s.covers(span) for s in a.content)]

    def innermost(self, span: Span) -> Attribution | None:
        return next(iter(self.holding(span)), None)

    def beside(self, attribution: Attribution) -> list[Attribution]:
        """Other attributions of the very same content: "X and Y said" is two."""
        own = set(attribution.content)
        return [
            a
            for a in self.holding(attribution.content[0])
            if a is not attribution and set(a.content) == own and not self._is_kin(a, attribution)
        ]

    def _is_kin(self, a: Attribution, b: Attribution) -> bool:
        chain_a, chain_b = (chain_of(self.attributions, x.id) for x in (a, b))
        return a in chain_b or b in chain_a

    def presupposes(self, attribution: Attribution, token: Token, *, tree: Tree) -> bool:
        """True if the cue takes the happening of ``token`` for granted ("claimed responsibility for the attack")."""
        while token.dep == "relcl":
            token = tree.head(token)
        if token.pos not in ("NOUN", "PROPN") or not attribution.cue or _is_vague_plural(tree, token):
            return False
        content = next((s for s in attribution.content if s.covers(token.span)), None)
        if content is None or self._quoted(content, token, tree):
            return False
        if attribution.stance is Stance.DENIES and _is_deed_denied(tree, token):
            return True
        cues = self._cue_words(attribution, tree)
        known = ontology().presupposing_cues
        if not cues & known and not any(f"{a} {b}" in known for a in cues for b in cues):
            return False
        return not any(t.pos == "VERB" and content.covers(t.span) for t in tree.ancestors(token))

    def characterises(self, attribution: Attribution, tree: Tree) -> bool:
        """True if the source says what kind of happening it was ("described the rioting as the worst in years", "called it murder")."""
        cues = self._cue_words(attribution, tree)
        acts = [t for s in attribution.content for t in tree.inside(s) if t.pos == "NOUN" and t.lemma.lower() in ontology().nouns]
        return bool(cues & DESCRIBING) or (bool(cues & CALLING) and len(acts) > 1)

    def _cue_words(self, attribution: Attribution, tree: Tree) -> set[str]:
        return {t.lemma.lower() for s in attribution.cue for t in tree.inside(s)}

    def _quoted(self, content: Span, token: Token, tree: Tree) -> bool:
        text = tree.reading.document.text
        return any(c in QUOTES for c in text[max(0, content.start - 1) : token.span.start] if c != "'")

    def threats(self) -> list[Attribution]:
        """Attributions whose source threatens."""
        return [a for a in self.attributions if a.stance is Stance.THREATENS and a.source is not None]

    def threat_at(self, span: Span) -> Attribution | None:
        """The threat whose cue holds ``span``."""
        return next((a for a in self.threats() if any(s.covers(span) for s in a.cue)), None)

    def factuality(self, token: Token) -> Factuality:
        """How the innermost voice presents the predicate ``token``; certain where nothing says otherwise."""
        mark = self._marks.get(token.index)
        return mark.value if mark else Factuality.CERTAIN

    def cue_tokens(self, tokens: Iterable[Token]) -> frozenset[int]:
        """Indexes of the tokens inside cues."""
        starts = {i for a in self.attributions for s in a.cue for i in range(s.start, s.end)}
        return frozenset(t.index for t in tokens if t.span.start in starts)


def _is_evidence(attribution: Attribution, tree: Tree) -> bool:
    """Everything with a source, and hearsay; "was heard" or "there is a sign" without anybody is neither."""
    if attribution.source is not None or attribution.stance is not Stance.SAYS:
        return True
    return any(t.lemma.lower() in ("report", "reportedly") for s in attribution.cue for t in tree.inside(s))


def _is_vague_plural(tree: Tree, token: Token) -> bool:
    """ "claimed several attacks": nobody has told of them before."""
    return token.tag == "NNS" and any(t.lemma.lower() in VAGUE_NUMBERS for t in tree.children(token, "amod", "det", "nummod"))


def _is_deed_denied(tree: Tree, token: Token) -> bool:
    """ "denied ordering the massacre": the definite noun is taken for granted, the part in it denied."""
    definite = any(t.lemma.lower() in ("the", "this", "that") for t in tree.children(token, "det"))
    return definite and any(
        t.tag == "VBG" or t.lemma.lower() in ("involvement", "responsibility", "role", "part") for t in tree.ancestors(token)
    )
