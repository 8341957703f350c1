"""What is written down about the formats is all there, and is true."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from purport.export import FORMATS
from purport.export.claim_table import COLUMNS
from purport.model import EntityKind, Factuality, Role, SourceKind, Stance
from purport.resources import text_of
from purport.status import StatusCode
from purport.store import FIELDS
from purport.wire import SCHEMA

DOCS = (Path(__file__).parents[1] / "docs" / "schema.md").read_text(encoding="utf-8")
REPORT = json.loads(text_of("schema/report.schema.json"))


def properties(schema: Any) -> set[str]:
    """Names of all fields in a JSON Schema."""
    if isinstance(schema, list):
        return {name for item in schema for name in properties(item)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own.union(*(properties(item) for item in schema.values())) if schema else own


NAMES = {
    "fields of the JSON": properties(REPORT),
    "search fields": set(FIELDS),
    "columns": set(COLUMNS),
    "status codes": {code.value for code in StatusCode},
    "tables": set(re.findall(r"CREATE TABLE (\w+)", "".join(text_of(f"schema/{name}.sql") for name in ("store", "incidents", "review")))),
}


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_is_documented(kind: str) -> None:
    assert NAMES[kind]
    assert {name for name in NAMES[kind] if f"`{name}`" not in DOCS} == set()


def test_versions_are_documented() -> None:
    assert SCHEMA in DOCS
    assert all(name in DOCS.lower() for name in FORMATS)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("entity_kind", EntityKind),
        ("source_kind", SourceKind),
        ("stance", Stance),
    ],
)
def test_the_json_schema_knows_every_code(name: str, values: Any) -> None:
    assert REPORT["$defs"][name]["enum"] == [value.value for value in values]


def test_the_json_schema_knows_every_role_factuality_and_status() -> None:
    claim = REPORT["$defs"]["claim"]["properties"]
    assert set(claim["role"]["enum"]) == {role.value for role in Role}
    assert set(claim["factuality"]["enum"]) == {value.value for value in Factuality}
    assert set(REPORT["$defs"]["status"]["properties"]["code"]["enum"]) == set(StatusCode)


def test_examples_in_the_documentation_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    assert examples
    for example in examples:
        exec(compile(example, "docs/schema.md", "exec"), {})  # noqa: S102 - our own documentation
