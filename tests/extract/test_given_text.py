import pytest
from made_captures import kinds, words

from purport.extract import document_of_text
from purport.extract.paragraphs import paragraphs_of
from purport.model import BlockKind, Document

STORY = "The army said four soldiers were killed on Monday. The rebels denied that."


def covered(found: Document) -> str:
    return "".join(found.text[block.span.start : block.span.end] for block in found.blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STORY, ["paragraph"]),
        ("Someone was not bothered that a thing happened", ["paragraph"]),
        (f"Four killed near Kirkuk\n{STORY}", ["headline", "paragraph"]),
        (f"Four killed near Kirkuk\nMay 4, 2019\n{STORY}", ["headline", "dateline", "paragraph"]),
        (f"\n\nNAIROBI, Kenya (AP) _\n\n{STORY}\n\n{STORY}", ["dateline", "paragraph", "paragraph"]),
        (f"BEIRUT, March 3 (Reuters) - {STORY}", ["dateline", "paragraph"]),
        (f"{STORY}\nPast attacks\n{STORY}", ["paragraph", "heading", "paragraph"]),
        (f"{STORY}\n- Two of the dead were officers.\n- Five were wounded.", ["paragraph", "list_item", "list_item"]),
        (f"{STORY}\nRelated Articles\nBomb kills three in Baghdad market\nDrone hits depot", ["paragraph"]),
        (f"{STORY}\nNobody was hurt in a second blast", ["paragraph", "paragraph"]),
        (f"{STORY}\n© 2019 Mesa Courier", ["paragraph", "rights"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    found = document_of_text(text)
    assert kinds(found) == expected
    assert found.text == text


def test_the_title_tells_the_headline() -> None:
    assert words(document_of_text(f"Four die in blast. {STORY}", title="Four die in blast"), BlockKind.HEADLINE) == ["Four die in blast."]
    assert kinds(document_of_text(f"Four die in blast.\n\n{STORY}", title="Four die in blast")) == ["headline", "paragraph"]


@pytest.mark.parametrize(
    "text", [STORY, f"  {STORY}\n\n   LIMA (EFE) -- {STORY}\r\n", "نص\u200cعربي e\u0301.\n" + STORY, "\n".join(STORY.split())]
)
def test_no_word_is_lost(text: str) -> None:
    assert "".join(covered(document_of_text(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The army said that four of its\nsoldiers had been killed on the\nroad to Kirkuk early on Monday\nby gunmen of Islamic State.", 1),
        (
            "   The army said that four of its\nsoldiers had been killed on the\nroad to Kirkuk early on Monday.\n"
            "   The rebels denied that they had\nhad any hand in it.",
            2,
        ),
        ("The army said so.\nThe rebels denied it, and said that others had done it.\nNobody knew.", 3),
        ("A standfirst without an end\nA caption below it (AFP)", 2),
        ("The army said that\nfour died.", 1),
    ],
)
def test_paragraphs(text: str, count: int) -> None:
    assert len(paragraphs_of(text)) == count


def test_a_given_date_comes_first() -> None:
    assert document_of_text(f"Four killed\nMay 4, 2019\n{STORY}", published="2020-01-01").published_from == "option"
    assert document_of_text(f"Four killed\nMay 4, 2019\n{STORY}").published == "2019-05-04"
    assert document_of_text(STORY).published is None
