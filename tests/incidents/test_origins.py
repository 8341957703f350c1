"""Copies, agency lines, one source under several names, and how each stands to the incident."""

from dataclasses import replace

import pytest

from invented_incidents import ARMY, MONITOR, PageSpec, Said, by, incident, killed
from purport.extract import document_of_text
from purport.incident import Incident, Standing
from purport.incidents import with_origins
from purport.incidents.copies import ALL_PAIRS, copies, runs_of_text, share_of
from purport.incidents.origins_marks import marks_of
from purport.incidents.origins_names import acronyms, is_acronym, is_same, shortens
from purport.model import SourceKind, Span, Stance

STORY = (
    "A lorry full of flour was stopped at the bridge on Monday morning and its driver was asked for papers that nobody in the valley had "
    "ever seen. He waited until the evening and then drove home by the old road along the river."
)
OTHER = (
    "The council met on Tuesday in the school hall and spoke for three hours about the price of bread and the broken pump at the square."
)


def standings(found: Incident) -> dict[str, Standing]:
    return {origin.name: origin.standing for origin in with_origins(found).origins}


# ------------------------------------------------------------------ copies
def test_a_copy_is_known_by_its_runs_of_words() -> None:
    pages = [document_of_text(text, id=f"doc-{n}") for n, text in enumerate([STORY, OTHER, STORY.replace("lorry", "truck").upper()])]
    found = copies(pages)
    assert set(found) == {"doc-2"}
    assert found["doc-2"].parent_id == "doc-0" and 0.8 < found["doc-2"].share < 1


def test_an_earlier_page_is_never_a_copy_of_a_later() -> None:
    pages = [document_of_text(STORY, id="doc-b"), document_of_text(STORY, id="doc-a")]
    assert {copy.document_id: copy.parent_id for copy in copies(pages).values()} == {"doc-a": "doc-b"}


def test_many_pages_are_paired_by_minhash_with_the_same_result() -> None:
    texts = [f"{' '.join(f'word{n}x{i}' for i in range(40))}" for n in range(ALL_PAIRS)] + [STORY, STORY + " And that was all.", OTHER]
    pages = [document_of_text(text, id=f"doc-{n:03d}") for n, text in enumerate(texts)]
    found = copies(pages)
    assert {copy.document_id: copy.parent_id for copy in found.values()} == {f"doc-{ALL_PAIRS + 1:03d}": f"doc-{ALL_PAIRS:03d}"}


def test_shares_of_short_and_empty_texts() -> None:
    assert runs_of_text("four words are few") == frozenset()
    assert share_of(frozenset(), runs_of_text(STORY)) == 0.0
    assert share_of(runs_of_text(STORY), runs_of_text(STORY)) == 1.0


def test_a_folded_copy_says_how_much_and_of_what() -> None:
    own = Said(STORY + " Eleven people were killed.", values=(killed(11, 11, "Eleven people"),))
    found = with_origins(incident([PageSpec("Highland Wire Agency", (own,)), PageSpec("Coast Gazette", (own,), "2022-03-08")]))
    (origin,) = found.origins
    assert (origin.name, origin.standing) == ("Highland Wire Agency", Standing.THIRD_PARTY)
    original, copy = origin.folded
    assert original.parent_id is None and copy.parent_id == original.document_id and copy.share == 1.0
    assert "near-copy of the page of Highland Wire Agency: 100%" in copy.why
    assert len(found.independent_sources()) == 1


# ------------------------------------------------------------------ what a page says of itself
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ERBIL, Iraq (Highland Wire Agency) — A bomb went off on Monday.", ["Highland Wire Agency"]),
        ("A bomb went off on Monday.\n\nSource: Sahel Press Agency", ["Sahel Press Agency"]),
        ("A bomb went off on Monday.\n\nTranslated from the Arabic by Sada Idlib", ["Sada Idlib"]),
        ("A bomb went off on Monday.\n\nThis article was first published in Arabic by Sada Idlib.", ["Sada Idlib"]),
        ("A bomb went off on Monday.\n\nRepublished with permission from Sada Idlib.", ["Sada Idlib"]),
        ("A bomb went off on Monday.\n\nWith reporting by Reuters", ["Reuters"]),
        ("A bomb went off on Monday.\n\nPhoto: Reuters", []),
        ("A bomb went off on Monday. The source of the money is not known.", []),
    ],
)
def test_credits(text: str, names: list[str]) -> None:
    assert [credit.name for credit in marks_of(document_of_text(text, outlet="The Harbour Courier")).credits] == names


def test_an_outlet_is_no_credit_of_its_own() -> None:
    assert marks_of(document_of_text("GAO (Niger Bend Daily) — A bomb went off.", outlet="Niger Bend Daily")).credits == ()


@pytest.mark.parametrize(
    ("byline", "names"), [("Reuters", ["Reuters"]), ("Jane Oduya, AFP", ["AFP"]), ("Jane Oduya", []), ("Staff and agencies", [])]
)
def test_bylines(byline: str, names: list[str]) -> None:
    document = replace(document_of_text("A bomb went off."), byline=byline, outlet="The Harbour Courier")
    assert [credit.name for credit in marks_of(document).credits] == names


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("A Courier reporter saw the bodies.", True),
        ("Our correspondent was there.", True),
        ("He told the Courier that he had run.", True),
        ("He told the US that he had run.", False),
        ("The courier brought a letter.", False),
        ("A reporter of another paper saw the bodies.", False),
    ],
)
def test_marks_of_own_reporting(text: str, own: bool) -> None:
    marks = marks_of(document_of_text(text, outlet="The Harbour Courier"))
    assert bool(marks.own or marks.told) is own


# ------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("The UN", "U.N.", True),
        ("OCM", "Orontes Casualty Monitor", True),
        ("SOHR", "the Syrian Observatory for Human Rights", True),
        ("Orontes", "Orontes Casualty Monitor", False),
        ("ocm", "Orontes Casualty Monitor", False),
    ],
)
def test_names_that_are_one(name: str, other: str, same: bool) -> None:
    assert is_same(name, other) is same
    assert is_same(other, name) is same


def test_shorter_names() -> None:
    assert shortens("Hilwani", "Sarmad Hilwani") and shortens("the Observatory", "Syrian Observatory") is False
    assert not shortens("Hilwani", "Hilwani") and not shortens("", "Hilwani")
    assert acronyms("Orontes Casualty Monitor") == {"OCM"} and not is_acronym("The", "Two Hard Errors")


def test_a_monitor_under_three_names_is_one_source() -> None:
    letters = replace(MONITOR, sentence="Nine were killed, OCM said.", who="OCM")
    unnamed = replace(MONITOR, sentence="Nine were killed, a monitoring group said.", who="a monitoring group", flags=())
    found = with_origins(incident([PageSpec(f"Outlet {n}", (said,)) for n, said in enumerate((MONITOR, letters, unnamed))]))
    (origin,) = found.origins
    assert origin.name == "Orontes Casualty Monitor" and origin.standing is Standing.THIRD_PARTY
    assert len(origin.folded) == 3
    assert "“a monitoring group” is taken for Orontes Casualty Monitor" in "".join(folded.why for folded in origin.folded)


# ------------------------------------------------------------------ standing
@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (MONITOR, Standing.THIRD_PARTY),
        (Said("Nine were killed, police said.", "police"), Standing.THIRD_PARTY),
        (Said("Nine were killed, doctors said.", "doctors"), Standing.THIRD_PARTY),
        (Said("Nine were killed, a resident said.", "a resident", kind=SourceKind.WITNESS), Standing.THIRD_PARTY),
        (Said("Nine were killed, officials said.", "officials"), Standing.UNKNOWN),
        (Said("Nine were killed, sources said.", "sources", kind=SourceKind.UNKNOWN), Standing.UNKNOWN),
        (Said("A video said to show it.", "A video", kind=SourceKind.ARTEFACT), Standing.UNKNOWN),
        (Said("Nine were killed, the captive said.", "the captive", kind=SourceKind.CAPTIVE, flags=("duress",)), Standing.CAPTIVE),
        (Said("Nine were killed, the rebels said.", "the rebels", kind=SourceKind.ARMED_GROUP), Standing.PARTY),
        (Said("Nine were killed.", None), Standing.THIRD_PARTY),
    ],
    ids=lambda value: value.who or "the outlet" if isinstance(value, Said) else "",
)
def test_standing(said: Said, standing: Standing) -> None:
    assert set(standings(incident([PageSpec("The Harbour Courier", (said,))])).values()) == {standing}


@pytest.mark.parametrize(
    ("accused", "standing"), [(("MIL-SY", "Syrian forces"), Standing.PARTY), (("MIL-IL", "Israeli forces"), Standing.THIRD_PARTY)]
)
def test_an_army_is_a_party_only_to_what_is_its_own(accused: tuple[str, str], standing: Standing) -> None:
    code, name = accused
    force = replace(ARMY, id="ent-side", name=name, actor_code=code, country=code[-2:])
    army = Said("Nine were killed, the Syrian army said.", "the Syrian army", flags=("named",), entity=ARMY)
    told = Said(f"{name} did it, residents said.", "residents", kind=SourceKind.WITNESS, values=(by(name, code, force.kind),), entity=None)
    found = standings(incident([PageSpec("The Harbour Courier", (army, told))], type="air_strike"))
    assert found["Syrian Arab Army"] is standing


def test_a_state_agency_speaks_for_a_party_in_its_own_voice() -> None:
    own = Said("Islamic State shelled the town and nine were killed.", values=(by("Islamic State", "ARM-IS"),))
    found = incident([PageSpec("Amaq", (own,))])
    (origin,) = with_origins(found).origins
    assert (origin.name, origin.standing) == ("Amaq News Agency", Standing.PARTY)
    assert origin.standing_why == "speaks for Islamic State, a side of this incident"


def test_who_only_denies_is_no_independent_source() -> None:
    deny = Said("Police denied it.", "Police", "denied", stance=Stance.DENIES, denied=True)
    found = with_origins(incident([PageSpec("The Harbour Courier", (MONITOR, deny))]))
    assert {origin.name: origin.tells for origin in found.origins} == {"Orontes Casualty Monitor": True, "police": False}
    assert [origin.name for origin in found.independent_sources()] == ["Orontes Casualty Monitor"]


# ------------------------------------------------------------------ the whole
def test_every_claim_rests_on_at_most_one_origin_and_spans_show_it() -> None:
    found = with_origins(incident([PageSpec("The Harbour Courier", (MONITOR, Said("Nine were killed, police said.", "police")))]))
    claims = [claim for origin in found.origins for folded in origin.folded for claim in folded.claims]
    assert len(claims) == len(set(claims)) == 2
    text = found.tellings[0].document.text
    shown = {span.of(text) for origin in found.origins for folded in origin.folded for span in folded.spans}
    assert shown == {"the Orontes Casualty Monitor", "police"}


def test_the_order_of_pages_makes_no_difference() -> None:
    found = incident(
        [PageSpec(f"Outlet {n}", (said,), f"2022-03-0{n + 1}") for n, said in enumerate((MONITOR, Said("Nine died."), MONITOR))]
    )
    turned = replace(found, tellings=found.tellings[::-1])
    assert with_origins(found).origins == with_origins(turned).origins


def test_pages_without_text_and_incidents_without_pages() -> None:
    found = incident([PageSpec("The Harbour Courier", (Said("Nine died."),))])
    bare = replace(found, tellings=tuple(replace(t, document=replace(t.document, text="", blocks=())) for t in found.tellings))
    assert [origin.name for origin in with_origins(bare).origins] == ["The Harbour Courier"]
    assert with_origins(Incident("inc-0", ())).origins == ()


def test_odd_letters_do_no_harm() -> None:
    odd = Said("\u202eNine died\u0301, the (Mon[itor]* said.", "the (Mon[itor]*", flags=("named",), kind=SourceKind.UNKNOWN)
    found = with_origins(incident([PageSpec("Le\u0301 (Cour[ier]*", (odd,)), PageSpec(None, (odd,), None)]))
    assert found.origins and all(isinstance(span, Span) for o in found.origins for f in o.folded for span in f.spans)
