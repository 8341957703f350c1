"""The table of agreement of a round, remembered until the next answer comes in: 500 events and 7 fields take 3 s."""

from dataclasses import replace
from functools import lru_cache

from purport.decisions import Coding, Round
from purport.export import mask_words
from purport.review.fields import codebook
from purport.review.round_agreement import Confusion, FieldAgreement, round_agreement
from purport.store import Store
from purport.withholding import names_around


def agreement_of(store: Store, round_: Round) -> tuple[FieldAgreement, ...]:
    """The table as it stands now."""
    codings = tuple(coding for coding in store.rounds.codings(round_.id) if not coding.is_adjudication)
    return _remembered(_Known(round_, codings))


def shown_agreement(store: Store, round_: Round, *, masked: bool) -> tuple[FieldAgreement, ...]:
    """The table as it may be shown: where names are withheld, what was confused comes without the names of any page of the round."""
    lines = agreement_of(store, round_)
    if not masked:
        return lines
    names = names_around(store, *{unit.document_id for unit in store.rounds.units(round_.id)})
    return tuple(replace(line, confusions=tuple(_without(each, names) for each in line.confusions)) for line in lines)


def _without(confusion: Confusion, names: frozenset[str]) -> Confusion:
    first, second = mask_words([confusion.first, confusion.second], names)
    return replace(confusion, first=first, second=second)


class _Known:
    """Round and codings, told apart by the round and its last coding alone: codings are never changed."""

    def __init__(self, round_: Round, codings: tuple[Coding, ...]) -> None:
        self.round = round_
        self.codings = codings
        self._key = (round_.id, round_.units, len(codings), codings[-1].id if codings else "")

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self._key == other._key


@lru_cache(maxsize=64)
def _remembered(known: _Known) -> tuple[FieldAgreement, ...]:
    return round_agreement(known.round, known.codings, fields=codebook().chosen(known.round.fields))
