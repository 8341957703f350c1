"""HTML from text: everything that comes from a page goes through here, escaped and without characters that could turn it round."""

from html import escape

from purport.print_safe import print_safe


def text_of(words: str, *, keep_lines: bool = False) -> str:
    """Words as they may stand between tags and in attributes."""
    return escape(print_safe(words, keep_lines=keep_lines), quote=True)


def element(tag: str, content: str, **attributes: str | None) -> str:
    """An element around markup that is already safe, its attributes escaped; in their names a last ``_`` goes, others become ``-``."""
    return f"<{tag}{attributes_of(**attributes)}>{content}</{tag}>"


def attributes_of(**attributes: str | None) -> str:
    """Attributes as they stand in a tag; those that are None are left out."""
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    return "".join(f' {name}="{text_of(value, keep_lines=True)}"' for name, value in pairs)


def words_in(tag: str, words: str, **attributes: str | None) -> str:
    """An element around words of a page, in their own direction."""
    return element(tag, text_of(words), **{"dir": "auto", **attributes})


def quote(words: str) -> str:
    """Evidence in its marks."""
    return f'<q class="quote"><bdi>{text_of(words)}</bdi></q>'


def folded(title: str, content: str, **attributes: str | None) -> str:
    """What opens when its title is clicked, without any script."""
    return element("details", element("summary", text_of(title)) + content, **attributes)
