"""The JSON form of a sketch."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from purport.incident import Sketch, TypeWord
from purport.model import PlaceCandidate, Quantity, Span, TimeExpression, Toponym

Json = dict[str, Any]


def sketch_to_json(sketch: Sketch) -> Json:
    """All fields by their names."""
    return asdict(sketch)


def sketch_from_json(record: Mapping[str, Any]) -> Sketch:
    """The sketch that :func:`sketch_to_json` wrote. Raises KeyError or TypeError for another record."""
    return Sketch(
        document_id=record["document_id"],
        language=record["language"],
        places=tuple(_toponym(place) for place in record["places"]),
        times=tuple(TimeExpression(**{**time, "span": Span(**time["span"])}) for time in record["times"]),
        quantities=tuple(Quantity(**{**number, "span": Span(**number["span"])}) for number in record["quantities"]),
        names=tuple(Span(**span) for span in record["names"]),
        type_words=tuple(TypeWord(Span(**word["span"]), word["type"]) for word in record["type_words"]),
    )


def _toponym(record: Mapping[str, Any]) -> Toponym:
    relation = record["relation"]
    own = {
        "span": Span(**record["span"]),
        "candidates": tuple(PlaceCandidate(**candidate) for candidate in record["candidates"]),
        "relation": Span(**relation) if relation else None,
    }
    return Toponym(**{**record, **own})
