"""An incident as lists of cells: its own row and those of its claims, for the formats that are tables by column."""

from dataclasses import dataclass

from purport.export.case import Case, columns_of
from purport.export.claim_table import Cell, claim_columns, claim_rows
from purport.export.facts import facts_of
from purport.export.incident_rows import incident_row


@dataclass(frozen=True, slots=True)
class CaseRows:
    """``incident``: cells in the order of ``columns_of("incidents")``; ``claims``: cells in that of ``claim_cells()``, a list a claim."""

    incident: list[Cell]
    claims: list[list[Cell]]


def claim_cells() -> tuple[str, ...]:
    """The columns of a claim."""
    return ("incident_id", *claim_columns())


def rows_of(case: Case, *, with_claims: bool = True) -> CaseRows:
    """The rows of one case."""
    row = incident_row(facts_of(case))
    reports = [telling.report for telling in case.account.incident.tellings] if with_claims else []
    names = claim_columns()
    claims = [[case.id, *(claim.get(name) for name in names)] for report in reports for claim in claim_rows([report])]
    return CaseRows([row.get(name) for name in columns_of("incidents")], claims)
