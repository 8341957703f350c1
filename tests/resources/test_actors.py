"""The actor list keeps its own rules; users can add to it."""

from pathlib import Path

import pytest

from purport.errors import ResourceError
from purport.model import EntityKind
from purport.read.actors import actor_index
from purport.resources import rows_of

ROWS = list(rows_of("actors/actors.tsv"))
CODES = {row["code"] for row in ROWS}


def test_large_enough() -> None:
    kinds = [row["kind"] for row in ROWS]
    assert len(ROWS) >= 1_500
    assert kinds.count("armed_group") >= 300
    assert kinds.count("outlet") >= 300
    assert kinds.count("agency") >= 80


def test_codes_are_unique_and_kinds_known() -> None:
    assert len(CODES) == len(ROWS)
    assert {row["kind"] for row in ROWS} <= {kind.value for kind in EntityKind}


def test_every_row_names_its_source() -> None:
    assert all(row["source"] for row in ROWS)


def test_mouthpieces_speak_for_a_known_side() -> None:
    sides = {row["mouthpiece_of"] for row in ROWS} - {""}
    assert sides
    assert all(actor_index().actor(side) for side in sides)


@pytest.mark.parametrize(
    ("name", "code", "party"),
    [
        ("Islamic State", "ARM-IS", True),
        ("Sendero Luminoso", "ARM-SENDERO", True),
        ("Syrian Observatory for Human Rights", "NGO-SOHR", False),
        ("Agence France-Presse", "AGY-AFP", False),
        ("Turkish army", "MIL-TR", True),
        ("Ugandan police", "POL-UG", True),
        ("government of Mali", "GOV-ML", True),
        ("Norwegian government", "GOV-NO", False),
    ],
)
def test_names(name: str, code: str, party: bool) -> None:
    actor = actor_index().named(name)
    assert actor is not None
    assert (actor.code, actor.party) == (code, party)


def test_user_rows_come_first(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("code\tname\taliases\tkind\nARM-X\tHill Guard\tIS|HG\tarmed_group\n", encoding="utf-8")
    index = actor_index(tmp_path)
    assert [index.named(name).code for name in ("Hill Guard", "IS", "Hezbollah")] == ["ARM-X", "ARM-X", "ARM-HEZBOLLAH"]  # type: ignore[union-attr]


@pytest.mark.parametrize("row", ["\tNo code\t\tarmed_group", "ARM-Y\t\t\tarmed_group", "ARM-Y\tName\t\tarmy of ants"])
def test_bad_user_row_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "actors.tsv").write_text(f"code\tname\taliases\tkind\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match="actor row 1"):
        actor_index(tmp_path)
