import pytest

from purport.incidents.toll_figures import figures_of, has, is_of_combatants
from purport.incidents.toll_range import range_of
from purport.model import Claim, Count, Event, Factuality, Role, Span


def event_of(text: str, *counted: tuple[str, int | None, int | None]) -> Event:
    """An event with one claim of killed for each phrase."""
    claims = []
    for number, (words, low, high) in enumerate(counted):
        start = text.index(words)
        spans = (Span(start, start + len(words)),)
        claims.append(Claim(f"clm-{number}", "evt-1", Role.COUNT, Count("killed", low, high), words, spans, None, Factuality.CERTAIN))
    return Event("evt-1", "doc-1", "killing", (Span(0, 1),), tuple(claims))


@pytest.mark.parametrize(
    ("text", "counted", "wholes"),
    [
        ("Six people, including two boys, died.", [("Six people", 6, 6), ("two boys", 2, 2)], [(6, 6)]),
        ("A man and his two sons died.", [("A man", 1, 1), ("two sons", 2, 2)], [(3, 3)]),
        ("Seven people, Amal, her husband and their five sons, died.", [("Seven people", 7, 7), ("five sons", 5, 5)], [(7, 7), (5, 5)]),
        (
            "Two boys died. Six people, among them a girl, died.",
            [("Two boys", 2, 2), ("Six people", 6, 6), ("a girl", 1, 1)],
            [(2, 2), (6, 6)],
        ),
        ("At least two women and three men died.", [("At least two women", 2, None), ("three men", 3, 3)], [(5, None)]),
    ],
)
def test_parts_are_left_out_and_additions_added(text: str, counted: list[tuple[str, int, int]], wholes: list[tuple[int, int]]) -> None:
    found = figures_of([event_of(text, *counted)], kind="killed", text=text)
    assert [(f.low, f.high) for f in found] == wholes


def test_figures_without_the_text_of_the_page() -> None:
    text = "Six people died."
    assert [f.low for f in figures_of([event_of(text, ("Six people", 6, 6))], kind="killed", text="")] == [6]


@pytest.mark.parametrize(
    ("words", "yes"),
    [("three soldiers", True), ("two members of the army", True), ("six people", False), ("two civilian guards of the army", False)],
)
def test_combatants(words: str, yes: bool) -> None:
    assert is_of_combatants(words) is yes


def test_a_figure_of_many_events_does_not_lead() -> None:
    text = "Since March strikes killed 40 people. On Friday two people died."
    found = range_of(figures_of([event_of(text, ("40 people", 40, 40), ("two people", 2, 2))], kind="killed", text=text))
    assert found is not None
    assert (found.low, found.high) == (2, 2)


def test_words_of_the_lists() -> None:
    assert has("said initially that", "superseded")
    assert not has("initiated", "superseded")
