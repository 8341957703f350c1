"""``purport read``: what it prints, writes and says of bad input."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from lxml import html as parser

from cli_runs import Run
from hostile import ATTACK, spoken_safely
from own_process import purport
from purport.wire import report_from_json

PLAIN = "Gunmen killed two farmers near Mosul on Tuesday, the governor said."


def test_a_page_in_words(run: Run, page: Path) -> None:
    result = run("read", page)
    assert result.exit_code == 0
    for words in ("The Harbour Courier", "Car bomb hits market in Aleppo", "4 March 2015", "BOMBING", "« at least 12 people »", "governor"):
        assert words in result.stdout
    assert result.stderr == ""


def test_json_lines_are_the_wire_form(run: Run, page: Path) -> None:
    result = run("read", page, page, "--json")
    reports = [report_from_json(json.loads(line)) for line in result.stdout.splitlines()]
    assert len(reports) == 2
    assert reports[0].events


def test_options_say_what_the_page_does_not(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(PLAIN)
    undated = run("read", path).stdout
    dated = run("read", path, "--published", "2015-12-02", "--outlet", "Tidewater").stdout
    assert "undated" in undated and "outlet not known" in undated
    assert "2 December 2015 (option)" in dated and "Tidewater" in dated
    assert "1 December 2015 (day)" in dated


@pytest.mark.parametrize("date", ["yesterday", "2015-13-01", "2015-02-30", "20151202", "2015-12", ""])
def test_a_date_that_is_none(run: Run, page: Path, date: str) -> None:
    result = run("read", page, "--published", date)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--published: no date:")


def test_standard_input(run: Run) -> None:
    result = run("read", "-", input=PLAIN.encode())
    assert result.exit_code == 0
    assert "« two farmers »" in result.stdout


def test_two_bad_inputs_and_a_good_one(run: Run, page: Path, tmp_path: Path) -> None:
    empty, missing = tmp_path / "empty.html", tmp_path / "missing.html"
    empty.write_bytes(b"")
    result = run("read", empty, page, missing)
    assert result.exit_code == 1
    assert "Car bomb hits market" in result.stdout
    first, *named = result.stderr.splitlines()
    assert first == "2 inputs could not be read:"
    assert [str(path) in line for path, line in zip((empty, missing), named, strict=True)] == [True, True]
    assert all("(" in line for line in named)


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "cut gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc",
    "no words": b"<html><body><p>   </p></body></html>",
    "NUL bytes": b"\x00" * 5000,
    "cut WARC": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>cut",
    "JSONL without text": b'{"a": 1}\n{"a": 2}\n',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_a_remedy(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad"
    path.write_bytes(BAD[name])
    result = run("read", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(path) in result.stderr
    assert result.stderr.rstrip().endswith(")")
    assert "Traceback" not in result.stderr


def test_a_column_can_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"zz": PLAIN, "date": "2015-12-02"}) + "\n")
    assert "« two farmers »" in run("read", path, "--text-column", "zz").stdout


def test_a_page_in_a_language_that_is_not_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "arabic.txt"
    path.write_text("قالت الشرطة إن سيارة مفخخة انفجرت يوم الاثنين خارج سوق مزدحمة في المدينة وقتلت عددا من الناس. " * 5, encoding="utf-8")
    result = run("read", path)
    assert result.exit_code == 0
    assert "not read: language: ar" in result.stdout


def test_too_large_is_refused(run: Run, page: Path) -> None:
    result = run("read", page, "--max-page-bytes", "100")
    assert result.exit_code == 1
    assert "--max-page-bytes" in result.stderr or "max_page_bytes" in result.stderr


def test_private_addresses_are_not_fetched_unless_asked_for(run: Run) -> None:
    result = run("read", "http://127.0.0.1:9/", "--fetch-timeout", "1")
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr


def test_claims_that_the_reader_does_not_trust_can_be_left_out(run: Run, page: Path) -> None:
    assert "No event of political violence" in run("read", page, "--min-confidence", "1").stdout


def test_masked_names(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "Farid-Haddouli.txt"
    path.write_text("Gunmen killed the baker Farid Haddouli near Mosul on Tuesday, the governor said. Haddouli was 43.")
    html = tmp_path / "out.html"
    result = run("read", path, "--mask-names", "--html", html)
    assert "Haddouli" in run("read", path).stdout
    assert "Haddouli" not in result.stdout
    assert "Haddouli" not in html.read_text()
    assert "Haddouli" not in run("read", path, "--mask-names", "--json").stdout


def test_the_report_is_one_file(run: Run, page: Path, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    assert run("read", page, "--html", html).exit_code == 0
    tree = parser.document_fromstring(html.read_text(encoding="utf-8"))
    assert len(tree.find_class("page")) == 1
    assert tree.find_class("card")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "report.html"]


@pytest.mark.parametrize("place", ["/proc/report.html", "{folder}", "{folder}/none/report.html"])
def test_a_report_that_cannot_be_written_is_said_before_anything_is_read(run: Run, page: Path, tmp_path: Path, place: str) -> None:
    result = run("read", page, "--html", place.format(folder=tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(place.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == [page]


def test_an_attacking_page_stays_inert(run: Run, tmp_path: Path) -> None:
    path, html = tmp_path / "attack.html", tmp_path / "report.html"
    title = ATTACK.replace("<", "&lt;").replace("\x00", "")
    text = f"Gunmen killed two farmers near Mosul on Tuesday, {title} the governor of the province said in a statement."
    path.write_text(
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title><meta property="og:site_name" content="{title[:40]}">'
        f"</head><body><article><h1>{title}</h1><p>{text}</p><p>{text}</p><script>document.write('x')</script></article></body></html>",
        encoding="utf-8",
    )
    result = run("read", path, "--html", html)
    assert result.exit_code == 0
    assert spoken_safely(result.stdout)
    assert spoken_safely(run("read", path, "--json").stdout)
    tree = parser.document_fromstring(html.read_text(encoding="utf-8"))
    assert not tree.xpath("//script | //img | //svg | //iframe | //link | //@onerror | //@onload")
    assert spoken_safely(html.read_text(encoding="utf-8"))


def test_a_full_disk_under_the_output(page: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = purport("read", page, "--json", stdout=full)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert errors == "No space left on device (check the path, its permissions and the space on its disk)\n"


def test_a_reader_of_the_output_that_goes_away(page: Path) -> None:
    process = purport("read", page, page, "--json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=120) == 141
    assert errors == ""


def test_stopped_while_it_waits_for_input() -> None:
    process = purport("read", "-", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("Gunmen killed")
    process.stdin.flush()
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert (process.returncode, printed, said) == (130, "", "stopped\n")
