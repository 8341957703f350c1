"""The line of a page that says who owns it."""

from lxml.html import HtmlElement

from purport.extract.lines import is_rights
from purport.extract.metadata import Metadata
from purport.extract.tree import words_of

LONGEST = 300


def rights_in(tree: HtmlElement, metadata: Metadata) -> str | None:
    """The rights line as printed ("© 2020 The Example"), the last one on the page, else what the head says, else None."""
    printed = [
        words
        for element in tree.iter("p", "div", "span", "small", "li", "td", "footer")
        if (words := _own_words(element)) and is_rights(words)
    ]
    given = metadata.first("rights")
    return printed[-1] if printed else (given[1][:LONGEST] if given else None)


def _own_words(element: HtmlElement) -> str:
    """The words of a short element that holds a mark of rights, else nothing (so that no large element is walked)."""
    own = f"{element.text or ''} {' '.join(child.tail or '' for child in element)}"
    if "©" not in own and "ights reserved" not in own and "opyright" not in own:
        return ""
    words = words_of(element)
    return words if len(words) <= LONGEST else ""
