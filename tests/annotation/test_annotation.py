"""Gold through each annotation program's form and back; foreign and broken files."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.annotation import FORMATS, brat, labelstudio, read_gold, webanno, write_gold
from purport.annotation.goldgraph import page_of, record_of
from purport.annotation.graph import Page
from purport.annotation.offsets import Offsets
from purport.errors import InputError, SettingsError

Record = dict[str, Any]

#: Every construction at once: wide characters before the spans, two triggers, no cue, no source, open counts, words with special signs.
TEXT = "🌋 A mine [old|new] killed two boys; near Sirte,\npolice “said”.\n\nAllegedly, Omar\tHaddad_x fled -> in 2016."


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


FULL: Record = {
    "id": "page/1",
    "text": TEXT,
    "title": "Mine; kills",
    "published": "2016-06-03",
    "events": [
        {
            "triggers": [at("killed"), at("mine")],
            "type": "bombing",
            "reality": "actual",
            "voice": "sources",
            "certainty": "probable",
            "disputed": True,
            "roles": [
                {"role": "target", "span": at("two boys"), "att": 0},
                {"role": "instrument", "span": at("A mine [old|new]"), "att": None},
                {"role": "place", "span": at("Sirte"), "att": 1, "name": "Sirte | old", "country": "LY"},
            ],
            "counts": [{"kind": "killed", "span": at("two"), "low": 2, "high": None, "who": "boys_", "att": 0}],
            "attributions": [
                {"chain": [at("police")], "cue": at("said"), "stance": "says", "about": "event"},
                {"chain": [], "cue": at("Allegedly"), "stance": "purports", "about": "place"},
                {"chain": [at("police"), at("Omar\tHaddad_x")], "cue": None, "stance": "denies", "about": "killed"},
                {"chain": [], "cue": None, "stance": "says", "about": "event"},
            ],
        },
        {
            "triggers": [at("fled")],
            "type": "displacement",
            "reality": "actual",
            "voice": "outlet",
            "certainty": "certain",
            "disputed": False,
            "roles": [{"role": "time", "span": at("2016"), "att": None, "edtf": "2016"}],
            "counts": [],
            "attributions": [],
        },
    ],
}
WRITERS: dict[str, Callable[[Page], str]] = {
    "brat": brat.written,
    "webanno": webanno.written,
    "label-studio": lambda p: labelstudio.written([p]),
}


def parsed(format: str, content: str, *, text: str) -> Page:
    match format:
        case "brat":
            return brat.parsed(content, text=text, id="page/1", where="page.ann")
        case "webanno":
            return webanno.parsed(content, id="page/1", where="page.tsv")
    return labelstudio.parsed(content, where="tasks.json")[0]


def plain(record: Record) -> Record:
    """A record in one order, its attributions in place of their numbers."""
    known = {name: value for name, value in record.items() if value is not None}
    return {**known, "events": sorted((plain_event(event) for event in record["events"]), key=lambda event: str(event["triggers"]))}


def plain_event(event: Record) -> Record:
    told = event["attributions"]
    said = {name: sorted(as_told(each, told) for each in event[name]) for name in ("roles", "counts")}
    return {**event, **said, "attributions": sorted(json.dumps(each, sort_keys=True) for each in told)}


def as_told(said: Record, told: list[Record]) -> str:
    whole = {**said, "att": None if said["att"] is None else told[said["att"]]}
    return json.dumps({name: value for name, value in whole.items() if value is not None}, sort_keys=True)


def example_gold() -> list[Record]:
    lines = files("purport.resources").joinpath("examples", "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("records", [[FULL], example_gold()], ids=["every construction", "the example pages"])
def test_there_and_back(format: str, records: list[Record], tmp_path: Path) -> None:
    assert write_gold(records, tmp_path / "out", format=format) == len(records)
    found = read_gold(tmp_path / "out")
    assert found is not None
    by_id = {record["id"]: record for record in found}
    for record in records:
        assert by_id[record["id"]]["text"] == record["text"]
        assert plain(by_id[record["id"]]) == plain(record)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_is_written_twice(format: str) -> None:
    once = WRITERS[format](page_of(FULL))
    again = WRITERS[format](page_of(record_of(parsed(format, once, text=TEXT), where="here")))
    assert plain(record_of(parsed(format, again, text=TEXT), where="here")) == plain(
        {k: v for k, v in FULL.items() if k not in ("title", "published") or format == "label-studio"}
    )


@given(st.text(alphabet="ab é\U0001f30b\n\\|[]_;*\t->", min_size=1, max_size=40), st.data())
def test_any_span_of_any_text(text: str, data: st.DataObject) -> None:
    words = [place for place, character in enumerate(text) if character.isalnum()]
    if not words:
        return
    start = data.draw(st.sampled_from(words))
    end = data.draw(st.sampled_from([place for place in words if place >= start])) + 1
    event = {**FULL["events"][1], "triggers": [[start, end]], "roles": []}
    record = {"id": "page/1", "text": text, "events": [event]}
    for format, write in WRITERS.items():
        found = record_of(parsed(format, write(page_of(record)), text=text), where="here")
        assert found["events"] == [event]
        assert found["text"] == text or format == "webanno"  # white space at the ends of lines is not kept there
        assert found["text"][start:end] == text[start:end]


@given(st.text(alphabet="a\U0001f30b", max_size=20))
def test_offsets_agree_with_utf_16(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        units = len(text[:point].encode("utf-16-le")) // 2
        assert offsets.units(point) == units
        assert offsets.point(units, where="here") == point


def test_inside_a_pair_is_no_place() -> None:
    with pytest.raises(InputError, match="offset 1 is no place"):
        Offsets("🌋").point(1, where="here")


# ------------------------------------------------------------------ what people make by hand
def test_brat_as_a_coder_leaves_it() -> None:
    text = "Guards shot two men, police said."
    annotations = (
        "T1\tEvent 7 11\tshot\nA1\ttype T1 killing\nT2\tTarget 12 19\ttwo men\nR1\ttarget Arg1:T1 Arg2:T2\t\n"
        "#1\tAnnotatorNotes T2\tare they men?\n*\tEquiv T1 T2\n"
    )
    record = record_of(brat.parsed(annotations, text=text, id="p", where="p.ann"), where="p.ann")
    assert record["events"] == [
        {
            "type": "killing",
            "reality": "actual",
            "voice": "outlet",
            "certainty": "certain",
            "disputed": False,
            "triggers": [[7, 11]],
            "roles": [{"role": "target", "span": [12, 19], "att": None}],
            "counts": [],
            "attributions": [],
        }
    ]


def test_webanno_without_numbers_and_with_other_layers() -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.pos|PosValue\n#T_SP=webanno.custom.Mention|label|type\n"
        "#T_RL=webanno.custom.Link|link|BT_webanno.custom.Mention\n\n\n"
        "#Text=Guards shot men.\n1-1\t0-6\tGuards\tNNS\tPerpetrator\t*\tperpetrator\t1-2\t\n1-2\t7-11\tshot\tVBD\tEvent\tkilling\t_\t_\t\n"
        "1-3\t12-15\tmen\tNNS\t_\t_\t_\t_\t\n1-4\t15-16\t.\t.\t_\t_\t_\t_\t\n"
    )
    record = record_of(webanno.parsed(content, id="p", where="p.tsv"), where="p.tsv")
    assert record["text"] == "Guards shot men."
    assert record["events"][0]["roles"] == [{"role": "perpetrator", "span": [0, 6], "att": None}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("p.ann", "T1\tEvent 0 4\tshot\n", "other words at 0 to 4", id="brat: other words"),
        pytest.param("p.ann", "T1\tEvent 7 99\tshot\n", "other words at 7 to 99", id="brat: outside the text"),
        pytest.param("p.ann", "T1\tEvent 7 11\tshot\n", "has no type", id="no type"),
        pytest.param("p.ann", "T1\tTarget 7 11\tshot\n", "is linked to nothing", id="a role without an event"),
        pytest.param("p.ann", "R1\ttarget Arg1:T1 Arg2:T2\n", "points at T1, which is not there", id="brat: a relation to nothing"),
        pytest.param("p.ann", "nonsense\n", "line 1: no annotation of brat", id="brat: nonsense"),
        pytest.param("p.tsv", "#FORMAT=WebAnno TSV 2\n", "no file of WebAnno TSV 3", id="an older form"),
        pytest.param("p.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=other|x\n", "has no layer webanno.custom.Mention", id="other layers only"),
        pytest.param("p.json", "[{]", "no JSON", id="no JSON"),
        pytest.param("p.json", "{}", "no list of tasks", id="no list"),
        pytest.param("p.json", '[{"id": 1, "data": {}}]', "not in the form of Label Studio", id="no text"),
        pytest.param(
            "p.json",
            '[{"id": 1, "data": {"text": "Guards shot"}, "annotations": [{"result": [{"id": "a", "type": "labels",'
            ' "value": {"start": 0, "end": 4, "text": "shot", "labels": ["Event"]}}]}]}]',
            "task 1: the text has other words at 0 to 4",
            id="Label Studio: other words",
        ),
    ],
)
def test_what_is_broken_is_told(name: str, content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Guards shot two men.", encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path / name)


def test_annotations_without_their_text(tmp_path: Path) -> None:
    (tmp_path / "p.ann").write_text("T1\tEvent 0 4\tshot\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"p\.txt: cannot be read"):
        read_gold(tmp_path)


def test_an_unknown_form_and_a_full_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no form 'xmi'"):
        write_gold([FULL], tmp_path / "new", format="xmi")
    (tmp_path / "there").write_text("")
    with pytest.raises(SettingsError, match="not empty"):
        write_gold([FULL], tmp_path, format="brat")


@pytest.mark.parametrize("id", ["../../etc/passwd", "a/b", "", "CON", "x" * 300])
def test_no_id_leads_out_of_the_folder(id: str, tmp_path: Path) -> None:
    write_gold([{**FULL, "id": id}, {**FULL, "id": id.upper() + "/"}], tmp_path / "out", format="brat")
    assert len(list((tmp_path / "out").glob("*.ann"))) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
