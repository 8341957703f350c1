"""Event coreference across pages: grouping, signs, linker and figures on invented pages."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation.ecbplus.groups import groups_of, joined
from evaluation.ecbplus.linker import Model, by_lemma, by_model, model, pairs_of, topics_of
from evaluation.ecbplus.mentions import Page, gold_of, page_of
from evaluation.ecbplus.signs import SIGNS
from evaluation.tasks.ecbplus import figures, measure

from purport.settings import Settings

Record = dict[str, Any]


def record(page: str, *sentences: str, events: dict[str, str], topic: str = "1") -> Record:
    """An invented page; ``events`` gives the gold cluster of a word."""
    tokens = [sentence.split() for sentence in sentences]
    mentions = [
        {"kind": "event", "sent": s, "tokens": [t], "text": word, "type": "ACT", "cluster": events[word], "singleton": False}
        for s, words in enumerate(tokens)
        for t, word in enumerate(words)
        if word in events
    ]
    entity = {"kind": "entity", "sent": 0, "tokens": [0], "text": "x", "type": "HUM", "cluster": "H", "singleton": True}
    return {
        "id": page,
        "topic": topic,
        "sentences": [{"sent": s, "tokens": t} for s, t in enumerate(tokens)],
        "mentions": [*mentions, entity],
    }


RECORDS = [
    record(
        "a",
        "Vendors shelled Gao on Friday .",
        "Mayor Amadou Keita condemned the shelling .",
        events={"shelled": "S", "shelling": "S", "condemned": "C"},
    ),
    record("b", "Gao was shelled on Friday , mayor Amadou Keita said .", events={"shelled": "S", "said": "X"}),
    record("c", "A ferry sank off Zamboanga in a storm .", events={"sank": "F"}, topic="2"),
    record("d", "The ferry that sank off Zamboanga carried rice .", events={"sank": "F", "carried": "R"}, topic="2"),
]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return [page_of(record, settings=Settings()) for record in RECORDS]


def test_mentions_carry_what_stands_around_them(pages: list[Page]) -> None:
    shelled = pages[0].mentions[0]
    assert (shelled.key, shelled.lemma, shelled.pos) == (("a", 0), "shell", "VERB")
    assert "gao" in shelled.arguments["object"]
    assert np.linalg.norm(shelled.vector) == pytest.approx(1, abs=1e-3)
    assert gold_of(RECORDS)["b", 1] == "X"


def test_pages_of_one_story_are_grouped(pages: list[Page]) -> None:
    groups = groups_of(pages, alike=0.1)
    assert groups["a"] == groups["b"] != groups["c"] == groups["d"]


def test_the_baselines_go_by_lemma(pages: list[Page]) -> None:
    labels = by_lemma(pages, groups=topics_of(pages))
    assert labels["a", 0] == labels["b", 0] != labels["a", 2]
    assert labels["c", 0] != labels["a", 0]


def test_the_linker_joins_what_its_model_holds_likely(pages: list[Page]) -> None:
    never, always = (Model((0.0,) * len(SIGNS), bias, 0.5) for bias in (-5.0, 5.0))
    assert len(set(by_model(pages, model=never).values())) == sum(len(p.mentions) for p in pages)
    assert len(set(by_model(pages, model=always).values())) == len(pairs_of(pages))


def test_signs_and_weights_are_one_list(pages: list[Page]) -> None:
    assert all(rows.shape[1] == len(SIGNS) for _, rows in pairs_of(pages).values())
    assert len(model().weights) == len(SIGNS) == len(set(SIGNS))


@pytest.mark.parametrize(("least", "expected"), [(0.8, [0, 0, 1]), (0.95, [0, 1, 2]), (0.1, [0, 0, 0])])
def test_average_linkage(least: float, expected: list[int]) -> None:
    alike = np.array([[1, 0.9, 0.2], [0.9, 1, 0.3], [0.2, 0.3, 1]])
    assert joined(alike, least=least) == expected


def test_gold_clusters_do_not_reach_the_linker(pages: list[Page]) -> None:
    hidden = json.loads(json.dumps(RECORDS))
    for page in hidden:
        for mention in page["mentions"]:
            mention["cluster"] = mention["type"] = "?"
    other = [page_of(page, settings=Settings()) for page in hidden]
    assert by_model(other, model=model()) == by_model(pages, model=model())


def test_figures_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(page) + "\n" for page in RECORDS), encoding="utf-8")
    found = measure(path, settings=Settings())
    assert set(found) == {"linker", "lemma_in_groups", "lemma_in_topic"}
    assert figures(gold_of(RECORDS), gold_of(RECORDS))["conll"] == 1
    assert all(0 <= value <= 1 for method in found.values() for value in method.values())
