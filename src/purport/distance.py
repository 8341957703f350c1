"""How far two points of the earth lie apart."""

import math
from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """Great-circle distance in kilometres, by the haversine formula; a point begins with latitude and longitude in degrees."""
    first, second = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(other[1] - one[1])
    chord = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
