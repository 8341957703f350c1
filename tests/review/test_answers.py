"""Answers as typed, shown and compared."""

import pytest

from purport.errors import QueryError, ResourceError
from purport.model import Count, EventType, Place, Thing, Time
from purport.review.agreement import Level
from purport.review.answers import answer_of, answer_words, comparable, measured, parsed, suggested_actors, values_of
from purport.review.fields import Form, codebook

FIELDS = codebook().fields
RESERVED = set("-xpzen?0")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("type", "air_strike", "air_strike"),
        ("place", "  Kirkuk,  Iraq #94787 ", "Kirkuk, Iraq #94787"),
        ("place", "-", None),
        ("perpetrator", "the army;the army ; militants", "the army; militants"),
        ("date", "2022-03-07", "2022-03-07"),
        ("date", "2022-03~", "2022-03~"),
        ("date", "2022-03-05/..", "2022-03-05/.."),
        ("killed", "11", "11"),
        ("killed", "1,100", "1100"),
        ("killed", "11+", "11.."),
        ("killed", "at least 11", "11.."),
        ("killed", "up to 20", "..20"),
        ("killed", "10-20", "10..20"),
        ("killed", "10 – 20", "10..20"),
        ("killed", "11-11", "11"),
        ("killed", "Dozens", "24..99"),
        ("killed", "0", "0"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(field: str, typed: str, kept: str | None) -> None:
    assert parsed(FIELDS[field], typed, codebook=codebook()) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("type", ""),
        ("type", "-"),
        ("type", "war"),
        ("date", "last Monday"),
        ("date", "2022-13-01"),
        ("date", "2022-03-07/2022-03-05"),
        ("killed", "many"),
        ("killed", "20-10"),
        ("killed", "10 20"),
        ("killed", "+"),
        ("killed", "-5-"),
        ("place", "x" * 500),
        ("place", "   "),
    ],
)
def test_what_makes_no_sense_is_told(field: str, typed: str) -> None:
    with pytest.raises(QueryError, match=FIELDS[field].label):
        parsed(FIELDS[field], typed, codebook=codebook())


@pytest.mark.parametrize(
    ("field", "answers", "equal"),
    [
        ("perpetrator", ("ISIS", "the Islamic State"), True),
        ("perpetrator", ("Militants", "the militants"), True),
        ("perpetrator", ("the army; ISIS", "Daesh;Army"), True),
        ("perpetrator", ("the army", "ISIS"), False),
        ("place", ("Kirkuk, Iraq #94787", "Kirkūk"), True),
        ("place", ("Kirkuk, Iraq #94787", "Kirkuk, Iraq #98410"), False),
        ("date", ("2022-03", "2022-03-01/2022-03-31"), True),
        ("date", ("2022-03", "2022-03-07"), False),
        ("killed", ("11", "11.."), False),
        ("killed", (None, "0"), False),
        ("killed", (None, None), True),
    ],
)
def test_when_two_answers_are_equal(field: str, answers: tuple[str | None, str | None], equal: bool) -> None:
    first, second = comparable(FIELDS[field], answers)
    assert (first == second) is equal


def test_a_name_that_two_ids_share_is_neither() -> None:
    keys = comparable(FIELDS["place"], ["Kirkuk #1", "Kirkuk #2", "Kirkuk"])
    assert len(set(keys)) == 3


@pytest.mark.parametrize(("key", "number"), [("11", 11.0), ("11..", 11.0), ("..20", 20.0), ("10..20", 10.0)])
def test_alpha_measures_the_lower_end(key: str, number: float) -> None:
    assert measured(FIELDS["killed"], key) == number


@pytest.mark.parametrize(
    ("field", "value", "answer"),
    [
        ("type", EventType("bombing"), "bombing"),
        ("killed", Count("killed", 11, None), "11.."),
        ("killed", Count("killed", 4, 4), "4"),
        ("killed", Count("killed", None, None), None),
        ("killed", Count("injured", 4, 4), None),
        ("date", Time("2022-03-07", "2022-03-07"), "2022-03-07"),
        ("place", Place("Kirkuk", geonames_id=94787), "Kirkuk #94787"),
        ("target", Thing("a baker"), "a baker"),
    ],
)
def test_what_the_machine_would_answer(field: str, value: Thing | Count | Place | Time | EventType, answer: str | None) -> None:
    assert answer_of(FIELDS[field], value) == answer
    if answer is not None:
        (back,) = values_of(FIELDS[field], answer, places=lambda said: Place(said))
        assert comparable(FIELDS[field], [answer_of(FIELDS[field], back), answer])[0] is not None


def test_several_are_several_values() -> None:
    found = values_of(FIELDS["perpetrator"], "ISIS; gunmen", places=lambda said: Place(said))
    assert [value.name for value in found if isinstance(value, Thing)] == ["ISIS", "gunmen"]


def test_in_words() -> None:
    assert answer_words(FIELDS["killed"], "11..") == "at least 11"
    assert answer_words(FIELDS["place"], "Kirkuk, Iraq #94787") == "Kirkuk, Iraq"
    assert answer_words(FIELDS["type"], None) == "the page does not say"


def test_suggestions_come_from_the_actor_list() -> None:
    assert suggested_actors("daesh")[0] == "Islamic State"
    assert suggested_actors("") == suggested_actors("zzzzq") == []


# ------------------------------------------------------------------ the codebook's own file
@pytest.mark.parametrize("name", FIELDS)
def test_every_choice_has_a_key_of_its_own(name: str) -> None:
    field = FIELDS[name]
    assert bool(field.choices) is (field.form is Form.CHOICE)
    assert len(set(field.choices.values())) == len(field.choices)
    assert not RESERVED.intersection(field.choices)


def test_every_type_of_the_codebook_can_be_chosen() -> None:
    from purport.coding.ontology import ontology

    assert set(FIELDS["type"].choices.values()) == set(ontology().types)


def test_levels() -> None:
    assert {FIELDS[name].level for name in ("killed", "injured")} == {Level.RATIO}
    assert FIELDS["certainty"].level is Level.ORDINAL


def test_a_file_that_breaks_the_form(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "fields.yaml"
    path.write_text("fields: {x: {label: X}}", encoding="utf-8")
    with pytest.raises(ResourceError, match="no codebook"):
        codebook(path)
