"""The table of agreement of a round, remembered until the next answer comes in: 500 events and 7 fields take 3 s."""

from functools import lru_cache

from purport.decisions import Coding, Round
from purport.review.fields import codebook
from purport.review.round_agreement import FieldAgreement, round_agreement
from purport.store import Store


def agreement_of(store: Store, round_: Round) -> tuple[FieldAgreement, ...]:
    """The table as it stands now."""
    codings = tuple(coding for coding in store.rounds.codings(round_.id) if not coding.is_adjudication)
    return _remembered(_Known(round_, codings))


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
