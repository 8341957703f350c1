"""The documentation is true: examples run, commands and options exist, links lead somewhere, figures are those that were measured."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import purport
from purport.resources import rows_of
from purport.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "examples").glob("*.md"), ROOT / "evaluation" / "experiments.md"])
KNOWLEDGE = DOCS / "adding-knowledge.md"
PACKAGE = ROOT / "src" / "purport"

BLOCK = re.compile(r"^```(\w+)[ \t]*([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
EDIT = re.compile(r'^- ("(?:.*)")\n\+ ("(?:.*)")$', re.MULTILINE)


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[tuple[str, str]]:
    """(what stands after the language, content) of each fenced block."""
    return [(found[2].strip(), found[3]) for found in BLOCK.finditer(words(page)) if found[1] == language]


# ------------------------------------------------------------------ examples
def runnable() -> list[Path]:
    """Pages with Python to be run as it stands; that of schema.md is run by its own test, that of KNOWLEDGE after its edits."""
    return [page for page in PAGES if page.name != "schema.md" and any(not mark for mark, _ in blocks(page, "python"))]


@pytest.mark.parametrize("page", runnable(), ids=name)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PACKAGE / "resources" / "examples" / "pages", tmp_path / "first" / "pages")
    space: dict[str, Any] = {}
    for mark, code in blocks(page, "python"):
        if not mark:
            exec(compile(code, name(page), "exec"), space)  # noqa: S102 - our own documentation


def test_readme_example_is_what_is_printed() -> None:
    assert filler().filled(words(README), {"example": filler().example_output()}) == words(README), "run python docs/fill_tables.py"


def test_known_failures_are_those_of_this_version() -> None:
    page = words(DOCS / "limits.md")
    assert filler().filled(page, {"limits": filler().limits()}) == page, "run python docs/fill_tables.py"


# ------------------------------------------------------------------ recipes for data files
def test_recipes_work(tmp_path: Path) -> None:
    """All recipes at once, in a copy of the package: every row and word added, then every check."""
    shutil.copytree(PACKAGE, tmp_path / "purport", ignore=shutil.ignore_patterns("__pycache__", "examples"))
    for path, added in recipes("tsv", "add"):
        append(tmp_path / placed(path), added)
    for path, edits in recipes("yaml", "edit"):
        replace_in(tmp_path / placed(path), edits)
    checks = "\n".join(code for mark, code in blocks(KNOWLEDGE, "python") if mark == "check")
    done = subprocess.run([sys.executable, "-W", "error", "-c", checks], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def recipes(language: str, action: str) -> Iterator[tuple[str, str]]:
    found = [(mark.removeprefix(f"{action}="), content) for mark, content in blocks(KNOWLEDGE, language) if mark.startswith(f"{action}=")]
    assert found
    yield from ((path, content) for path, content in found if path != "resources/places/supplement.tsv")


def placed(path: str) -> str:
    return f"purport/{path}" if path.startswith("resources/") else path


def append(file: Path, lines: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    assert not before or before.endswith("\n")
    file.write_text(before + lines, encoding="utf-8")


def replace_in(file: Path, edits: str) -> None:
    text = file.read_text(encoding="utf-8")
    pairs = [(plain(old), plain(new)) for old, new in EDIT.findall(edits)]
    assert pairs
    for old, new in pairs:
        assert text.count(old) == 1, f"{file.name} has {text.count(old)} times {old!r}: mend the recipe"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def plain(quoted: str) -> str:
    return quoted[1:-1].replace("\\n", "\n")


def test_the_row_of_a_place_has_the_form_of_its_file() -> None:
    (row,) = [content for mark, content in blocks(KNOWLEDGE, "tsv") if mark == "add=resources/places/supplement.tsv"]
    given = dict(zip(next(rows_of("places/supplement.tsv")), row.rstrip("\n").split("\t"), strict=True))
    assert float(given["latitude"]) and float(given["longitude"]) and int(given["weight"])
    assert given["precision"] in {known["precision"] for known in rows_of("places/supplement.tsv")}
    assert given["name"] not in {known["name"] for known in rows_of("places/supplement.tsv")}


def test_files_that_are_named_exist() -> None:
    folders = sorted(path.name for path in (PACKAGE / "resources").iterdir() if path.is_dir() and not path.name.startswith("_"))
    named = re.findall(rf"`((?:{'|'.join(folders)})/[\w/]+\.\w+|\w+\.yaml)`", words(KNOWLEDGE) + words(README))
    assert len(named) > 15
    assert [path for path in named if not list((PACKAGE / "resources").rglob(path))] == []


# ------------------------------------------------------------------ commands
@cache
def commands() -> dict[str, set[str]]:
    """Options of each command."""
    import typer

    from purport.cli.app import app

    group: Any = typer.main.get_command(app)
    return {
        verb: {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        for verb, command in group.commands.items()
    }


def command_lines(page: Path) -> Iterator[list[str]]:
    """What is typed after ``purport`` in blocks and in code within lines."""
    typed = [line.strip().removeprefix("$ ") for _, block in blocks(page, "console") for line in block.splitlines()]
    typed += re.findall(r"`(purport [^`\n]+)`", words(page))
    for line in typed:
        if line.startswith("purport "):
            yield shlex.split(line, comments=True)[1:]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_and_options_exist(page: Path) -> None:
    for typed in command_lines(page):
        if typed and not typed[0].startswith("-"):
            assert typed[0] in commands(), f"purport {typed[0]}"
            options = {word.partition("=")[0] for word in typed[1:] if word.startswith("--")}
            assert options <= commands()[typed[0]] | {"--help"}, f"purport {' '.join(typed)}"


def test_every_command_is_documented() -> None:
    text = "\n".join(map(words, PAGES))
    assert [verb for verb in commands() if f"purport {verb}" not in text] == []


def test_make_targets_exist() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"(?:`|\$ )make ([a-z]+)", words(page))}
    assert named and named <= made


# ------------------------------------------------------------------ names
def test_every_public_name_is_documented() -> None:
    api = words(DOCS / "api.md")
    assert [public for public in purport.__all__ if not re.search(rf"`(?:purport\.)?{public}\b", api)] == []


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", words(DOCS / "api.md"), re.MULTILINE))
    plain_settings = Settings()
    assert {f.name for f in fields(Settings)} == set(rows)
    documented = {field: eval(default) for field, default in rows.items()}  # noqa: S307 - our own documentation
    assert documented == {f.name: getattr(plain_settings, f.name) for f in fields(Settings)}


@pytest.mark.parametrize(
    "record",
    [
        "Capture",
        "Document",
        "Source",
        "Attribution",
        "Claim",
        "Event",
        "Report",
        "Judgement",
        "Token",
        "Toponym",
        "TimeExpression",
        "Quantity",
    ],
)
def test_every_field_of_a_record_is_documented(record: str) -> None:
    model = words(DOCS / "data-model.md")
    assert [f.name for f in fields(getattr(purport, record)) if not re.search(rf"\b{f.name}\b", model)] == []


@pytest.mark.parametrize("codes", ["BlockKind", "EntityKind", "SourceKind", "Stance", "Factuality", "Role", "Verdict"])
def test_every_code_is_documented(codes: str) -> None:
    model = words(DOCS / "data-model.md")
    assert [code.value for code in getattr(purport, codes) if not re.search(rf"(?<!\w){re.escape(code.value)}(?!\w)", model)] == []


def test_every_type_of_event_is_in_the_codebook() -> None:
    from purport.coding.ontology import ontology

    table = re.findall(r"^\| `(\w+)` \|", words(DOCS / "codebook.md").partition("### Types")[2].partition("\n### ")[0], re.MULTILINE)
    assert sorted(table) == sorted(ontology().types)


def count_rows() -> list[tuple[str, int | None, int | None]]:
    """Wordings of the codebook's table of counts with their bounds."""
    table = words(DOCS / "codebook.md").partition("## Counts")[2].partition("`kind`")[0]
    bounds = {"open": None}
    rows = re.findall(r'^\| (".*") \| (\w+) \| (\w+) \|$', table, re.MULTILINE)
    return [
        (wording, *(bounds[b] if b in bounds else int(b) for b in (low, high)))
        for words_, low, high in rows
        for wording in re.findall(r'"(.*?)"', words_)
    ]


@pytest.mark.parametrize(("wording", "low", "high"), count_rows())
def test_counts_are_read_as_the_codebook_says(wording: str, low: int | None, high: int | None) -> None:
    noun = "" if re.search(r"soldier|civilians", wording) else " soldier" if wording == "one" else " soldiers"
    told = "No civilians were killed near Kano." if "civilians" in wording else f"The shelling killed {wording}{noun} near Kano."
    report = purport.read_text(told)
    counts = {
        (claim.value.low, claim.value.high) for event in report.events for claim in event.claims if isinstance(claim.value, purport.Count)
    }
    assert (low, high) in counts


def test_numbers_in_the_readme_are_those_of_the_data() -> None:
    from purport.coding.ontology import ontology

    assert f"{len(ontology().types)} types of event" in words(README)
    assert f"{sum(1 for _ in rows_of('places/supplement.tsv'))} own entries" in words(README)


# ------------------------------------------------------------------ links
def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(words(page))}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(BLOCK.sub("", words(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_pictures_are_there() -> None:
    pictures = [page.parent / target for page in PAGES for target in PICTURE.findall(words(page))]
    assert pictures
    assert [picture.name for picture in pictures if not picture.is_file()] == []


def test_the_index_lists_every_page() -> None:
    linked = set(LINK.findall(words(DOCS / "index.md")))
    assert {page.name for page in DOCS.glob("*.md")} - {"index.md"} <= linked


# ------------------------------------------------------------------ figures
@cache
def filler() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fill_tables", DOCS / "fill_tables.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_of_the_readme_are_those_that_were_measured() -> None:
    assert filler().filled(words(README), filler().tables()) == words(README), "run python docs/fill_tables.py"


RESULTS = """# Accuracy

Measured 2026-01-02 at commit `abc` with `make evaluate`.

| run | figure | value | asked | reached |
|---|---|---|---|---|
| muc | micro.f | 0.271 | >= .25 | yes |
| muc | victims.f | 0.4 |  |  |
"""


def test_the_accuracy_table_keeps_what_is_asked_and_when_it_was_measured() -> None:
    table = filler().accuracy(RESULTS)
    assert "2026-01-02" in table and "| muc | micro.f | 0.271 | >= .25 | yes |" in table
    assert "victims" not in table


def test_a_readme_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        filler().filled("no marks", {"speed": "a table"})


def test_filling_replaces_what_stood_there() -> None:
    before = "a\n<!-- speed -->\nold\n<!-- /speed -->\nb\n"
    assert filler().filled(before, {"speed": "new | 1\\2"}) == "a\n<!-- speed -->\nnew | 1\\2\n<!-- /speed -->\nb\n"
