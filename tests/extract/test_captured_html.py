import json

import pytest
from made_captures import BODY, html, kinds, page, words

from purport.errors import InputError, SettingsError
from purport.model import BlockKind
from purport.settings import Settings

FULL = page(
    head='<meta property="og:site_name" content="The Mesa Courier">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four soldiers killed near Kirkuk",'
    '"datePublished":"2019-05-04T10:00:00+03:00","dateModified":"2019-05-06","author":[{"@type":"Person","name":"Hana Derwish"}]}</script>',
    body='<p class="standfirst">Army blames Islamic State for ambush on a convoy south-west of the city</p>'
    '<div class="byline">By Hana Derwish</div>'
    '<time datetime="2019-05-04">4 May 2019</time>'
    '<figure><img src="a.jpg"><figcaption>Soldiers on patrol in March (Lens Desk/AFP)</figcaption></figure>'
    + BODY.replace("<p>Four", "<p>KIRKUK (Mesa Courier) – Four")
    + "<p>Read more: Two policemen wounded in Mosul</p><h2>Past attacks</h2>"
    "<p>Five others were wounded in the attack, a doctor at the hospital said.</p>"
    "<ul><li>Two of the dead were officers, a hospital source said.</li></ul><p>Follow The Mesa Courier on Twitter</p>"
    "<footer><p>© 2019 Mesa Courier Media. All rights reserved.</p></footer>",
)


def test_kinds_of_blocks() -> None:
    found = html(FULL)
    assert words(found, BlockKind.HEADLINE) == ["Four soldiers killed near Kirkuk"]
    assert words(found, BlockKind.STANDFIRST) == ["Army blames Islamic State for ambush on a convoy south-west of the city"]
    assert words(found, BlockKind.CAPTION) == ["Soldiers on patrol in March"]
    assert words(found, BlockKind.CREDIT) == ["(Lens Desk/AFP)"]
    assert words(found, BlockKind.DATELINE) == ["KIRKUK (Mesa Courier) –"]
    assert words(found, BlockKind.HEADING) == ["Past attacks"]
    assert words(found, BlockKind.LIST_ITEM) == ["Two of the dead were officers, a hospital source said."]
    assert words(found, BlockKind.PARAGRAPH)[0].startswith("Four soldiers were killed")
    assert kinds(found)[:5] == ["headline", "standfirst", "caption", "credit", "dateline"]


def test_furniture_is_out_of_the_text_and_listed() -> None:
    found = html(FULL)
    assert "Two policemen" not in found.text
    assert "Twitter" not in found.text
    assert "Read more: Two policemen wounded in Mosul" in found.furniture


def test_what_the_page_says_of_itself() -> None:
    found = html(FULL)
    assert (found.title, found.outlet, found.byline) == ("Four soldiers killed near Kirkuk", "The Mesa Courier", "Hana Derwish")
    assert (found.published, found.published_from) == ("2019-05-04", "json-ld datePublished")
    assert found.rights == "© 2019 Mesa Courier Media. All rights reserved."
    assert (found.language, found.unread) == ("en", None)


DATED = [
    ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-05-04"}</script>', "", "json-ld datePublished"),
    (
        '<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"datePublished":"2019-05-04"}]}</script>',
        "",
        "json-ld datePublished",
    ),
    ('<meta property="article:published_time" content="2019-05-04T08:00:00Z">', "", "meta article:published_time"),
    ('<meta name="DC.date.issued" content="2019-05-04">', "", "meta dc.date.issued"),
    ("", '<span itemprop="datePublished" content="2019-05-04">Saturday</span>', "microdata datePublished"),
    ("", '<time datetime="2019-05-04T10:00">Saturday</time>', "time element"),
    ("", '<p class="article-date">Published: 4 May 2019</p>', "line: Published: 4 May 2019"),
]


@pytest.mark.parametrize(("head", "body", "where"), DATED)
def test_publication_date_and_where_it_was_found(head: str, body: str, where: str) -> None:
    found = html(page(head=head, body=body + BODY))
    assert (found.published, found.published_from) == ("2019-05-04", where)


@pytest.mark.parametrize(
    "body",
    [
        '<time class="updated" datetime="2019-05-04">4 May 2019</time>',
        "<p>On 4 May 2019 the army said that the town was quiet, and that nobody had been hurt there.</p>",
        '<aside class="related"><time datetime="2019-05-04">4 May 2019</time></aside>',
        '<p class="date">Last updated: 4 May 2019</p>',
        '<p class="date">03/04/2019</p>',
    ],
)
def test_no_date_is_guessed(body: str) -> None:
    found = html(page(head='<meta property="article:modified_time" content="2019-05-04">', body=body + BODY))
    assert (found.published, found.published_from) == (None, None)


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://courier.example/2019/05/04/four-killed", "2019-05-04"),
        ("https://courier.example/news/2019-05-04-four", "2019-05-04"),
        ("https://courier.example/20190504-four", "2019-05-04"),
        ("https://courier.example/story/20195504", None),
        ("https://courier.example/2019/four", None),
    ],
)
def test_date_in_the_address(url: str, date: str | None) -> None:
    found = html(page(), url=url)
    assert (found.published, found.published_from) == (date, "url" if date else None)


def test_the_user_and_the_hints_come_first() -> None:
    assert html(FULL, settings=Settings(published="2020-01-02")).published_from == "option"
    assert (html(FULL, published="2020-01-02").published, html(FULL, published="2020-01-02").published_from) == (
        "2020-01-02",
        "hint published",
    )
    assert html(FULL, settings=Settings(outlet="The Hill Post"), outlet="Other").outlet == "The Hill Post"
    assert html(FULL, outlet="Other").outlet == "Other"


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="YYYY-MM-DD"):
        html(FULL, settings=Settings(published="yesterday"))


@pytest.mark.parametrize(
    ("head", "url", "outlet"),
    [
        ('<meta property="og:site_name" content="Hill Post">', None, "Hill Post"),
        (
            '<script type="application/ld+json">{"@type":"Article","publisher":{"@type":"Organization","name":"Hill Post"}}</script>',
            None,
            "Hill Post",
        ),
        ("", "https://www.reuters.com/x", "Reuters"),
        ("", "https://unknown.example/x", None),
        ("", "http://[broken", None),
    ],
)
def test_outlet(head: str, url: str | None, outlet: str | None) -> None:
    assert html(page(head=head), **({"url": url} if url else {})).outlet == outlet


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">Secret words of the hidden paragraph.</p>',
        '<p aria-hidden="true">Secret words of it.</p>',
        "<p hidden>Secret words.</p>",
        "<template><p>Secret words of the template.</p></template>",
        "<noscript><p>Secret words for old browsers.</p></noscript>",
        "<!-- Secret words -->",
        "<script>var x = 'Secret words';</script>",
        "<style>.Secret { words: 1 }</style>",
    ],
)
def test_hidden_words_are_no_text(hidden: str) -> None:
    found = html(page(body=BODY + hidden + BODY.replace("Four", "Five")))
    assert "Secret" not in found.text
    assert "Five soldiers" in found.text


@pytest.mark.parametrize(
    "content",
    [
        "",
        "   \n",
        "<html><body></body></html>",
        "<p>123 456</p>",
        page(body="", title="").replace("| The Mesa Courier", ""),
        "<html><head><title>The Courier</title></head><body><div id=app></div><script>boot()</script>"
        "<noscript>Turn scripts on</noscript></body></html>",
    ],
)
def test_a_page_without_words_is_refused_with_a_remedy(content: str) -> None:
    with pytest.raises(InputError, match="no words") as caught:
        html(content)
    assert caught.value.where == "page.html"
    assert "browser" in caught.value.remedy


def test_too_long_a_text_is_refused_not_cut() -> None:
    with pytest.raises(InputError, match="max_text_chars"):
        html(FULL, settings=Settings(max_text_chars=100))


def test_a_language_that_is_not_read_is_kept_whole() -> None:
    body = (
        "<p>قال الجيش اليوم إن ثلاثة جنود قُتلوا في هجوم شنه مسلحون على نقطة تفتيش شمال المدينة.</p>"
        "<p>ولم تعلن أي جهة مسؤوليتها عن الهجوم حتى الآن.</p>"
    )
    found = html(page(body=body, lang="ar", title="مقتل ثلاثة جنود في هجوم"))
    assert (found.language, found.unread) == ("ar", "language: ar")
    assert words(found, BlockKind.HEADLINE) == ["مقتل ثلاثة جنود في هجوم"]
    assert len(words(found, BlockKind.PARAGRAPH)) == 2


def test_characters_are_kept_as_they_are() -> None:
    odd = "The cafe\u0301 in می\u200cخواهم was hit, \u200fa witness named N\u0308 said on Monday to the reporters near the site."
    assert odd in html(page(body=f"<p>{odd}</p>" + BODY)).text


def test_line_breaks_part_paragraphs() -> None:
    body = (
        "<p>"
        + "The army said so on Monday in a long statement.<br><br>The rebels denied it on Tuesday in another one.<br>Nobody knew."
        + "</p>"
    )
    assert words(html(page(body=body + BODY)), BlockKind.PARAGRAPH)[:3] == [
        "The army said so on Monday in a long statement.",
        "The rebels denied it on Tuesday in another one.",
        "Nobody knew.",
    ]


def test_json_that_is_broken_or_deep_is_passed_over() -> None:
    bomb = "[" * 50_000 + "]" * 50_000
    for source in (
        "{not json",
        bomb,
        json.dumps({"@type": "NewsArticle", "datePublished": {"a": 1}, "author": [None, 3, {"name": ["X Y"]}]}),
    ):
        assert html(page(head=f'<script type="application/ld+json">{source}</script>')).published is None
