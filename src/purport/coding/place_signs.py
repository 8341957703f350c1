"""Signs that a place name in the sentence of an event is where it happened: how the parse joins the two, and what stands between."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.model import Reading, Sentence, Token, Toponym

#: Arcs that open a clause of their own: what lies beyond one belongs to another happening.
CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "xcomp", "csubj", "csubjpass", "parataxis", "pcomp"})
COARSE = ("country", "region", "province", "district", "near", "exact", "unknown")
AWAY = ("north", "south", "east", "west", "km", "kilo", "mile")
MAX_STEPS = 40
DAYS = frozenset(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "today", "yesterday", "overnight", "late", "early"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """A toponym with its head token and its place in the sentence."""

    toponym: Toponym
    head: Token
    first: int
    last: int


def named(reading: Reading, sentence: Sentence, *, adjectives: bool = False) -> tuple[Named, ...]:
    """The toponyms of a sentence with their tokens, in text order; adjectives of place left out unless asked for."""
    tokens = reading.tokens[sentence.first : sentence.end]
    found = []
    for toponym in _within(reading.toponyms, sentence):
        if adjectives or not toponym.adjective:
            inside = [t for t in tokens if t.span.overlaps(toponym.span)]
            if inside:
                found.append(Named(toponym, _head(inside), inside[0].index, inside[-1].index))
    return tuple(found)


def _within(toponyms: Sequence[Toponym], sentence: Sentence) -> Sequence[Toponym]:
    first = bisect_left(toponyms, sentence.span.start, key=lambda t: t.span.start)
    return toponyms[first : bisect_left(toponyms, sentence.span.end, key=lambda t: t.span.start)]


def _head(inside: Sequence[Token]) -> Token:
    first, last = inside[0].index, inside[-1].index
    return next((t for t in reversed(inside) if not first <= t.head <= last or t.head == t.index), inside[-1])


def path(tokens: Sequence[Token], token: Token) -> list[Token]:
    """``token`` and its heads up to the root."""
    found = [token]
    while token.head != token.index and len(found) < MAX_STEPS:
        token = tokens[token.head]
        found.append(token)
    return found


def signs(reading: Reading, place: Named, *, trigger: Token, others: Sequence[Named]) -> Iterator[str]:
    """The names of the signs that hold for this place and this trigger; their weights are in ``resources/places/event_place.yaml``."""
    yield "always"
    yield from _joined(reading.tokens, place, trigger=trigger)
    yield from _between(reading.tokens, place, trigger=trigger, others=others)
    yield from _what_it_is(reading, place, others=others)
    yield f"verb={trigger.lemma}"
    yield from _of_trigger(reading.tokens, trigger)
    yield from _rivals(reading.tokens, place, trigger=trigger, others=others)


def _of_trigger(tokens: Sequence[Token], trigger: Token) -> Iterator[str]:
    """How the happening itself is put: a wish or a plan is nowhere."""
    yield f"trigger={trigger.dep}:{trigger.tag}"
    sentence = trigger.sentence
    near = [t for t in tokens[max(0, trigger.index - 4) : trigger.index] if t.sentence == sentence and t.head == trigger.index]
    for word in near:
        if word.dep in ("aux", "neg", "mark"):
            yield f"aux={word.lemma}"
    if trigger.head != trigger.index:
        yield f"over={tokens[trigger.head].lemma if tokens[trigger.head].pos == 'VERB' else tokens[trigger.head].pos}"


def _rivals(tokens: Sequence[Token], place: Named, *, trigger: Token, others: Sequence[Named]) -> Iterator[str]:
    """Whether another place hangs closer to the trigger than this one."""
    yield f"places={min(len(others), 4)}"
    own = _steps(tokens, place.head, trigger)
    rivals = [_steps(tokens, o.head, trigger) for o in others if o is not place]
    yield f"own={own}:rival={min(rivals, default=9)}"


def _steps(tokens: Sequence[Token], token: Token, trigger: Token) -> int:
    """Arcs from a place up to the trigger, at most 5; 9 if the trigger is not above it."""
    for steps, above in enumerate(path(tokens, token)):
        if above.index == trigger.index:
            return min(steps, 5)
    return 9


def _joined(tokens: Sequence[Token], place: Named, *, trigger: Token) -> Iterator[str]:
    up, down = path(tokens, trigger), path(tokens, place.head)
    above = {t.index: n for n, t in enumerate(up)}
    steps = next((n for n, t in enumerate(down) if t.index in above), None)
    preposition = next(
        (t.lemma for t in down if t.pos in ("ADP", "SCONJ") and t.index != trigger.index and t.dep in ("prep", "agent", "mark", "prt")),
        "none",
    )
    preposition = preposition if _before_verb(down, preposition) else "none"
    yield f"dep={place.head.dep}"
    yield f"prep={preposition}"
    if steps is None:
        yield "meet=none"
        return
    rise = above[down[steps].index]
    crossed_up = sum(t.dep in CLAUSES or (t.dep == "conj" and t.pos in ("VERB", "AUX")) for t in up[:rise])
    crossed_down = sum(t.dep in CLAUSES or (t.dep == "conj" and t.pos in ("VERB", "AUX")) for t in down[:steps])
    meet = "at" if rise == 0 else "above"
    yield f"meet={meet}:{min(crossed_up, 2)}:{min(crossed_down, 2)}"
    arm = down[steps - 1].dep if steps else "self"
    yield f"arm={meet}:{arm}"
    yield f"arm={meet}:{arm}:{preposition}:{min(crossed_up + crossed_down, 2)}"
    if rise:
        yield f"up={up[rise - 1].dep}:{min(crossed_down, 1)}"
    yield f"steps={min(steps, 6)}"


def _before_verb(down: Sequence[Token], preposition: str) -> bool:
    for token in down:
        if token.lemma == preposition:
            return True
        if token.pos in ("VERB", "AUX"):
            return False
    return False


def _between(tokens: Sequence[Token], place: Named, *, trigger: Token, others: Sequence[Named]) -> Iterator[str]:
    after = place.first > trigger.index
    side = "after" if after else "before"
    low, high = (trigger.index + 1, place.first) if after else (place.last + 1, trigger.index)
    gap = tokens[low:high]
    yield f"{side}:far={_binned(len(gap))}"
    yield f"{side}:verbs={min(sum(t.pos == 'VERB' for t in gap), 2)}"
    nearer = sum(1 for o in others if o is not place and low <= o.first < high)
    yield f"{side}:nearer={min(nearer, 2)}"
    farther = sum(1 for o in others if o is not place and ((o.first > place.last) if after else (o.last < place.first)))
    yield f"{side}:farther={min(farther, 2)}"
    if not any((o.first > trigger.index) == after for o in others if o is not place) and not after:
        yield "others:after" if len(others) > 1 else "alone:before"
    if any(t.words in (";", ":") for t in gap):
        yield f"{side}:semicolon"
    if any(t.words in ('"', "“", "”") for t in gap):
        yield f"{side}:quote"


def _binned(distance: int) -> str:
    return next((str(limit) for limit in (1, 3, 5, 8, 12, 18, 28) if distance <= limit), "more")


def _what_it_is(reading: Reading, place: Named, *, others: Sequence[Named]) -> Iterator[str]:
    toponym, tokens = place.toponym, reading.tokens
    yield f"kind={toponym.precision}"
    yield f"literal={toponym.literal}"
    if toponym.relation is not None:
        words = toponym.relation.of(reading.document.text).lower()
        yield (
            "relation=away"
            if any(w in words for w in AWAY) and words.endswith(("of", "from"))
            else f"relation={words.split()[-1] if words.split() else ''}"
        )
    before, after = _at(tokens, place.first - 1, place), _at(tokens, place.last + 1, place)
    yield f"word_after={after.lemma if after is not None and after.pos != 'PROPN' else ''}"
    yield f"word_before={before.lemma if before is not None and before.pos in ('ADP', 'DET', 'PUNCT', 'NOUN', 'ADJ', 'CCONJ') else ''}"
    if after is not None and after.words in DAYS:
        yield "word_after=DAY"
    noun = _kind_noun(tokens, place)
    if noun:
        yield f"called={noun}"
    if place.head.dep in ("compound", "nmod", "amod", "poss", "appos"):
        yield f"modifies={tokens[place.head.head].lemma}"
    finer = [o for o in others if o is not place and COARSE.index(o.toponym.precision) > COARSE.index(toponym.precision)]
    yield f"coarser={bool(finer)}"
    if holds_previous(reading, place, others=others):
        yield "holds"
    if after is not None and after.tag == "POS":
        yield f"possessive:{tokens[place.head.head].lemma if place.head.dep == 'poss' else ''}"


def _kind_noun(tokens: Sequence[Token], place: Named) -> str:
    """The noun before "of" ("the town of X") or right before or after the name ("X district")."""
    before, second = _at(tokens, place.first - 1, place), _at(tokens, place.first - 2, place)
    if before is not None and before.words == "of" and second is not None and second.pos == "NOUN":
        return f"{second.lemma} of"
    after = _at(tokens, place.last + 1, place)
    return after.lemma if after is not None and after.pos == "NOUN" and after.head == place.head.head else ""


def _at(tokens: Sequence[Token], index: int, place: Named) -> Token | None:
    return tokens[index] if 0 <= index < len(tokens) and tokens[index].sentence == place.head.sentence else None


def holds_previous(reading: Reading, place: Named, *, others: Sequence[Named]) -> bool:
    """Whether it only says where the place before it lies: "Peshawar, Pakistan", "Sirmeen in Idlib province"."""
    for other in others:
        gap = reading.document.text[other.toponym.span.end : place.toponym.span.start]
        if other.last < place.first and len(gap) < 45 and (gap.strip() == "," or _IN.search(gap)):
            return True
    return False


class _In:
    """ ", in", " in northern", " district of", " town in" between two names."""

    def search(self, gap: str) -> bool:
        words = gap.replace(",", " ").split()
        return (
            bool(words)
            and len(words) <= 5
            and any(w in ("in", "of") for w in words)
            and not any(w in ("and", "to", "from", "by") for w in words)
        )


_IN = _In()
