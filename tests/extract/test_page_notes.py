"""Dates, titles, outlets, captions and furniture that only the look of a page tells."""

import pytest
from made_captures import BODY, html, kinds, page, plain, words

from purport.extract import document_of_text
from purport.model import BlockKind


@pytest.mark.parametrize(
    ("note", "date"),
    [
        ("<div class='info'>Published: 4 May 2019 | Hana Derwish | <a href='#c'>Comments</a></div>", "2019-05-04"),
        ("<div>Posted on 4 May 2019</div>", "2019-05-04"),
        ("<p>Hana Derwish | May 4, 2019</p>", "2019-05-04"),
        ("<div>4 May 2019, 10:30 GMT</div>", "2019-05-04"),
        ("<div>Updated: 4 May 2019 | Hana Derwish</div>", None),
        ("<p>The army published it on 4 May 2019.</p>", None),
        ("<div>Published: 03/04/2019 | Hana Derwish</div>", None),
        ("<div class='related'>Published: 4 May 2019 | Hana Derwish</div>", None),
    ],
)
def test_a_date_at_the_headline(note: str, date: str | None) -> None:
    assert html(page(body=note + BODY)).published == date


def test_a_date_below_the_text_is_another_pages() -> None:
    assert html(page(body=f"{BODY}<div>Published: 4 May 2019 | Hana Derwish</div>")).published is None


@pytest.mark.parametrize(
    ("caption", "picture", "credit"),
    [
        ("Soldiers at a bridge. <cite>Photograph: Orla Finch/OCM</cite>", "Soldiers at a bridge.", "Photograph: Orla Finch/OCM"),
        ("Soldiers at a bridge.<span class='sc-credit'> OCM</span>", "Soldiers at a bridge.", "OCM"),
        ("Soldiers at a bridge <span>(OCM Photo/Orla Finch)</span>", "Soldiers at a bridge", "(OCM Photo/Orla Finch)"),
        ("Soldiers at a bridge / Photo: Mesa Courier archive", "Soldiers at a bridge", "Photo: Mesa Courier archive"),
        ("Soldiers at a bridge, sent by a resident (OCM)", "Soldiers at a bridge, sent by a resident", "(OCM)"),
        ("Fighters of the Free Syrian Army (FSA)", "Fighters of the Free Syrian Army (FSA)", None),
        ("A man holds a photo of his son (left)", "A man holds a photo of his son (left)", None),
    ],
)
def test_a_credit_in_a_caption(caption: str, picture: str, credit: str | None) -> None:
    found = html(page(body=f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>{BODY}"))
    assert words(found, BlockKind.CAPTION) == [picture]
    assert words(found, BlockKind.CREDIT) == ([credit] if credit else [])


def test_a_caption_without_figure_markup() -> None:
    cutline = "<div class='cutline'>Smoke over the road near Kirkuk.</div><div class='photo-credit'>Photo: OCM</div>"
    found = html(page(body=f"<div class='photo'><img src='a.jpg'>{cutline}</div>{BODY}"))
    assert (words(found, BlockKind.CAPTION), words(found, BlockKind.CREDIT)) == (["Smoke over the road near Kirkuk."], ["Photo: OCM"])


def test_the_heading_of_a_form_is_no_text() -> None:
    form = "<section class='Newsletter'><h3>The Dawn Letter</h3><p>All of the news of the day in one short letter.</p></section>"
    assert "Dawn Letter" not in html(page(body=BODY + form + BODY)).text
    assert "Past attacks" in html(page(body=f"{BODY}<section class='latest'><h3>Past attacks</h3>{BODY}</section>")).text


def test_the_sites_name_is_no_headline() -> None:
    head = '<title>Who holds the bridge? ~ Mesa Notes</title><meta property="og:site_name" content="Mesa Notes">'
    body = f"<h1><a href='/'>Mesa Notes</a></h1><div><h3>Who holds the bridge?</h3>{BODY}</div>"
    assert html(f"<html><head>{head}</head><body>{body}</body></html>").title == "Who holds the bridge?"


@pytest.mark.parametrize(
    ("rights", "outlet"), [("Copyright 2019 Mesa Courier Co.", "The Mesa Courier"), ("Copyright 2019 Hill Post Co.", None), ("", None)]
)
def test_an_outlet_in_the_title_needs_the_rights_line(rights: str, outlet: str | None) -> None:
    assert html(page(body=f"{BODY}<table><tr><td>{rights}</td></tr></table>")).outlet == outlet


MENU = "Skip to main content\nHome\nWorld\nMoney\nListen live\nSign in\n"
STORY = "Gunmen freed four aid workers near Kirkuk on Saturday, the army said.\n\nNo ransom was paid, an official said.\n"


def test_the_entries_of_a_menu_go_and_a_short_headline_stays() -> None:
    found = plain(f"{MENU}\nFour freed\n\n{STORY}")
    assert (found.title, kinds(found)) == ("Four freed", ["headline", "paragraph", "paragraph"])
    assert plain(f"News\nFour freed\nShare\n\n{STORY}").title == "Four freed"


def test_the_outlets_own_name_signs_a_caption() -> None:
    found = plain(f"Four freed near Kirkuk\n\nThe road to Kirkuk on Friday (Mesa Courier)\n\n{STORY}\n© 2019 Mesa Courier Media.")
    assert (words(found, BlockKind.CAPTION), words(found, BlockKind.CREDIT)) == (["The road to Kirkuk on Friday"], ["(Mesa Courier)"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Army kills nine in Daraa\n\nGovernment soldiers shot dead nine people in Daraa on Friday", ["headline", "paragraph"]),
        ("Nobody was hurt in the blast on Friday\n\nArmy leaves Daraa at last", ["paragraph", "paragraph"]),
        (f"{STORY}Prev Post\nMarket | Rockets hit a market\nNext Post\nDam | Planes bomb a dam", ["paragraph", "paragraph"]),
        (f"{STORY}Read also: Planes bomb a dam\nThe army denied it.", ["paragraph", "paragraph", "paragraph"]),
        (f"{STORY}Next post is at the bridge, he said.\nPrevious posts were burned", ["paragraph"] * 4),
    ],
)
def test_text_as_it_stands(text: str, expected: list[str]) -> None:
    assert kinds(document_of_text(text)) == expected
