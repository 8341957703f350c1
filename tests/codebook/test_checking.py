"""What ``purport codebook check`` finds in a codebook of the right form."""

import pytest

from purport.codebook.checking import check
from purport.codebook.parsing import parse

HEAD = "name: mine\nversion: 1\n"
DONE = "definition: d, examples: [An example.]"


def findings(text: str) -> list[str]:
    book, found = parse((HEAD + text).encode(), where="f.yaml")
    assert book is not None
    assert not found, found
    return [str(each) for each in check(book, where="f.yaml")]


FOUND = [
    ("types:\n  a: {label: A}", "f.yaml:4: warning: type a: no words and no `from`, so the reader never finds it."),
    ("types:\n  a: {from: killing}", "f.yaml:4: warning: type a: no definition."),
    ("types:\n  a: {from: killing}", "f.yaml:4: warning: type a: no example."),
    (
        "types:\n  a:\n    words:\n      nouns: [foray]\n  b:\n    words:\n      nouns:\n        - foray",
        "f.yaml:10: type b: 'foray' is a word of a already (line 6).",
    ),
    ("types:\n  a: {words: {phrases: [heart attack]}}", "f.yaml:4: warning: type a: the package holds 'heart attack' for no event."),
    ("types:\n  a: {words: {nouns: [earthquake]}}", "f.yaml:4: warning: type a: the package holds 'earthquake' for an accident."),
    (
        "types:\n  a: {like: killing, words: {nouns: [kidnapping]}}",
        "f.yaml:4: warning: type a: 'kidnapping' is the package's word for abduction.",
    ),
    (
        "types:\n  a: {from: killing}\n  b:\n    from:\n      - killing",
        "f.yaml:7: type b: never made from killing, which a takes (line 4).",
    ),
    ("leave_out: killing\ntypes:\n  a: {from: killing}", "f.yaml:5: type a: killing stands under leave_out too."),
    (
        "types:\n  a: {from: {type: killing, when: {count: {kind: killed, at_least: 5, at_most: 2}}}}",
        "f.yaml:4: type a: a condition that never holds (at least 5 and at most 2 killed).",
    ),
    (
        "types:\n  a: {from: {type: killing, when: {target: {kind: person}, unless: {target: {kind: person}}}}}",
        "f.yaml:4: type a: a condition that never holds (target is asked for and ruled out).",
    ),
    (
        "types:\n  a: {from: {type: killing, when: {reality: actual, unless: {reality: actual}}}}",
        "f.yaml:4: type a: a condition that never holds (the reality is asked for and ruled out).",
    ),
    ("groups:\n  g: {label: G}\ntypes:\n  a: {from: killing}", "f.yaml:4: warning: group g: no type stands in it."),
    ("types:\n  a: {from: killing, key: k}\n  b: {from: abuse, key: k}", "f.yaml:5: type b: the key 'k' is that of a (line 4)."),
    ("types:\n  a: {from: killing, label: X}\n  b: {from: abuse, label: x}", "f.yaml:4: type a: another type has the label 'X' too."),
    ("types:\n  a: {words: {nouns: [foray]}}", "f.yaml:4: warning: type a: no code for PLOVER and POLECAT, ACLED, GDELT, GTD"),
    ("types:\n  a: {from: threat}\ncrosswalks:\n  a: {acled: none}", "f.yaml:4: warning: type a: no code for GTD"),
    ("roles:\n  a: {fills: target}\n  b: {fills: target}", "f.yaml:5: role b: a fills target already (line 4)."),
    ("statuses:\n  a: {label: A}\n  b: {when: {disputed: yes}}", "f.yaml:5: status b: nothing reaches it."),
    ("statuses:\n  a: {when: {reality: negated, status: fact}}\n  b: {label: B}", "f.yaml:4: status a: nothing reaches it."),
    ("statuses:\n  a: {when: {voice: outlet}}", "f.yaml:4: warning: what is told as"),
    ("actors:\n  - {code: A, name: B, kind: ngo}\n  - {code: A, name: C, kind: ngo}", "f.yaml:3: actors: the code A stands there 2 times."),
    ("lexicons:\n  hearsay: [{word: mayhap}, {word: mayhap}]", "f.yaml:3: lexicons, hearsay: 'mayhap' stands there twice."),
    ("extends: purport", "f.yaml:1: warning: it changes nothing."),
]


@pytest.mark.parametrize(("text", "finding"), FOUND, ids=[finding for _, finding in FOUND])
def test_finding(text: str, finding: str) -> None:
    assert any(each.startswith(finding) for each in findings(text)), findings(text)


def test_nothing_to_find() -> None:
    text = f"types:\n  a: {{from: abduction, {DONE}}}\nstatuses:\n  no: {{when: {{reality: negated}}}}\n  told: {{label: Told}}"
    assert findings(text) == []
