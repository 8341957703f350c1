"""Names that mean one speaker, across the pages of an incident."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from purport.incidents.origins_bodies import body_in
from purport.incidents.origins_names import folded, is_acronym, is_same, shortens
from purport.incidents.origins_resting import Resting
from purport.incidents.origins_speakers import Speaker
from purport.incidents.origins_standing import Sides

NAMED = frozenset({"organisation", "group", "agency", "outlet", "person"})
#: What "the monitor" or "the group" can stand for, by key.
CALLED = {"called:monitor": "monitor", "called:group": "rebel"}


def unified(restings: Sequence[Resting], *, sides: Sides) -> list[Resting]:
    """The restings, those on speakers that are one with one key; a speaker that is taken for another says why."""
    speakers = list({resting.speaker.key: resting.speaker for resting in restings}.values())
    merged = _Merged(speakers)
    for first, second in _pairs(speakers):
        if _are_one(first, second):
            merged.join(first.key, second.key)
    for called, side in CALLED.items():
        meant = _meant(side, speakers, sides=sides)
        if len({merged.of(speaker.key) for speaker in meant}) == 1:
            merged.join(meant[0].key, called)
    return [_renamed(resting, merged, speakers=speakers) for resting in restings]


def _meant(side: str, speakers: Sequence[Speaker], *, sides: Sides) -> list[Speaker]:
    """The named ones of a kind: monitors by name before others that watch or help, armed groups before others that are named as a side."""
    named = [speaker for speaker in speakers if speaker.kind in ("organisation", "group")]
    of_side = [speaker for speaker in named if speaker.side == side]
    if side == "monitor":
        return [speaker for speaker in of_side if (body := body_in(speaker.name)) and body.key == side] or of_side
    return of_side or [speaker for speaker in named if not speaker.side and folded(speaker.name) in sides.names]


def _renamed(resting: Resting, merged: "_Merged", *, speakers: Sequence[Speaker]) -> Resting:
    key = merged.of(resting.speaker.key)
    if key == resting.speaker.key or not resting.speaker.key.startswith("called:"):
        return replace(resting, speaker=replace(resting.speaker, key=key))
    full = next(speaker for speaker in speakers if speaker.key == key)
    note = f"“{resting.speaker.words}” is taken for {full.name}, the only one of its kind named"
    return replace(resting, speaker=replace(full, words=resting.speaker.words, note=note))


def _pairs(speakers: Sequence[Speaker]) -> Iterator[tuple[Speaker, Speaker]]:
    for number, first in enumerate(speakers):
        yield from ((first, second) for second in speakers[number + 1 :])


def _are_one(first: Speaker, second: Speaker) -> bool:
    if first.kind == second.kind == "captive" or _is_the_person(first, second) or _is_the_person(second, first):
        return True
    if _is_misread(first, second):
        return True
    if first.kind == second.kind == "body":
        return _is_one_body(first, second)
    if {first.kind, second.kind} == {"body", "organisation"}:
        return _is_body_by_name(first, second) or _is_body_by_name(second, first)
    if first.kind not in NAMED or second.kind not in NAMED:
        return False
    if first.code and second.code:
        return first.code == second.code
    if _families(first) != _families(second):
        return is_acronym(first.name, second.name) or is_acronym(second.name, first.name)
    return is_same(first.name, second.name) or shortens(first.name, second.name) or shortens(second.name, first.name)


def _is_misread(first: Speaker, second: Speaker) -> bool:
    """Whether an organisation of one page is taken for a person on another: the very same name of two words or more."""
    kinds = {first.kind, second.kind}
    return "person" in kinds and bool(kinds & {"organisation", "group"}) and " " in first.name and folded(first.name) == folded(second.name)


def _is_the_person(first: Speaker, second: Speaker) -> bool:
    """Whether a person of whom one page says nothing is one who speaks for somebody on another."""
    names = (first.name, second.person)
    return first.kind == "person" and bool(second.person) and (is_same(*names) or shortens(*names) or shortens(*names[::-1]))


def _is_body_by_name(first: Speaker, second: Speaker) -> bool:
    """Whether an organisation goes by the words of a body: the United Nations and its mission."""
    body = body_in(first.name) if first.kind == "organisation" else None
    return body is not None and second.key.split(":")[:2] == ["body", body.key]


def _families(speaker: Speaker) -> str:
    return {"agency": "press", "outlet": "press", "organisation": "body", "group": "body"}.get(speaker.kind, speaker.kind)


def _is_one_body(first: Speaker, second: Speaker) -> bool:
    """The police and the Iraqi police are one where no other country's police speak."""
    _, body, country = first.key.split(":")
    _, other, elsewhere = second.key.split(":")
    return body == other and (not country or not elsewhere or country == elsewhere)


class _Merged:
    """Sets of keys; a set goes by the key that was first in it."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self._first = {speaker.key: speaker.key for speaker in speakers}

    def of(self, key: str) -> str:
        while self._first[key] != key:
            key = self._first[key]
        return key

    def join(self, first: str, second: str) -> None:
        if second in self._first:
            self._first[self.of(second)] = self.of(first)
