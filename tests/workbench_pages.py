"""Pages of the workbench as a browser without scripts gets them."""

import re

from lxml import html as parser
from lxml.html import HtmlElement
from starlette.testclient import TestClient


def page_of(client: TestClient, address: str, *, status: int = 200) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return parser.document_fromstring(answer.text)


def csrf_of(page: HtmlElement) -> str:
    return str(page.xpath("//meta[@name='csrf']/@content")[0])


def unmask(client: TestClient) -> None:
    token = csrf_of(page_of(client, "/me"))
    assert client.post("/me/unmask", data={"csrf": token, "reason": "a test"}, follow_redirects=False).status_code == 303


def words_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def assert_inert(text: str) -> None:
    """Own scripts alone, nothing that is loaded or run, no address but those of the workbench."""
    page = parser.document_fromstring(text)
    assert {each.get("src") for each in page.iter("script")} <= {"/static/document.js", "/static/incident.js"}
    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert tags.isdisjoint({"img", "iframe", "object", "embed", "video", "audio", "style", "base"})
    attributes = {name for each in page.iter() for name in each.attrib}
    assert {name for name in attributes if name.startswith("on")} | ({"style"} & attributes) == set()
    addresses = [*page.xpath("//@href"), *page.xpath("//@src"), *page.xpath("//@action")]
    assert [each for each in addresses if not re.match(r"[/#][\w/.?=#-]*$", each)] == []
