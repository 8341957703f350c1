"""The product's own scorer: its arithmetic, and the same figures as the independent one beside the checkout."""

import json
import random
import runpy
from pathlib import Path
from typing import Any

import pytest

from purport.assignment import assigned
from purport.scoring import Figure, is_same_mention, normal, score, trigger_likeness

SHARED = Path(__file__).parents[2] / "shared"
TEXT = "A car bomb killed 12 people in Aleppo, the governor said. Rebels denied the bombing, CNN reported. Ten were hurt."
needs_shared = pytest.mark.skipif(not (SHARED / "scorers" / "score.py").is_file(), reason="../shared/scorers is not beside this checkout")

THEIR_KEYS = ("p", "r", "f", "tp", "pred", "gold")
Json = dict[str, Any]


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def event(**changes: object) -> Json:
    made: Json = {
        "triggers": [span("car bomb")],
        "type": "bombing",
        "reality": "actual",
        "voice": "sources",
        "certainty": "certain",
        "disputed": False,
        "roles": [{"role": "place", "span": span("Aleppo"), "att": 0, "name": "Aleppo", "country": "SY"}],
        "counts": [{"kind": "killed", "span": span("12 people"), "low": 12, "high": 12, "who": None, "att": 0}],
        "attributions": [{"chain": [span("the governor")], "cue": span("said"), "stance": "says", "about": "event"}],
    }
    return made | changes


def page(*events: Json) -> Json:
    return {"id": "a", "text": TEXT, "events": list(events)}


FACT: Json = {"voice": "outlet", "attributions": [], "roles": [], "counts": []}
NESTED = [{"chain": [span("CNN"), span("Rebels")], "cue": span("denied"), "stance": "denies", "about": "event"}]
FLAT = [{"chain": [span("Rebels")], "cue": span("denied"), "stance": "denies", "about": "event"}]

CASES: list[tuple[str, list[Json], list[Json], dict[str, tuple[int, int, int]]]] = [
    ("the same", [event()], [event()], {"event": (1, 1, 1), "count_attributed": (1, 1, 1), "place_country": (1, 1, 1), "chain": (1, 1, 1)}),
    ("another type", [event()], [event(type="shelling")], {"event": (1, 1, 1), "event_typed": (0, 1, 1)}),
    ("another trigger", [event()], [event(triggers=[span("hurt")])], {"event": (0, 1, 1), "source": (0, 1, 1), "place": (0, 1, 1)}),
    ("nothing read", [event()], [], {"event": (0, 0, 1), "count": (0, 0, 1)}),
    ("nothing coded", [], [event()], {"event": (0, 1, 0), "source": (0, 1, 0)}),
    ("another count", [event()], [event(counts=[{"kind": "killed", "low": 11, "high": 11, "att": 0}])], {"count": (0, 1, 1)}),
    (
        "on another's word",
        [event()],
        [event(attributions=FLAT)],
        {"count": (1, 1, 1), "count_attributed": (0, 1, 1), "role_attributed": (0, 1, 1), "source": (0, 1, 1)},
    ),
    (
        "a link is missing",
        [event(attributions=NESTED)],
        [event(attributions=FLAT)],
        {"source": (1, 1, 1), "source_with_stance": (1, 1, 1), "chain": (0, 1, 1), "nested_chain": (0, 0, 1)},
    ),
    ("a whole nested chain", [event(attributions=NESTED)], [event(attributions=NESTED)], {"nested_chain": (1, 1, 1)}),
]


@pytest.mark.parametrize(("gold", "read", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_figures(gold: list[Json], read: list[Json], expected: dict[str, tuple[int, int, int]]) -> None:
    figures = score([page(*gold)], [page(*read)]).figures
    assert {name: figures[name] for name in expected} == {name: Figure(*counts) for name, counts in expected.items()}


def test_talk_told_as_fact_and_the_other_ways_round() -> None:
    talk, fact = event(), event(**FACT)
    assert score([page(talk)], [page(fact)]).shares["told_as_fact"] == 1.0
    assert score([page(fact)], [page(talk)]).shares["fact_as_talk"] == 1.0
    assert score([page()], [page(fact)]).shares["invented_facts"] == 1.0
    nothing = score([page()], [page()]).shares
    assert (nothing["told_as_fact"], nothing["fact_as_talk"], nothing["invented_facts"]) == (None, None, None)


def test_precision_recall_f() -> None:
    figure = Figure(3, 4, 6)
    assert (figure.precision, figure.recall, figure.f) == (0.75, 0.5, 0.6)
    assert (Figure().precision, Figure().recall, Figure().f) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the governor", "governor", True),
        ("car bomb", "bomb", True),
        ("A car bomb killed 12 people in Aleppo", "bomb", False),
        ("Rebels", "CNN", False),
        ("12 people", "people in Aleppo", False),
    ],
)
def test_mentions_that_are_one(a: str, b: str, same: bool) -> None:
    assert is_same_mention(span(a), span(b), text=TEXT) is same


def test_words_are_compared_without_articles_and_marks() -> None:
    assert normal("The “Islamic State’s”  a b") == "islamic state s b"


def test_a_long_trigger_must_share_half_of_the_union() -> None:
    short, long = {"triggers": [span("bomb")]}, {"triggers": [[0, 45]]}
    assert trigger_likeness(short, long) == 0.0
    assert trigger_likeness(long, short) > 0.0


def test_the_best_pairing_is_found() -> None:
    weights = [[1.0, 2.0, 0.0], [2.0, 3.9, 0.0]]
    assert sorted(assigned(2, 3, weight=lambda i, j: weights[i][j])) == [(0, 0), (1, 1)]
    assert assigned(0, 3, weight=lambda i, j: 1.0) == []
    assert assigned(2, 2, weight=lambda i, j: 0.0) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_best_pairing_against_trying_all(seed: int) -> None:
    from itertools import permutations

    chance = random.Random(seed)
    rows, columns = chance.randint(1, 5), chance.randint(5, 6)
    weights = [[chance.choice([0.0, chance.random()]) for _ in range(columns)] for _ in range(rows)]
    best = max(sum(weights[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(columns), rows))
    assert sum(weights[i][j] for i, j in assigned(rows, columns, weight=lambda i, j: weights[i][j])) == pytest.approx(best)


# ------------------------------------------------------------------ beside the independent scorer
def blurred(record: Json, chance: random.Random) -> Json:
    """A reading as wrong as readings are: events and links left out, spans moved, types and manners changed."""

    def moved(pair: list[int]) -> list[int]:
        shift = chance.choice([0, 0, 0, 3, 40])
        return [pair[0] + shift, pair[1] + shift + chance.choice([0, 0, 2])]

    events = [json.loads(json.dumps(event)) for event in record["events"] if chance.random() > 0.2]
    for made in events:
        made["triggers"] = [moved(pair) for pair in made["triggers"]]
        made["type"] = chance.choice([made["type"], "killing"])
        made["voice"] = chance.choice([made["voice"], "outlet"])
        made["certainty"] = chance.choice([made["certainty"], "certain"])
        made["disputed"] = chance.random() > 0.7
        for role in made["roles"]:
            role["span"], role["att"] = moved(role["span"]), chance.choice([role["att"], None])
        for link in made["attributions"]:
            link["chain"] = [moved(pair) for pair in link["chain"][chance.choice([0, 0, 1]) :]]
            link["stance"] = chance.choice([link["stance"], "says"])
        made["counts"] = made["counts"] + made["counts"][:1]
    return {"id": record["id"], "events": events}


@needs_shared
@pytest.mark.parametrize("name", ["wikinews", "syria_dev"])
def test_the_same_figures_as_the_independent_scorer(name: str) -> None:
    theirs = runpy.run_path(str(SHARED / "scorers" / "score.py"))["attributed_events"]
    gold = [json.loads(line) for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    read = [blurred(record, random.Random(record["id"])) for record in gold[1:]]
    expected, scores = theirs(gold, read), score(gold, read)
    for figure, ours in scores.figures.items():
        rounded = [round(value, 4) for value in (ours.precision, ours.recall, ours.f)]
        assert [figure, *rounded, ours.hits, ours.read, ours.gold] == [
            figure,
            *(expected[figure][k] for k in ("p", "r", "f", "tp", "pred", "gold")),
        ]
    assert {k: None if v is None else round(v, 4) for k, v in scores.shares.items()} == {k: expected[k] for k in scores.shares}
    assert 0.3 < scores.figures["event"].f < 0.95
