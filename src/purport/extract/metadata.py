"""What a page says about itself in its head: meta elements, JSON-LD, microdata."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from purport.resources import yaml_of

LONGEST_JSON = 1_000_000
LONGEST_TITLE = 1000
#: JSON-LD nests a few levels; deeper is a bomb.
DEEPEST_JSON = 8

_CONTROL = re.compile(r"[\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Meta elements by name (lower case, first one wins) and the JSON-LD objects of the page's own article."""

    metas: dict[str, str]
    article: tuple[dict[str, Any], ...]
    page_title: str
    language: str | None

    def first(self, group: str) -> tuple[str, str] | None:
        """Name and content of the most trusted meta element of a group of ``resources/extract/metadata.yaml``."""
        return next(((name, self.metas[name]) for name in yaml_of("extract/metadata.yaml")[group] if self.metas.get(name)), None)

    def all(self, group: str) -> Iterator[tuple[str, str]]:
        """Names and contents of a group in order of trust."""
        return ((name, self.metas[name]) for name in yaml_of("extract/metadata.yaml")[group] if self.metas.get(name))

    def said(self, key: str) -> Iterator[Any]:
        """The values of one key of the JSON-LD article objects."""
        return (item[key] for item in self.article if item.get(key))


def metadata_of(tree: HtmlElement) -> Metadata:
    """The metadata of a parsed page. Broken JSON-LD is passed over."""
    title = tree.find(".//head/title")
    return Metadata(
        metas=_metas(tree),
        article=tuple(_articles(tree)),
        page_title=" ".join((title.text or "")[:LONGEST_TITLE].split()) if title is not None else "",
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (key := element.get(attribute)):
                found.setdefault(key.strip().lower(), content)
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    wanted = yaml_of("extract/metadata.yaml")["article_types"]
    found = [
        item
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "")
        for item in _objects(_loaded(script.text), depth=0)
    ]
    typed = [(rank, item) for item in found for rank, name in enumerate(wanted) if name in _types(item)]
    return (item for _, item in sorted(typed, key=lambda pair: pair[0]))


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [name.rsplit("/", 1)[-1] for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]


def _loaded(source: str | None) -> Any:
    if not source or len(source) > LONGEST_JSON:
        return None
    source = source.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    try:
        return json.loads(_CONTROL.sub(" ", source))
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, *, depth: int) -> Iterable[dict[str, Any]]:
    """The objects at the top, in lists and in ``@graph``; not those that an article only refers to."""
    if depth > DEEPEST_JSON:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth=depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth=depth + 1)


def names_in(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in names_in(item)]
    if isinstance(value, dict):
        value = value.get("name")
        return names_in(value) if isinstance(value, list) else names_in(str(value or ""))
    name = " ".join(str(value).split()) if isinstance(value, str) else ""
    return [name] if name else []


@cache
def class_pattern(group: str) -> re.Pattern[str]:
    """The expression that tells class and id names of one group of ``resources/extract/metadata.yaml``."""
    return re.compile(rf"(?:^|[\s_-]|__)(?:{yaml_of('extract/metadata.yaml')['classes'][group]})", re.IGNORECASE)


def is_of_class(element: HtmlElement, group: str) -> bool:
    """True if the class, id or itemprop of an element names it as one of a group."""
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"
    return bool(class_pattern(group).search(named))


def is_aside(element: HtmlElement) -> bool:
    """True if an element lies in a part of the page that is not the article: navigation, aside, related stories, footer, comments."""
    return any(
        up.tag in {"nav", "aside", "footer"} or is_of_class(up, "aside")
        for up in (element, *element.iterancestors())
        if up.tag not in {"body", "html", "article", "main"}
    )
