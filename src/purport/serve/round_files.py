"""What comes out of a round: its answers as a table, its agreement as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator

from purport.decisions import Answer, Coding, Round
from purport.errors import StoreError
from purport.export import mask_words
from purport.export.claim_table import harmless
from purport.review.agreement import Alpha
from purport.review.answers import answer_words
from purport.review.fields import IS_EVENT, Field, codebook
from purport.review.round_agreement import FieldAgreement
from purport.review.rounds import said_of
from purport.status import quote_of
from purport.store import Store
from purport.withholding import Names

COLUMNS = (
    *("round", "event", "document", "field", "coder", "kind"),
    *("answer", "answer_words", "evidence", "note", "comment", "seconds", "made_at"),
)
SCHEMA = "purport-agreement/1"


def codings_csv(store: Store, round_: Round, *, mask_names: bool) -> str:
    """One row for each event, field and coder; ``kind`` is "coder" or "adjudicated". Cells that look like formulas are made harmless.

    ``mask_names``: without the names that are withheld on the pages, in answers, evidence and remarks.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    fields = (IS_EVENT, *codebook().chosen(round_.fields))
    for row in _rows(store, round_, fields=fields, mask_names=mask_names):
        writer.writerow([harmless(cell) for cell in row])
    return file.getvalue()


def _rows(store: Store, round_: Round, *, fields: tuple[Field, ...], mask_names: bool) -> Iterator[list[str | float]]:
    documents = {unit.event_id: unit.document_id for unit in store.rounds.units(round_.id)}
    texts, names = _Texts(store), Names(store)
    for coding in _latest(store.rounds.codings(round_.id)):
        document = documents[coding.event_id]
        for field in fields:
            answer = coding.answers.get(field.name) if coding.is_adjudication else said_of(field, coding)
            if answer is not None:
                cells = _cells(coding, field, answer=answer, text=texts.of(document))
                yield [round_.id, coding.event_id, document, *(_masked(cells, names.around(document)) if mask_names else cells)]


def _latest(codings: Iterable[Coding]) -> list[Coding]:
    """Of each coder the last coding of each event; every adjudication."""
    found: dict[tuple[str, ...], Coding] = {}
    for coding in codings:
        key = (coding.event_id, coding.coder, coding.id if coding.is_adjudication else "")
        found[key] = coding
    return sorted(found.values(), key=lambda coding: (coding.event_id, coding.is_adjudication))


def _cells(coding: Coding, field: Field, *, answer: Answer, text: str) -> list[str | float]:
    kind = "adjudicated" if coding.is_adjudication else "coder"
    said, words = answer.value or "", answer_words(field, answer.value)
    evidence = quote_of(text, answer.spans)
    return [field.name, coding.coder, kind, said, words, evidence, answer.note, coding.comment, round(coding.seconds, 1), coding.made_at]


def _masked(cells: list[str | float], names: frozenset[str]) -> list[str | float]:
    return [mask_words([cell], names)[0] if isinstance(cell, str) else cell for cell in cells]


class _Texts:
    """Texts of pages, each read once; empty for a page that is gone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def of(self, document_id: str) -> str:
        if document_id not in self._known:
            try:
                self._known[document_id] = self._store.report(document_id).document.text
            except StoreError:
                self._known[document_id] = ""
        return self._known[document_id]


def agreement_json(round_: Round, lines: Iterable[FieldAgreement]) -> dict[str, object]:
    """The table with how it was computed."""
    return {
        "schema": SCHEMA,
        "round": round_.id,
        "name": round_.name,
        "coders": list(round_.coders),
        "units": len(round_.units),
        "method": "Krippendorff's alpha (2011); 95 % percentile bootstrap over units, seed 2011",
        "fields": [_line(line) for line in lines],
    }


def _line(line: FieldAgreement) -> dict[str, object]:
    return {
        "field": line.field.name,
        "level": line.field.level.value,
        "alpha": _alpha(line.alpha),
        "given": _alpha(line.given) if line.given else None,
        "equal_pairs": line.equal,
        "pairs": line.pairs,
        "history": [{"codings": point.codings, "at": point.at, "alpha": point.value} for point in line.history],
        "confusions": [{"first": each.first, "second": each.second, "times": each.times} for each in line.confusions],
    }


def _alpha(alpha: Alpha) -> dict[str, object]:
    return {
        "value": alpha.value,
        "low": alpha.low,
        "high": alpha.high,
        "draws": alpha.draws,
        "units": alpha.units,
        "values": alpha.values,
        "why": alpha.why,
    }
