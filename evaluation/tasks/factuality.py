"""factuality: a score between -3 and 3 for every marked predicate."""

from typing import Any

from purport.attribution import attribute
from purport.extract import document_of_text
from purport.model import AttributedReading
from purport.read import read
from purport.settings import Settings

#: For a target that the reader does not take for a predicate: the mean of the UDS-IH2 train half.
UNREAD = 0.75


def predict(record: dict[str, Any], *, settings: Settings) -> dict[str, Any]:
    """One value per target, by the mark whose token covers the target's first character."""
    text = " ".join(record["tokens"])
    attributed = attribute(read(document_of_text(text, id=record["id"]), settings=settings), settings=settings)
    scores = _scores_by_character(attributed)
    starts = _starts(record["tokens"])
    return {"id": record["id"], "values": [scores.get(starts[target["start_token"]], UNREAD) for target in record["targets"]]}


def _starts(tokens: list[str]) -> list[int]:
    """Offset of each token in the tokens joined by one space."""
    starts, position = [], 0
    for token in tokens:
        starts.append(position)
        position += len(token) + 1
    return starts


def _scores_by_character(attributed: AttributedReading) -> dict[int, float]:
    tokens = attributed.reading.tokens
    return {i: m.score for m in attributed.factualities for i in range(tokens[m.token].span.start, tokens[m.token].span.end)}
