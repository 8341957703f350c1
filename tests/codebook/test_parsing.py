"""The form of a codebook: what is taken, what is noted with its line, what a hostile file cannot do."""

from pathlib import Path

import pytest

from purport.codebook.parsing import load_codebook, of_text, parse, read
from purport.errors import InputError

HEAD = "name: mine\nversion: 1\n"


def findings(text: str | bytes, *, actors: str = "") -> list[str]:
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    return [str(each) for each in parse(content, actors=actors, where="f.yaml")[1]]


WRONG = [
    ("typs: {}", "f.yaml:3: unknown key 'typs'. Did you mean `types`."),
    ("types:\n  a:\n    defintion: x", "f.yaml:5: types a: unknown key 'defintion'. Did you mean `definition`."),
    ("types:\n  Arrest: {}", "f.yaml:4: types Arrest: is no code. "),
    ("types:\n  none: {}", "f.yaml:4: types none: is no code. "),
    ("types:\n  a: {from: detenton}", "f.yaml:4: types a, from: unknown word 'detenton'. Did you mean 'detention'."),
    (
        "types:\n  a:\n    from:\n      - {type: killing, when: {target: {kind: soldier}}}",
        "f.yaml:6: types a, from, when, target, kind: unknown word 'soldier'.",
    ),
    ("types:\n  a: {words: {verbs: {atack: [x]}}}", "f.yaml:4: types a, words, verbs: unknown key 'atack'. Did you mean `attack`."),
    ("types:\n  a: {group: b}", "f.yaml:4: types a, group: unknown word 'b'."),
    ("types:\n  a: {key: xy}", "f.yaml:4: types a, key: 'xy' is no key."),
    ("types:\n  a: [1]", "f.yaml:4: types a: keys are wanted here."),
    ("types:\n  a: {label: [x]}", "f.yaml:4: types a, label: one value is wanted here."),
    ("extends: acled", "f.yaml:3: extends: unknown word 'acled'."),
    ("leave_out: [wars]", "f.yaml:3: leave_out: unknown word 'wars'."),
    ("roles:\n  r: {label: R}", "f.yaml:4: roles r: is filled by nobody."),
    ("roles:\n  r: {fills: target, by: hand}", "f.yaml:4: roles r: is filled twice."),
    ("roles:\n  r: {fills: count}", "f.yaml:4: roles r: does not say which count."),
    ("roles:\n  r: {by: hand, form: choice}", "f.yaml:4: roles r: a choice without choices."),
    ("roles:\n  r: {by: hand, form: choice, choices: {yy: a}}", "f.yaml:4: roles r, choices yy: 'yy' is no key."),
    ("roles:\n  type: {by: hand}", "f.yaml:4: roles type: has the name of a field that there is."),
    ("roles:\n  r: {fills: place, only: {kind: person}}", "f.yaml:4: roles r, only: a value of place has no kind."),
    ("statuses:\n  s: {when: {reality: real}}", "f.yaml:4: statuses s, when, reality: unknown word 'real'."),
    ("statuses:\n  s: {when: {disputed: maybe}}", "f.yaml:4: statuses s, when, disputed: neither yes nor no: 'maybe'."),
    ("statuses:\n  s: {when: {sources: two}}", "f.yaml:4: statuses s, when, sources: no whole number: 'two'."),
    (
        "lexicons: {cue_verbs: [{word: aver, stance: sayz}]}",
        "f.yaml:3: lexicons, cue_verbs, stance: unknown word 'sayz'. Did you mean 'says'.",
    ),
    ("actors:\n  - {code: A, name: B}", "f.yaml:4: actors, kind: is missing."),
    ("types:\n  a: {from: killing}\ncrosswalks:\n  b: {gtd: 1}", "f.yaml:6: crosswalks b: is no type of the codebook."),
    ("types:\n  a: {from: killing}\ncrosswalks:\n  a: {gtd: 12}", "f.yaml:6: crosswalks a gtd: no code of GTD: 12."),
    ("types:\n  a: {from: killing}\ncrosswalks:\n  a: {plover: [ASSAULT]}", "f.yaml:6: crosswalks a plover: 1 values."),
    ('types:\n  a: {label: "x\\u202Ey"}', "f.yaml:4: types a, label: characters that are not seen or turn text round."),
]


@pytest.mark.parametrize(("text", "finding"), WRONG, ids=[text for text, _ in WRONG])
def test_what_is_not_in_the_form_is_named_with_its_line(text: str, finding: str) -> None:
    assert any(each.startswith(finding) for each in findings(text)), findings(text)


HOSTILE = [
    (b"a: &x [1]\nb: *x\n", "f.yaml:1: an anchor or alias"),
    (b"a: &a [l, l]\nb: &b [*a, *a]\n" * 3, "f.yaml:1: an anchor or alias"),
    (b"name: !!python/object/apply:os.system [ls]\n", "f.yaml:1: a tag (!)"),
    (b"name: " + b"[" * 5000, "f.yaml:1: nested too deeply"),
    (b"name: " + b"{a: " * 2000, "f.yaml:1: nested too deeply"),
    (b"name: \xff\xfe\n", "f.yaml:1: not UTF-8"),
    (b"a: 1\nb: " + b"x" * 20_000, "f.yaml:2: a line of more than"),
    (b"a: 1\n" * 250_000, "f.yaml:1: larger than"),
    (b"a: 1\na: 2\n", "f.yaml:2: the key 'a' stands here twice"),
    (b"a: 1\n---\nb: 2\n", "f.yaml:2: several documents"),
    (b"a: [1\n", "f.yaml:2: not valid YAML"),
    (b"? [a]\n: b\n", "f.yaml:1: a key that is no word"),
    (b"just words\n", "f.yaml:1: not a codebook"),
    (b"", "f.yaml:1: not a codebook"),
    (b"a: \x00\n", "f.yaml:1: not valid YAML"),
]


@pytest.mark.parametrize(("content", "finding"), HOSTILE, ids=[finding for _, finding in HOSTILE])
def test_a_hostile_file_is_refused(content: bytes, finding: str) -> None:
    book, found = parse(content, where="f.yaml")
    assert book is None
    assert str(found[0]).startswith(finding)


def test_words_stay_words() -> None:
    """Norway's problem: no, on, 1.0 and dates are not turned into other things."""
    book = of_text(HEAD + "types:\n  a: {label: no, words: {nouns: [on, 1.0, 2020-01-01]}}")
    assert book.types["a"].label == "no"
    assert book.types["a"].words.nouns == ("on", "1.0", "2020-01-01")


def test_an_error_lists_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text("name: mine\ntypes:\n  a: {form: killing}\n")
    with pytest.raises(InputError, match=r"2 errors:\n.*book\.yaml:1: .*version.*\n.*book\.yaml:3: .*unknown key 'form'"):
        load_codebook(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        load_codebook(tmp_path / "none.yaml")


ACTORS = "code\tname\taliases\tkind\tcountry\tparty\nOWN-1\tLake Basin Fighters\tBasin Fighters\tarmed_group\tNG\tyes\n"


def test_actors_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text(ACTORS)
    path = tmp_path / "book.yaml"
    path.write_text(HEAD + "actors: actors.tsv\n")
    book = load_codebook(path)
    assert [row["code"] for row in book.actors] == ["OWN-1"]
    assert of_text(book.text, actors=book.actors_text) == book
    (tmp_path / "actors.tsv").write_text(ACTORS.replace("Lake", "Lago"))
    assert load_codebook(path) != book


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("../actors.tsv", ACTORS, "not a file beside the codebook"),
        ("none.tsv", None, "cannot be opened"),
        ("actors.tsv", "code\tfoo\n", "columns code, foo"),
        ("actors.tsv", ACTORS.replace("armed_group", "army"), "row in line 2 of the list lacks a code, a name or a known kind"),
    ],
)
def test_an_actor_list_that_cannot_be_used(tmp_path: Path, name: str, content: str | None, finding: str) -> None:
    if content is not None and "/" not in name:
        (tmp_path / name).write_text(content)
    path = tmp_path / "book.yaml"
    path.write_text(HEAD + f"actors: {name}\n")
    found = [str(each) for each in read(path)[1]]
    assert len(found) == 1
    assert found[0].startswith(f"{path}:3: ")
    assert finding in found[0]
