"""JSONL, JSON and Parquet: columns guessed or named, rows good and bad."""

import datetime
import gzip
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from conftest_ingest import PAGE, Read

WORDS = "Two people were hurt near the river on Monday, the council of the town said in a statement read to reporters."


def _write(folder: Path, *rows: object, form: str = "jsonl") -> Path:
    path = folder / "table.bin"
    lines = [row if isinstance(row, str) else json.dumps(row, default=str) for row in rows]
    content = ("\n".join(lines) + "\n").encode() if form != "json" else json.dumps(rows, indent=1).encode()
    if form == "parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows)), path)
    else:
        path.write_bytes(gzip.compress(content) if form == "jsonl.gz" else content)
    return path


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "json", "parquet"])
def test_other_columns_become_hints(read: Read, tmp_path: Path, form: str) -> None:
    row = {
        "Title": "Shelling",
        "date": "2021-03-04",
        "source": "The Paper",
        "lang": "en",
        "URL": "http://paper.example/1",
        "text": WORDS,
        "n": 3,
    }
    path = _write(tmp_path, row, {**row, "text": PAGE.decode()}, form=form)
    [first, second], failures = read(path)
    assert failures == []
    assert first.content == WORDS.encode()
    assert (first.origin, first.url, first.media_type, first.charset) == (f"{path}#1", "http://paper.example/1", "text/plain", "utf-8")
    assert first.hints == {"title": "Shelling", "published": "2021-03-04", "outlet": "The Paper", "language": "en", "column": "text"}
    assert (second.origin, second.media_type) == (f"{path}#2", "text/html")


@pytest.mark.parametrize(
    ("row", "named", "column"),
    [
        ({"text": WORDS}, None, "text"),
        ({"html": PAGE.decode(), "id": "1"}, None, "html"),
        ({"text": WORDS, "html": PAGE.decode()}, None, "text"),
        ({"text": "", "html": PAGE.decode()}, None, "html"),
        ({"content": 7, "body": WORDS}, None, "body"),
        ({"Article_Text": WORDS}, None, "Article_Text"),
        ({"id": "x", "beschreibung": WORDS, "note": "short"}, None, "beschreibung"),
        ({"text": "short", "mine": WORDS}, "mine", "mine"),
        ({"text": WORDS, "title": "T"}, "title", "title"),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_which_column(read: Read, tmp_path: Path, *, row: dict[str, object], named: str | None, column: str, form: str) -> None:
    [capture], failures = read(_write(tmp_path, row, form=form), text_column=named)
    assert (capture.hints["column"], capture.content, failures) == (column, str(row[column]).encode(), [])


@pytest.mark.parametrize("form", ["jsonl", "json", "parquet"])
@pytest.mark.parametrize(("named", "words"), [("absent", "no column 'absent'"), (None, "no column that looks like")])
def test_a_column_that_is_nowhere(read: Read, tmp_path: Path, *, form: str, named: str | None, words: str) -> None:
    found, [failure] = read(_write(tmp_path, *[{"id": "a", "n": 1}] * 50, form=form), text_column=named)
    assert found == []
    assert words in failure.what
    assert "id, n" in failure.what
    assert "--text-column" in failure.remedy


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{not json", "no JSON"),
        ("[1, 2]", "no JSON object"),
        ('"text"', "no JSON object"),
        ("[" * 1900, "no JSON"),
        ({"text": ""}, "missing or empty"),
        ({"text": None}, "missing or empty"),
        ({"title": "T"}, "missing or empty"),
        ({"text": "  \n"}, "blank"),
        ({"text": [WORDS]}, "a list"),
        ({"text": 12}, "a int"),
        ({"text": "%PDF-1.4 \u0001"}, "PDF"),
        ({"text": "x" * 1_500}, "1,500 bytes"),
        ({"text": "x" * 9_000}, "a line of more than 2,000 bytes"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_row_among_others(read: Read, tmp_path: Path, *, row: object, words: str, first: bool) -> None:
    good = {"text": WORDS}
    rows = [row, good, good] if first else [good, row, good]
    path = _write(tmp_path, *rows)
    found, [failure] = read(path, max_page_bytes=1_000)
    assert len(found) == 2
    assert words in failure.what
    assert failure.where == f"{path}#{1 if first else 2}"
    assert failure.remedy


def test_many_empty_rows_before_the_first_words(read: Read, tmp_path: Path) -> None:
    found, failures = read(_write(tmp_path, *[{"text": ""}] * 30, {"text": WORDS}))
    assert (len(found), len(failures)) == (1, 30)


def test_blank_lines_are_passed_over_and_counted(read: Read, tmp_path: Path) -> None:
    path = _write(tmp_path, "", json.dumps({"text": WORDS}), "", "  ", json.dumps({"text": WORDS}))
    assert [capture.origin.split("#")[1] for capture in read(path)[0]] == ["2", "5"]


def test_lone_surrogates_are_kept(read: Read, tmp_path: Path) -> None:
    [capture], failures = read(_write(tmp_path, '{"text": "broken \\ud83d emoji"}'))
    assert (capture.content.decode("utf-8", "surrogatepass"), failures) == ("broken \ud83d emoji", [])


def test_parquet_types(read: Read, tmp_path: Path) -> None:
    row = {
        "html": PAGE,
        "date": datetime.date(2021, 3, 4),
        "retrieved_at": datetime.datetime(2021, 3, 5, tzinfo=datetime.UTC),
        "other": [1, 2],
    }
    [capture], failures = read(_write(tmp_path, row, form="parquet"))
    assert (capture.content, capture.charset, failures) == (PAGE, None, [])
    assert capture.hints["published"] == "2021-03-04"
    assert capture.retrieved_at == datetime.datetime(2021, 3, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_half_a_parquet(read: Read, tmp_path: Path, share: float) -> None:
    path = _write(tmp_path, *[{"text": f"{n} {WORDS}"} for n in range(200)], form="parquet")
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    found, [failure] = read(path)
    assert found == []
    assert "broken or cut Parquet" in failure.what


def test_parquet_without_rows(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "empty.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), path)
    found, failures = read(path)
    assert found == []
    assert len(failures) == 1


def test_a_cut_jsonl_gz_keeps_its_whole_lines(read: Read, tmp_path: Path) -> None:
    path = _write(tmp_path, *[{"text": f"{n} {hash(str(n))} {WORDS}"} for n in range(3000)], form="jsonl.gz")
    path.write_bytes(path.read_bytes()[:-1000])
    found, failures = read(path)
    assert len(found) > 1000
    assert "gzip" in failures[-1].what


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    import itertools

    from purport.ingest import captures
    from purport.ingest.rows import Row, row_captures
    from purport.settings import Settings

    drawn = itertools.count()
    rows = (Row(f"t#{next(drawn)}", {"text": WORDS}) for _ in itertools.count())
    next(row_captures(rows, origin="t", settings=Settings()))
    assert next(drawn) == 1
    assert next(captures([str(_write(tmp_path, {"text": WORDS}))], settings=Settings()))
