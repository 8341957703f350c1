"""The JSON form: round trips, and what stands in it for a reader who has nothing else."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from invented_reports import bomb_page, plain_page
from purport.errors import InputError
from purport.model import Count, EntityKind, EventType, Place, Report, Thing, Time, Value
from purport.resources import text_of
from purport.wire import SCHEMA, canonical, line_of, report_from_json, report_to_json, value_from_json, value_to_json

PAGES = {
    "several chains": bomb_page(),
    "nothing but a document": plain_page(1, text="The mayor opened a bridge."),
    "right to left and combining": plain_page(2, text="انفجرت سيارة bomb في حلب e\u0301", outlet=None, published=None, published_from=None),
    "beyond the first plane": plain_page(3, text="😀😀 A bomb 𝔸 went off."),
    "not read": plain_page(4, text="Une explosion.", language="fr", unread="language: fr"),
}


@pytest.fixture(params=PAGES, ids=list(PAGES))
def report(request: pytest.FixtureRequest) -> Report:
    return PAGES[request.param][1]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(text_of("schema/report.schema.json"))


def test_round_trip_is_exact(report: Report) -> None:
    assert report_from_json(report_to_json(report)) == report
    assert report_from_json(json.loads(line_of(report))) == report
    assert "\n" not in line_of(report)


def test_outputs_follow_the_published_schema(report: Report, schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(line_of(report)), schema, cls=jsonschema.Draft202012Validator)


def test_published_schema_has_the_version_that_is_written(schema: Any) -> None:
    assert schema["properties"]["schema"]["const"] == SCHEMA == report_to_json(bomb_page()[1])["schema"]


@pytest.mark.parametrize("broken", [{"role": "author"}, {"spans": []}, {"extra": 1}, {"value": {"type": "place"}}, {"factuality": "yes"}])
def test_published_schema_refuses(broken: dict[str, Any], schema: Any) -> None:
    record = report_to_json(bomb_page()[1])
    record["events"][0]["claims"][0] |= broken
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema)


def test_every_claim_carries_words_spans_and_whole_chain() -> None:
    record = report_to_json(bomb_page()[1])
    claim = next(c for c in record["events"][0]["claims"] if c["role"] == "perpetrator")
    text = record["document"]["text"]
    assert [text[s["start"] : s["end"]] for s in claim["spans"]] == [claim["words"]] == ["The Islamic State"]
    assert [(link["words"], link["kind"], link["named"], link["party"], link["cue"], link["stance"]) for link in claim["chain"]] == [
        ("the Tidewater Agency", "agency", True, False, "carried by", "says"),
        ("The Islamic State", "armed_group", True, True, "claimed", "admits"),
    ]
    assert claim["value"] == {"type": "thing", "name": "Islamic State", "kind": "armed_group", "entity_id": "ent-1", "actor_code": "IS"}


def test_events_say_their_status() -> None:
    events = report_to_json(bomb_page()[1])["events"]
    assert [event["status"]["code"] for event in events] == ["claimed", "unrealised"]


def test_derived_fields_are_not_believed() -> None:
    record = report_to_json(bomb_page()[1])
    record["events"][0]["status"] = {"code": "fact", "words": "forged"}
    record["events"][0]["claims"][0]["chain"] = []
    assert report_from_json(record) == bomb_page()[1]


@pytest.mark.parametrize(
    "value",
    [
        Thing("a convoy", EntityKind.VEHICLE),
        Place("Goma", "CD", None, 216281, -1.67409, 29.22845, "exact"),
        Place("somewhere"),
        Time("2015-W09", None),
        Count("killed", None, 3, "children"),
        EventType("air_strike"),
    ],
)
def test_values_keep_their_type(value: Value) -> None:
    assert value_from_json(value_to_json(value)) == value


def broken_records() -> dict[str, Any]:
    good = report_to_json(bomb_page()[1])
    return {
        "newer schema": good | {"schema": "purport.report/2"},
        "no schema": {"document": {}},
        "no document": {key: value for key, value in good.items() if key != "document"},
        "events of another kind": good | {"events": 3},
        "not a mapping": [],
    }


@pytest.mark.parametrize("case", broken_records())
def test_broken_records_are_refused(case: str) -> None:
    with pytest.raises(InputError, match=r"purport\.report/1"):
        report_from_json(broken_records()[case])


def test_lone_surrogates_do_not_break_a_line() -> None:
    _, report = plain_page(1, text="A bomb \ud800 went off.")
    line = line_of(report)
    assert line.encode("utf-8")
    assert report_from_json(json.loads(line)) == report


def test_canonical_form_is_one_for_one_value() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == b'{"a":"\\u00e9","b":1}'


def test_reader_name_is_kept() -> None:
    report = replace(bomb_page()[1], reader="rules 9")
    assert report_from_json(report_to_json(report)).reader == "rules 9"
