"""The evaluation's factuality task: one value per target, whatever the reader takes for a predicate."""

from typing import Any

from evaluation.tasks.factuality import UNREAD, predict

from purport.settings import Settings

RECORD: dict[str, Any] = {
    "id": "invented-1",
    "tokens": ["Guards", "did", "n't", "shoot", "him", ",", "they", "ran", "."],
    "targets": [{"start_token": 3, "end_token": 4}, {"start_token": 7, "end_token": 8}, {"start_token": 5, "end_token": 6}],
}


def test_one_value_for_every_target() -> None:
    prediction = predict(RECORD, settings=Settings())
    shot, ran, comma = prediction["values"]
    assert prediction["id"] == "invented-1"
    assert shot < ran and comma == UNREAD
