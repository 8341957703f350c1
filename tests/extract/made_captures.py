"""Captures of invented pages."""

from purport.extract import document
from purport.model import BlockKind, Capture, Document, digest_of
from purport.settings import Settings


def capture_of(
    content: bytes | str, *, media_type: str = "text/html", url: str | None = None, charset: str | None = None, **hints: str
) -> Capture:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Capture("cap-1", "page.html", digest_of(raw), raw, media_type, url=url, charset=charset, hints=hints)


def html(content: bytes | str, *, settings: Settings | None = None, **rest: str) -> Document:
    return document(capture_of(content, **rest), settings=settings or Settings())


def plain(content: bytes | str, *, settings: Settings | None = None, **rest: str) -> Document:
    return document(capture_of(content, media_type="text/plain", **rest), settings=settings or Settings())


def words(found: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(found.text) for block in found.blocks if block.kind is kind]


def kinds(found: Document) -> list[str]:
    return [block.kind.value for block in found.blocks]


BODY = """<p>Four soldiers were killed on Saturday when gunmen ambushed a convoy near Kirkuk, the army said in a statement.</p>
<p>A spokesman blamed Islamic State for the attack. “They opened fire from both sides of the road,” he said.</p>
<p>There was no immediate claim of responsibility. The group has claimed similar attacks in the past.</p>"""


def page(head: str = "", body: str = BODY, *, lang: str = "en", title: str = "Four soldiers killed near Kirkuk") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | The Mesa Courier</title>{head}</head>'
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )
