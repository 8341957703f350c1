import pytest
from made_captures import kinds, plain, words

from purport.errors import InputError
from purport.model import BlockKind

COPIED = """Skip to content
Menu
The Mesa Courier
Share
Listen

Four soldiers killed near Kirkuk

Army blames Islamic State for ambush on a convoy
By Hana Derwish
Published: 4 May 2019 10:00 GMT
Soldiers on patrol outside Kirkuk in March (Lens Desk/AFP)

KIRKUK (Mesa Courier) – Four soldiers were killed on Saturday when gunmen ambushed a convoy near Kirkuk, the army said.

A spokesman blamed Islamic State for the attack.

Advertisement

No claim of responsibility

There was no immediate claim of responsibility.

Read more: Two policemen wounded in Mosul

Related stories
Bomb kills three in Baghdad market
Will the truce hold?
Drone hits fuel depot in Erbil

Stay informed with the Courier's newsletters

Sign up to get the latest alerts and analysis, starting with our weekly digest
© 2019 Mesa Courier Media. All rights reserved.
The Mesa Courier delivers independent coverage of the region. To learn more about republishing this content, please fill out this form.
"""


def test_a_page_copied_by_hand() -> None:
    found = plain(COPIED)
    assert kinds(found) == [
        "headline",
        "standfirst",
        "byline",
        "caption",
        "credit",
        "dateline",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert found.title == "Four soldiers killed near Kirkuk"
    assert (found.outlet, found.byline) == ("The Mesa Courier", "Hana Derwish")
    assert (found.published, found.published_from) == ("2019-05-04", "line: Published: 4 May 2019 10:00 GMT")
    assert found.rights == "© 2019 Mesa Courier Media. All rights reserved."
    assert words(found, BlockKind.CAPTION) == ["Soldiers on patrol outside Kirkuk in March"]


@pytest.mark.parametrize(
    "gone",
    ["Skip to", "Menu", "Listen", "Baghdad market", "truce hold", "fuel depot", "newsletters", "alerts", "republishing", "Advertisement"],
)
def test_furniture_of_a_copied_page_is_listed(gone: str) -> None:
    found = plain(COPIED)
    assert gone not in found.text
    assert any(gone in line for line in found.furniture)


def test_a_copied_page_without_a_date_is_undated() -> None:
    found = plain(COPIED.replace("Published: 4 May 2019 10:00 GMT\n", ""))
    assert (found.published, found.published_from) == (None, None)


WIRE = """   LIMA, 4 FEB 90 (EFE) -- [TEXT] THE ARMY DENIED TODAY THAT
GUERRILLAS ATTACKED A FARM, LOCATED ON THE PACIFIC SIDE, WHERE
THE MINISTER HAS BEEN STAYING SINCE FRIDAY.

   HOWEVER, A SPOKESMAN SAID THAT THE ATTACK, WHICH RESULTED IN
THE DEATH OF A CIVILIAN WHO WAS PASSING BY, WAS REAL.
"""


def test_wrapped_lines_are_joined() -> None:
    found = plain(WIRE)
    assert words(found, BlockKind.DATELINE) == ["LIMA, 4 FEB 90 (EFE) -- [TEXT]"]
    assert [len(text.split("\n")) for text in words(found, BlockKind.PARAGRAPH)] == [1, 1]
    assert found.text.split() == WIRE.split()
    assert (found.published, found.published_from) == ("1990-02-04", "dateline")


def test_text_alone_is_enough() -> None:
    assert kinds(plain("Gunmen killed four soldiers near Kirkuk")) == ["paragraph"]
    assert plain("Gunmen killed four soldiers near Kirkuk on Monday.").text == "Gunmen killed four soldiers near Kirkuk on Monday."


@pytest.mark.parametrize("content", [b"", b"\x00\x00", b" \n\n ", b"2019 2020"])
def test_text_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        plain(content)


def test_spans_are_the_blocks_words() -> None:
    found = plain(COPIED)
    assert all(span.of(found.text) == span.of(found.text).strip() != "" for span in (block.span for block in found.blocks))
    assert all(a.span.end <= b.span.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))
    assert plain(COPIED) == found
