import pytest

from purport.extract import lines
from purport.extract.calendar import date_in, date_line


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Advertisement",
        "Related stories",
        "Share this article",
        "Listen to this article",
        "5 min read",
        "Sign up to get the latest alerts and analysis, starting with our weekly digest",
        "Stay informed with the Courier's newsletters",
        "This website uses cookies to improve your experience.",
        "Follow the Courier on Twitter",
        "Subscribe to our newsletter",
        "To learn more about republishing this content and the fees, please fill out this form.",
        "More about the Courier can be found here.",
        "Read more: Two policemen wounded in Mosul",
        "Facebook Twitter WhatsApp",
        "Leave a comment",
        "Recommended for you",
        "The Mesa Courier delivers independent coverage of the region.",
    ],
)
def test_furniture(line: str) -> None:
    assert lines.is_furniture(line, captured=False)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell after the attack.", "The mayor signed up to the ceasefire on Monday.", "Read the letter aloud, the judge said.",
        "More than forty people were killed.", "Print workers went on strike.", "Following the attack the road was closed.",
        "Advertisements were found among the ruins.", "Related Press reporters were among the wounded.",
        "The army delivers aid to the town.", "Subscribers to the theory say Moscow ordered it.", "Home Minister Khalil Daoud resigned.",
        "Live rounds were fired at the crowd.", "Top officials were killed.",
    ],
)  # fmt: skip
def test_text_is_no_furniture(line: str) -> None:
    assert not lines.is_furniture(line, captured=True)


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("ERBIL (Kurdistan 24) – Fighters attacked a post.", "ERBIL (Kurdistan 24) –"),
        ("Erbil (Kurdistan 24) – Fighters attacked a post.", "Erbil (Kurdistan 24) –"),
        ("BEIRUT, March 3 (Reuters) - Fighters attacked a post.", "BEIRUT, March 3 (Reuters) -"),
        ("KABUL — Fighters attacked a post.", "KABUL —"),
        ("NAIROBI, Kenya (AP) _ Fighters attacked a post.", "NAIROBI, Kenya (AP) _"),
        ("GENEVA/BEIRUT (Reuters) - Fighters attacked a post.", "GENEVA/BEIRUT (Reuters) -"),
        ("(CNN) -- Fighters attacked a post.", "(CNN) --"),
        ("LIMA, 4 FEB 90 (EFE) -- [TEXT] FIGHTERS ATTACKED A POST.", "LIMA, 4 FEB 90 (EFE) -- [TEXT]"),
        ("MOSCOW, March 3. /TASS/. Fighters attacked a post.", "MOSCOW, March 3. /TASS/."),
        ("Damascus – The army said on Monday that a post was attacked.", "Damascus –"),
        ("KADUNA, Nigeria — Gunmen attacked a village.", "KADUNA, Nigeria —"),
        ("Aleppo – Syria's largest city – fell in December.", ""),
        ("The army - which denies this - attacked a post.", ""),
        ("UN: the post was attacked.", ""),
        ("IS claimed the attack.", ""),
        ("Fighters attacked a post (AFP) on Monday.", ""),
    ],
)
def test_dateline_end(paragraph: str, dateline: str) -> None:
    assert paragraph[: lines.dateline_end(paragraph, first=True)].strip() == dateline


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("File photograph of a fighter (AFP)", "(AFP)"),
        ("Soldiers on patrol in March (Lens Desk/AFP)", "(Lens Desk/AFP)"),
        ("Smoke over the town [Jane Doe/Reuters]", "[Jane Doe/Reuters]"),
        ("Smoke over the town (social media)", "(social media)"),
        ("The Islamic State (IS) group", None),
        ("The group is led by Abu Omar (a former officer)", None),
        ("(AFP)", None),
    ],
)
def test_credit_start(line: str, credit: str | None) -> None:
    start = lines.credit_start(line)
    assert (None if start is None else line[start:]) == credit


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("By Hana Derwish", True), ("By Hana Derwish and Omar Said, Reuters", True), ("Written by Hana Derwish", True),
        ("By Friday the town had fallen.", False), ("By the river", False), ("By Our Correspondent in Baghdad", True),
    ],
)  # fmt: skip
def test_is_byline(line: str, is_byline: bool) -> None:
    assert lines.is_byline(line) is is_byline


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019-05-04T10:00:00+03:00", "2019-05-04"),
        ("4 May 2019", "2019-05-04"),
        ("May 4, 2019", "2019-05-04"),
        ("Sat, 04 May 2019 10:00", "2019-05-04"),
        ("4th of May 2019", "2019-05-04"),
        ("20190504", "2019-05-04"),
        ("13/05/2019", "2019-05-13"),
        ("05/13/2019", "2019-05-13"),
        ("05/05/2019", "2019-05-05"),
        ("4 mai 2019", "2019-05-04"),
        ("4. Mai 2019", "2019-05-04"),
        ("4 мая 2019", "2019-05-04"),
        ("4 مايو 2019", "2019-05-04"),
        ("٤ مايو ٢٠١٩", "2019-05-04"),
        ("4 FEB 90", "1990-02-04"),
        ("03/04/2019", None),
        ("31 February 2019", None),
        ("May 2019", None),
        ("4 May", None),
        ("Wednesday", None),
        ("", None),
        ("2019-13-45", None),
    ],
)
def test_date_in(text: str, iso: str | None) -> None:
    assert date_in(text) == iso


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Published: 4 May 2019 10:00 GMT", ("2019-05-04", True)),
        ("July 17, 2005", ("2005-07-17", True)),
        ("Last updated on 6 May 2019", ("2019-05-06", False)),
        ("03/04/2019", (None, True)),
        ("The attack of 4 May 2019 killed four", None),
        ("On 4 May 2019 gunmen attacked", None),
        ("May 2019", (None, True)),
        ("Four killed", None),
    ],
)
def test_date_line(line: str, found: tuple[str | None, bool] | None) -> None:
    assert date_line(line) == found


@pytest.mark.parametrize(
    ("line", "is_credit"),
    [
        ("(AFP)", True),
        ("[Jane Doe/Reuters]", True),
        ("Photo: Jane Doe/Reuters", True),
        ("Photograph by Jane Doe", True),
        ("Soldiers on patrol in March (Lens Desk/AFP)", False),
        ("Reuters said that four had died.", False),
        ("(The army denied it)", False),
    ],
)
def test_is_credit(line: str, is_credit: bool) -> None:
    assert lines.is_credit(line) is is_credit
