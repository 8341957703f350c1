"""Gold pages → heads and annotated texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from purport.errors import InputError
from purport.train.gold import annotated, gold_of, heads_for, roles_in, types_in
from purport.train.heads import HEADS, head

TEXT = "A mine killed two boys near Sirte, police said. The army denied it. Rebels, it said, laid the mine."


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def event(**changes: Any) -> dict[str, Any]:
    plain = {"triggers": [at("mine"), at("killed")], "type": "bombing", "reality": "actual", "voice": "sources", "certainty": "certain",
             "disputed": False, "roles": [{"role": "target", "span": at("two boys"), "att": 0}],
             "counts": [{"kind": "killed", "span": at("two boys"), "low": 2, "high": 2, "who": "boys", "att": 0}],
             "attributions": [{"chain": [at("police")], "cue": at("said"), "stance": "says", "about": "event"}]}  # fmt: skip
    return plain | changes


def page(*events: dict[str, Any], id: str = "a") -> dict[str, Any]:
    return {"id": id, "text": TEXT, "events": list(events)}


# ------------------------------------------------------------------ heads
def test_types_and_roles_by_frequency() -> None:
    pages = [page(event(type="raid"), event()), page(event(), id="b")]
    assert types_in(pages) == ("bombing", "raid")
    assert roles_in(pages) == ("count", "target")


def test_known_names_leave_the_heads_as_they_are() -> None:
    assert heads_for([page(event())], known=HEADS, is_new=False) == HEADS


def test_a_codebook_of_ones_own_replaces_the_labels() -> None:
    own = event(type="land_grab", roles=[{"role": "evictee", "span": at("two boys"), "att": None}])
    heads = heads_for([page(own, event())], known=HEADS, is_new=False)
    assert head("trigger", heads=heads).labels == ("bombing", "land_grab")
    assert head("event", heads=heads).labels == ("count", "evictee", "target")
    assert head("entity", heads=heads) == head("entity")


def test_a_new_encoder_has_only_what_gold_teaches() -> None:
    heads = heads_for([page(event())], known=HEADS, is_new=True)
    assert [h.name for h in heads] == ["cue", "attribution", "trigger", "event"]
    assert head("attribution", heads=heads).labels == ("source", "cue")
    assert head("trigger", heads=heads).labels == ("bombing",)


def test_weights_without_a_head_that_gold_teaches() -> None:
    with pytest.raises(InputError, match="no head 'cue'"):
        heads_for([page(event())], known=[h for h in HEADS if h.name != "cue"], is_new=False)


# ------------------------------------------------------------------ targets
def test_triggers_are_asked_for_the_roles_of_their_event() -> None:
    found = annotated(page(event()), heads=HEADS, is_partial=True)
    assert {(TEXT[s:e], label) for s, e, label in found.marks["trigger"]} == {("mine", "bombing"), ("killed", "bombing")}
    assert len(found.asked["event"]) == 2
    for asked in found.asked["event"]:
        assert {label for _, _, label in asked.spans} == {"target", "count"}


def test_one_word_of_two_events_is_asked_once() -> None:
    two = [event(triggers=[at("killed")]), event(triggers=[at("killed")], type="killing", roles=[], counts=[])]
    found = annotated(page(*two), heads=HEADS, is_partial=True)
    assert {label for _, _, label in found.marks["trigger"]} == {"bombing", "killing"}
    assert [a.anchor for a in found.asked["event"]] == [tuple(at("killed"))]


CHAINS = [
    ([at("police")], at("said"), {"cue", "source"}, ["police"]),
    ([at("army"), at("police")], at("said"), {"cue", "source"}, ["police"]),
    ([], at("denied"), {"cue", "source"}, []),
    ([at("army")], at("said", 1), {"cue"}, []),  # the page has a pronoun, the gold what it stands for
]


@pytest.mark.parametrize(("chain", "cue", "labels", "sources"), CHAINS)
def test_sources_in_the_sentence_of_their_cue(chain: list[list[int]], cue: list[int], labels: set[str], sources: list[str]) -> None:
    one = event(attributions=[{"chain": chain, "cue": cue, "stance": "says", "about": "event"}])
    (asked,) = annotated(page(one), heads=HEADS, is_partial=True).asked["attribution"]
    assert asked.labels == labels
    assert [TEXT[s:e] for s, e, label in asked.spans if label == "source"] == sources
    assert (*cue, "cue") in asked.spans


def test_an_attribution_without_a_cue_teaches_nothing() -> None:
    one = event(attributions=[{"chain": [at("police")], "cue": None, "stance": "says", "about": "event"}])
    found = annotated(page(one), heads=HEADS, is_partial=False)
    assert found.asked["attribution"] == () and found.marks["cue"] == () and not found.partial


# ------------------------------------------------------------------ errors
BAD = [
    ("{", "no gold record"),
    ('{"id": "a", "text": "b"}', "lacks 'events'"),
    (json.dumps(page(event(triggers=[[5, 999]]))), "not a span"),
    (json.dumps(page(event(type=""))), "no name of a type"),
    (json.dumps(page(event(type=3))), "no name of a type"),
    (json.dumps(page(event(roles=[{"span": [0, 3]}]))), "no name of a type or role"),
    (json.dumps(page(event(attributions=[{"chain": [], "cue": [3, 3], "stance": "says"}]))), "the cue [3, 3] is not a span"),
    (json.dumps(page(event())), "stood in an earlier line"),
]


@pytest.mark.parametrize(("line", "said"), BAD)
def test_a_bad_line_is_named_and_the_rest_is_learnt(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(page(event()))}\n\n{line}\n{json.dumps(page(id='c'))}\n")
    gold = gold_of([path])
    assert [record["id"] for record in gold.records] == ["a", "c"]
    (failure,) = gold.failures
    assert failure.where == f"{path}, line 3" and said in failure.what and failure.remedy


def test_bytes_that_are_no_text_are_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps(page(event())).encode() + b"\n\xff\xfe\n")
    assert [f.where for f in gold_of([path]).failures] == [f"{path}, line 2"]


@pytest.mark.parametrize("content", ["", "\n", "{\n", json.dumps(page())])
def test_nothing_to_learn_from(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match="no event to learn from") as caught:
        gold_of([path])
    assert caught.value.where == str(path) and ("line 1" in caught.value.what) == (content == "{\n")


def test_several_files_have_a_digest_each(tmp_path: Path) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for number, path in enumerate(paths):
        path.write_text(json.dumps(page(event(), id=str(number))))
    gold = gold_of(paths)
    assert len(gold.records) == 2 and len(set(gold.digests.values())) == 2 and not gold.failures


def test_the_examples_are_gold() -> None:
    import purport.resources

    gold = gold_of([Path(str(purport.resources.__file__)).parent / "examples" / "gold.jsonl"])
    assert len(gold.records) == 6 and not gold.failures
    assert heads_for(gold.records, known=HEADS, is_new=False) == HEADS
