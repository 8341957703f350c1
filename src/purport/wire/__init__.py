"""The JSON form of a report, versioned and documented in ``docs/schema.md``; its JSON Schema is ``resources/schema/report.schema.json``."""

from purport.wire.accounting import account_to_json, resolution_to_json
from purport.wire.deciding import (
    addition_record_from_json,
    addition_record_to_json,
    addition_to_json,
    change_from_json,
    change_to_json,
)
from purport.wire.parsing import report_from_json, value_from_json
from purport.wire.sketch import sketch_from_json, sketch_to_json
from purport.wire.writing import (
    SCHEMA,
    attribution_to_json,
    canonical,
    chain_to_json,
    claim_to_json,
    line_of,
    report_to_json,
    told_to_json,
    value_to_json,
)

__all__ = [
    "SCHEMA",
    "account_to_json",
    "addition_record_from_json",
    "addition_record_to_json",
    "addition_to_json",
    "attribution_to_json",
    "canonical",
    "chain_to_json",
    "change_from_json",
    "change_to_json",
    "claim_to_json",
    "line_of",
    "report_from_json",
    "report_to_json",
    "resolution_to_json",
    "sketch_from_json",
    "sketch_to_json",
    "told_to_json",
    "value_from_json",
    "value_to_json",
]
