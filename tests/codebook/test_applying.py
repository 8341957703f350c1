"""What a codebook makes of events: types by words, conditions and package types; names of roles; statuses."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from invented_reports import bomb_page
from purport.codebook import own_role, own_status, package_type, role_name, types_in_use, using
from purport.codebook.applying import type_of
from purport.codebook.in_use import in_use, per_codebook
from purport.codebook.parsing import of_text
from purport.model import (
    Claim,
    Count,
    EntityKind,
    Event,
    Factuality,
    Place,
    Report,
    Role,
    Span,
    Thing,
    Value,
)
from purport.wording import claim_role, label, status_label

HEAD = "name: mine\nversion: 1\n"
WHERE = (Span(0, 3),)


def claim(role: Role, value: Value, *, factuality: Factuality = Factuality.CERTAIN) -> Claim:
    words = value.name if isinstance(value, (Thing, Place)) else ""
    return Claim(f"clm-{role}", "evt-1", role, value, words, WHERE, None, factuality)


CIVILIANS = claim(Role.TARGET, Thing("two farmers", EntityKind.GROUP_OF_PEOPLE))
SOLDIERS = claim(Role.TARGET, Thing("soldiers", EntityKind.FORCE, actor_code="MIL-SY"))
DEAD = claim(Role.COUNT, Count("killed", 3, None))


def event(*claims: Claim, type: str = "killing", reality: str = "actual") -> Event:
    return Event("evt-1", "doc-1", type, WHERE, claims, reality=reality)


RULES = [
    ("from: killing", (), "", "a"),
    ("from: abuse", (), "", None),
    ("from: {type: killing, when: {target: {kind: people}}}", (CIVILIANS,), "", "a"),
    ("from: {type: killing, when: {target: {kind: people}}}", (SOLDIERS,), "", None),
    ("from: {type: killing, when: {target: {kind: people}}}", (), "", None),
    ("from: {type: killing, when: {target: {}}}", (SOLDIERS,), "", "a"),
    ("from: {type: killing, when: {target: {words: [farmer]}}}", (CIVILIANS,), "", "a"),
    ("from: {type: killing, when: {target: {words: [arm]}}}", (CIVILIANS,), "", None),
    ("from: {type: killing, when: {target: {code: MIL-SY}}}", (SOLDIERS,), "", "a"),
    ("from: {type: killing, when: {target: {words: [soldier], kind: people}}}", (SOLDIERS, CIVILIANS), "", None),
    ("from: {type: killing, when: {count: killed}}", (DEAD,), "", "a"),
    ("from: {type: killing, when: {count: {kind: killed, at_least: 3}}}", (DEAD,), "", "a"),
    ("from: {type: killing, when: {count: {kind: killed, at_least: 4}}}", (DEAD,), "", None),
    ("from: {type: killing, when: {count: {kind: killed, at_most: 2}}}", (DEAD,), "", None),
    ("from: {type: killing, when: {count: injured}}", (DEAD,), "", None),
    ("from: {type: killing, when: {trigger: [behead]}}", (), "beheaded\nbehead", "a"),
    ("from: {type: killing, when: {trigger: [behead]}}", (), "killed\nkill", None),
    ("from: {type: killing, when: {reality: negated}}", (), "", None),
    ("from: {type: killing, when: {target: {}, unless: {target: {kind: force}}}}", (CIVILIANS,), "", "a"),
    ("from: {type: killing, when: {target: {}, unless: {target: {kind: force}}}}", (SOLDIERS,), "", None),
    ("from: {type: killing, when: {unless: {count: killed, target: {kind: force}}}}", (DEAD,), "", None),
    (
        "from: {type: killing, when: {target: {kind: people}}}",
        (replace(CIVILIANS, factuality=Factuality.NOT_CERTAIN),),
        "",
        None,
    ),
]


@pytest.mark.parametrize(("rule", "claims", "words", "wanted"), RULES)
def test_conditions(rule: str, claims: tuple[Claim, ...], words: str, wanted: str | None) -> None:
    book = of_text(f"{HEAD}extends: none\ntypes:\n  a: {{{rule}}}\n")
    assert type_of(event(*claims), book=book, words=words) == wanted


ORDER = (
    "types:\n  plain: {from: killing}\n  of_people: {from: {type: killing, when: {target: {kind: people}}}}\n"
    "  worded: {like: killing, words: {nouns: [slaying]}}\n"
)


@pytest.mark.parametrize(
    ("claims", "said", "wanted"),
    [((), "", "plain"), ((CIVILIANS,), "", "of_people"), ((CIVILIANS,), "worded", "worded"), ((CIVILIANS,), "plain", "of_people")],
)
def test_words_then_conditions_then_the_rest(claims: tuple[Claim, ...], said: str, wanted: str) -> None:
    assert type_of(event(*claims), book=of_text(HEAD + ORDER), said=said) == wanted


def test_types_of_the_package_stay_unless_they_are_taken_or_left_out() -> None:
    book = of_text(HEAD + "leave_out: riot\n" + ORDER)
    with using(book):
        types = types_in_use()
        assert types[:3] == ("plain", "of_people", "worded")
        assert "killing" not in types and "riot" not in types and "shelling" in types
        assert package_type("worded") == "killing"
        assert package_type("shelling") == "shelling"
    assert type_of(event(type="riot"), book=book) is None
    assert type_of(event(type="shelling"), book=book) == "shelling"
    assert type_of(event(type="shelling"), book=of_text(HEAD + "extends: none\n" + ORDER)) is None
    assert len(types_in_use()) == 18


ROLES = (
    "types:\n  a: {from: killing}\n  b: {from: abuse}\nroles:\n  victim: {fills: target}\n  fallen: {fills: target, label: Fallen, of: a}\n"
    "  soldier: {fills: target, of: a, only: {kind: force}}\n  dead: {fills: count, count: killed, label: Dead}\n"
    "  why: {by: hand, question: 'Why?'}\n"
)


def test_roles_have_the_most_particular_name() -> None:
    with using(of_text(HEAD + ROLES)):
        names = [
            getattr(own_role(each, type), "code", "") for each, type in [(CIVILIANS, "b"), (CIVILIANS, "a"), (SOLDIERS, "a"), (DEAD, "a")]
        ]
        assert names == ["victim", "fallen", "soldier", "dead"]
        assert claim_role(CIVILIANS, "a") == "Fallen"
        assert claim_role(claim(Role.PLACE, Place("Gao")), "a") == "place"
        assert role_name(Role.TARGET, ["b"]) == "victim"
        assert role_name(Role.COUNT, ["a", "b"], count="killed") == "Dead"
        assert role_name(Role.COUNT, ["a"], count="injured") == ""
    assert claim_role(CIVILIANS, "a") == "target"


STATUSES = (
    "statuses:\n  denied: {when: {reality: negated}}\n  sure: {label: Sure, when: {certainty: certain, voice: outlet}}\n"
    "  two: {when: {sources: 2}}\n  told: {label: Told}\n"
)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [({}, "sure"), ({"reality": "negated"}, "denied"), ({"certainty": "possible"}, "told"), ({"reality": "unrealised"}, "sure")],
)
def test_the_first_status_that_fits(change: dict[str, str], wanted: str) -> None:
    _, report = bomb_page()
    told = replace(report.events[0], voice="outlet", certainty="certain", disputed=False, reality="actual")
    told = replace(told, **change)  # type: ignore[arg-type]
    with using(of_text(HEAD + STATUSES)):
        found = own_status(told, report)
        assert found is not None
        assert found.code == wanted
        assert status_label(told, report) == found.label
    assert own_status(told, report) is None


def test_labels_are_those_of_the_codebook_in_use() -> None:
    with using(of_text(HEAD + "types:\n  a: {from: killing, label: Death by IED}\n")):
        assert label("a") == "Death by IED"
    assert label("a") == "a"


def test_what_is_made_per_codebook_is_made_once_for_each() -> None:
    made: list[str] = []

    @per_codebook
    def name() -> str:
        made.append(in_use().name)
        return in_use().name

    book = of_text(HEAD + ORDER)
    for _ in range(3):
        assert name() == ""
        with using(book):
            assert name() == "mine"
    assert made == ["", "mine"]


def test_leaving_a_block_by_an_error_restores_what_was_in_use() -> None:
    def fail() -> Iterator[None]:
        with using(of_text(HEAD)):
            raise RuntimeError
        yield

    with pytest.raises(RuntimeError):
        next(fail())
    assert not in_use()


def test_an_event_that_is_left_out_takes_nothing_else_along() -> None:
    from purport.codebook import as_coded

    _, report = bomb_page()
    with using(of_text(HEAD + "extends: none\ntypes:\n  a: {from: shelling}\n")):
        coded = as_coded(report, said={}, words={})
    assert isinstance(coded, Report)
    assert {each.type for each in coded.events} == {"a"}
    assert coded.attributions == report.attributions
    (kept,) = coded.events
    (before,) = [each for each in report.events if each.id == kept.id]
    assert [each.id for each in kept.claims if each.role is not Role.TYPE] == [
        each.id for each in before.claims if each.role is not Role.TYPE
    ]
    changed = [(old.id, new.id) for old, new in zip(before.claims, kept.claims, strict=True) if old.role is Role.TYPE]
    assert all(old != new for old, new in changed)
