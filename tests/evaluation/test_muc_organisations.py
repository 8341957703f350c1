"""Which organisation a page in capitals holds responsible, by which name, and how sure it is."""

from collections.abc import Sequence

import pytest
from evaluation.tasks.muc_names import bare, mentions
from evaluation.tasks.muc_organisations import Page, candidates, confidence, responsible, weights
from evaluation.tasks.muc_participants import participants, templates_of

from purport.model import Entity, EntityKind, Span, Tagged

FMLN = Entity("e1", "Farabundo Marti National Liberation Front", EntityKind.ARMED_GROUP, "ARM-FMLN")
MRTA = Entity("e2", "Tupac Amaru Revolutionary Movement", EntityKind.ARMED_GROUP, "ARM-MRTA")


class GivenTags:
    """What an encoder might say: chances by the words that a stretch holds."""

    def __init__(self, text: str, **by_label: dict[str, float]) -> None:
        self._text, self._by_label = text, by_label

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        return self._by_label.get(label, {}).get(" ".join(span.of(self._text).split()), 0.0)

    def likely(self, head: str, label: str, *, least: float) -> tuple[Tagged, ...]:
        known = [(name, chance) for name, chance in self._by_label.get(label, {}).items() if chance >= least]
        found = (Tagged(span, label, chance) for name, chance in known for span in mentions(self._text, name))
        return tuple(sorted(found, key=lambda tagged: tagged.span))

    def spans(self, head: str) -> tuple[Tagged, ...]:
        return ()

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        return ()

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        return ((),) * len(anchors)

    def number(self, head: str, span: Span) -> float:
        return 0.0


def page(text: str, *entities: Entity, **chances: float) -> Page:
    marked = {name.replace("_", " "): chance for name, chance in chances.items()}
    return Page(text, GivenTags(text, perp_org=marked), entities, (text.find("ATTACK"),), ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [("THE  GUERRILLAS,", "GUERRILLAS"), ("two\nsoldiers", "SOLDIERS"), ("30 MEN", "MEN"), ("THE", "")],
)
def test_bare_names(words: str, expected: str) -> None:
    assert bare(words) == expected


def test_names_are_found_over_line_ends_as_whole_words() -> None:
    text = "THE NATIONAL\nPOLICE AND THE NATIONAL POLICEMEN"
    assert [span.of(text) for span in mentions(text, "NATIONAL POLICE")] == ["NATIONAL\nPOLICE"]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("THE FMLN ATTACKED A BRIDGE. THE FMLN LEFT.", (FMLN,), {("FMLN",)}),
        ("FMLN, THE FARABUNDO MARTI NATIONAL LIBERATION FRONT.", (FMLN,), {("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "FMLN")}),
        ("THE ARMED\nFORCES SHELLED A VILLAGE.", (), {("ARMED FORCES",)}),
        ("THE ARMY OF NATIONAL LIBERATION AND THE ARMY.", (), {("ARMY",)}),
        ("THE TREASURY POLICE AND THE POLICE.", (), {("TREASURY POLICE",), ("POLICE",)}),
        ("THAT IS A FACT.", (), set()),
    ],
)
def test_candidates_are_named_as_the_page_names_them(text: str, entities: tuple[Entity, ...], expected: set[tuple[str, ...]]) -> None:
    assert {c.names for c in candidates(page(text, *entities))} == expected


def test_what_only_the_encoder_marks_is_a_candidate() -> None:
    found = candidates(page("THE NIGHT OWLS ATTACKED A POST.", NIGHT_OWLS=0.6, POST=0.1))
    assert [(c.kind, c.names) for c in found] == [("marked", ("NIGHT OWLS",))]


def test_the_likeliest_alone_is_responsible_and_nobody_if_all_are_unlikely() -> None:
    text = "THE MRTA ATTACKED A BANK. THE MRTA FLED. THE FMLN SENT A MESSAGE."
    sure = page(text, MRTA, FMLN, MRTA=0.7, FMLN=0.05)
    assert [o["name"] for o in responsible(sure)] == ["MRTA"]
    assert responsible(page(text, MRTA, FMLN, MRTA=0.01, FMLN=0.01)) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("THE MRTA ATTACKED A BANK AND KILLED TWO GUARDS.", "REPORTED AS FACT"),
        ("IN A CALL TO A RADIO STATION THE MRTA CLAIMED RESPONSIBILITY FOR THE ATTACK. IN ITS COMMUNIQUE THE MRTA CLAIMED CREDIT.",
         "CLAIMED OR ADMITTED"),
    ],
)  # fmt: skip
def test_confidence_follows_the_cues(text: str, label: str) -> None:
    given = page(text, MRTA)
    found = candidates(given)
    assert confidence(found[0], found, given) == label


def test_every_weight_has_a_sign_that_can_hold() -> None:
    known = weights()
    cues, nouns = set(known["cues"]), {noun.split()[-1] for noun in known["nouns"]}
    for sign in {sign for part in (known["choice"], *known["confidence"].values()) for sign in part}:
        kind, _, word = sign.partition(": ")
        assert kind not in ("page", "sentence", "beside") or word in cues
        assert kind != "noun" or word in nouns


def test_a_page_has_one_hand_for_all_its_incidents() -> None:
    text = "GUERRILLAS BOMBED A BRIDGE." + " " * 200 + "MEN ATTACKED A CLERK."
    tags = GivenTags(text, perp_individual={"GUERRILLAS": 0.6, "MEN": 0.2}, physical_target={"BRIDGE": 0.8}, victim={"CLERK": 0.9})
    organisation = {"name": "MRTA", "confidence": "POSSIBLE"}
    made = templates_of(text, tags, places={"BOMBING": [11], "ATTACK": [232]}, organisations=[organisation])
    assert {t["type"]: (t["physical_targets"], t["victims"]) for t in made} == {"BOMBING": (["BRIDGE"], []), "ATTACK": ([], ["CLERK"])}
    assert all(t["perp_individuals"] == ["GUERRILLAS"] and t["perp_orgs"] == [organisation] for t in made)


@pytest.mark.parametrize(
    ("text", "victims", "expected"),
    [
        ("MINISTER JUAN PAZ DIED. MR PAZ WAS 50.", ["MINISTER", "JUAN PAZ", "PAZ"], ["JUAN PAZ"]),
        ("MINISTER JUAN PAZ DIED. THE MINISTER WAS 50.", ["MINISTER", "JUAN PAZ"], ["JUAN PAZ", "MINISTER"]),
        ("TWO VILLAGE TEACHERS DIED. ONE TEACHER FLED.", ["VILLAGE TEACHERS", "TEACHER"], ["VILLAGE TEACHERS"]),
        ("THE GUARDS OF JUSTICE DIED.", ["OF JUSTICE"], ["JUSTICE"]),
    ],
)
def test_each_victim_is_named_once(text: str, victims: list[str], expected: list[str]) -> None:
    found = participants(text, GivenTags(text, victim=dict.fromkeys(victims, 0.9)))
    assert sorted(name for _, name in found) == expected
