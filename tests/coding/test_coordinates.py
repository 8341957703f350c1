"""Coordinates printed in the text."""

import pytest
from coded import reported

from purport.coding.coordinates import PAIR
from purport.model import Place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31.4502, 34.3929", True),
        ("at 34.7298°N, 36.7184°E", True),
        ("-1.2921, 36.8219", True),
        ("prices of 31.45, 34.39", False),
        ("1,234.567, 8", False),
        ("version 1.234.567, 8.901", False),
    ],
)
def test_pairs(text: str, found: bool) -> None:
    assert bool(PAIR.search(text)) is found


def test_the_point_is_a_claim_of_the_event_with_its_own_words() -> None:
    text = "Shelling killed two people in Homs on Monday.\n\nThe house stood at 34.7298, 36.7184, near the mosque."
    (event,) = [e for e in reported(text).events if e.type == "shelling"]
    (claim,) = [c for c in event.claims if isinstance(c.value, Place) and c.words == "34.7298, 36.7184"]
    assert isinstance(claim.value, Place)
    assert (claim.value.latitude, claim.value.longitude, claim.value.precision) == (34.7298, 36.7184, "exact")
    assert claim.spans[0].of(text) == claim.words


def test_south_and_west() -> None:
    text = "Shelling killed two people on Monday at 12.3456 S, 45.6789 W in the hills."
    points = [c.value for e in reported(text).events for c in e.claims if isinstance(c.value, Place) and c.value.latitude is not None]
    assert (-12.3456, -45.6789) in [(p.latitude, p.longitude) for p in points]
