"""Text that is taken as it stands: a Document over exactly these characters."""

from purport.extract.blocks import Paragraph, cut
from purport.extract.paragraphs import paragraphs_of
from purport.model import Block, Document, Span, digest_of, hashed_id


def document_of_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Document:
    """A Document whose ``text`` is ``text`` unchanged. Its blocks leave out white space and unmistakable furniture, nothing else.

    ``title`` helps to tell the headline. Without ``published`` the date is one that the text prints in a line or dateline, else None.
    """
    capture_id = "cap-" + digest_of(text.encode("utf-8", "surrogatepass"))[7:23]
    spans = paragraphs_of(text)
    found = cut([Paragraph(span.of(text)) for span in spans], captured=False, title=title)
    offsets = [span.start for span in spans]
    return Document(
        id=id or hashed_id("doc", capture_id),
        capture_id=capture_id,
        text=text,
        title=title,
        outlet=outlet,
        byline=found.byline,
        published=published or found.published,
        published_from="option" if published else found.published_from,
        rights=found.rights,
        url=url,
        blocks=tuple(Block(Span(offsets[p.paragraph] + p.span.start, offsets[p.paragraph] + p.span.end), p.kind) for p in found.parts),
        furniture=found.furniture,
    )
