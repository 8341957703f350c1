"""Text that is taken as it stands (no furniture removed): a Document over exactly these characters."""

import re

from purport.model import Block, BlockKind, Document, Span, digest_of, hashed_id


def document_of_text(
    text: str, *, id: str | None = None, title: str | None = None, published: str | None = None, url: str | None = None, outlet: str | None = None
) -> Document:
    """A Document whose ``text`` is ``text`` unchanged, one PARAGRAPH block per stretch between blank lines."""
    capture_id = "cap-" + digest_of(text.encode("utf-8", "surrogatepass"))[7:23]
    blocks = tuple(Block(Span(m.start(), m.end()), BlockKind.PARAGRAPH) for m in re.finditer(r"\S(?:[^\n]*\S)?(?:\n[ \t]*\S[^\n]*)*", text))
    return Document(
        id=id or hashed_id("doc", capture_id),
        capture_id=capture_id,
        text=text,
        title=title,
        outlet=outlet,
        published=published,
        published_from="option" if published else None,
        url=url,
        blocks=blocks,
    )
