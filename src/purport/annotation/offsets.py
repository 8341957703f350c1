"""Offsets in UTF-16 units, as programs in JavaScript and Java count, and code points, as the records do."""

from bisect import bisect_left

from purport.errors import InputError


class Offsets:
    """Both ways for one text. Only characters beyond U+FFFF count twice in UTF-16; their places are all that is kept."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]
        self._wide_units = [place + number for number, place in enumerate(self._wide)]
        self._length = len(text)

    def units(self, point: int) -> int:
        """UTF-16 units before a code point."""
        return point + bisect_left(self._wide, point)

    def point(self, units: int, *, where: str) -> int:
        """Code points before a place in UTF-16 units. Raises InputError inside a surrogate pair or outside the text."""
        before = bisect_left(self._wide_units, units)
        point = units - before
        if self.units(point) != units or not 0 <= point <= self._length:
            raise InputError(f"offset {units} is no place in the text", where=where, remedy="export the annotations again with their text")
        return point
