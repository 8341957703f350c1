"""Who hangs on whom, on records made by hand."""

import pytest

from purport.attribution.nesting import Routes, nested
from purport.model import Attribution, Source, SourceKind, Span, Stance, chain_of

TEXT = "Times said Army said Rebels fled , Radio"
WORDS = {word: Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in ("Times", "Army", "Rebels", "Radio", "fled")}
SAID = [Span(6, 10), Span(16, 20)]


def attribution(name: str, *, source: str, cue: Span, start: int, end: int, stance: Stance = Stance.SAYS) -> Attribution:
    spans = (WORDS[source],)
    speaker = Source(spans, spans, None, SourceKind.UNKNOWN, named=True)
    return Attribution(name, speaker, (cue,), (Span(start, end),), stance)


OUTER = attribution("outer", source="Times", cue=SAID[0], start=11, end=32)
INNER = attribution("inner", source="Army", cue=SAID[1], start=21, end=32)
LINK = attribution("link", source="Radio", cue=SAID[1], start=11, end=32)
NONE = Routes({}, (), {})


def names(found: tuple[Attribution, ...], ident: str) -> list[str]:
    return [a.id for a in chain_of(found, ident)]


def test_the_content_that_holds_a_cue_is_its_parent() -> None:
    assert names(nested([OUTER, INNER], text=TEXT, routes=NONE), "inner") == ["outer", "inner"]


def test_a_link_stands_between_a_word_and_what_holds_it() -> None:
    routes = Routes({"inner": "link"}, {"link"}, {"link": "inner"})
    assert names(nested([OUTER, INNER, LINK], text=TEXT, routes=routes), "inner") == ["outer", "link", "inner"]


def test_one_source_is_one_link() -> None:
    same = attribution("same", source="Army", cue=SAID[0], start=11, end=32)
    assert names(nested([same, INNER], text=TEXT, routes=NONE), "inner") == ["inner"]


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.DOUBTS])
def test_who_denies_passes_nothing_on(stance: Stance) -> None:
    denial = attribution("denial", source="Times", cue=SAID[0], start=11, end=32, stance=stance)
    assert names(nested([denial, INNER], text=TEXT, routes=NONE), "inner") == ["inner"]
