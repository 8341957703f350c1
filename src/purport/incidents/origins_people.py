"""What a page says of a person who speaks: the title before the name, the office after it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from purport.incidents.origins_pages import Page
from purport.model import EntityKind
from purport.resources import yaml_of

SPEAKERS = "incidents/speakers.yaml"
NEAR = 90  #: characters beside a name in which its holder is described
ORGANISATIONS = frozenset(
    {
        EntityKind.ARMED_GROUP,
        EntityKind.GOVERNMENT,
        EntityKind.FORCE,
        EntityKind.AGENCY,
        EntityKind.OUTLET,
        EntityKind.NGO,
        EntityKind.INTERGOVERNMENTAL,
        EntityKind.PARTY,
        EntityKind.ORGANISATION,
    }
)


MOST_MENTIONS = (
    40  #: who somebody is stands at the first mentions; a page that names one person 500 times was read 500 times for each event
)


def descriptions(name: str, page: Page) -> Iterator[str]:
    """Beside any mention of the full name or the last one: "police Col.", "who runs the ward at …", the body that "its director" means."""
    for asked in dict.fromkeys((name, name.split()[-1])):
        for found in islice(re.finditer(rf"\b{re.escape(asked)}\b", page.text), MOST_MENTIONS):
            yield from _before(page.text[max(0, found.start() - NEAR) : found.start()], page, at=found.start())
            yield from _after(page.text[found.end() : found.end() + NEAR + 30])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """A pattern of the list; TITLE and ROLE stand for the titles and roles of the same list."""
    words = yaml_of(SPEAKERS)
    return re.compile(str(words["described"][kind]).replace("TITLE", words["title"]).replace("ROLE", words["role"]))


def _before(words: str, page: Page, *, at: int) -> Iterator[str]:
    words = words if _pattern("shortened").search(words) else _pattern("sentence_end").split(words)[-1]
    its = _pattern("its_head").search(words)
    body = _last_organisation(page, before=at - len(words) + its.start()) if its else None
    if body:
        yield body
    yield from (found[1] for kind in ("titled", "in_role") if (found := _pattern(kind).search(words)))


def _after(words: str) -> Iterator[str]:
    found = _pattern("apposition").match(words) or _pattern("of").match(words)
    if found:
        yield found[1]


def _last_organisation(page: Page, *, before: int) -> str | None:
    """The organisation that was named last before a place of the text."""
    ends = {entity.name: page.text.rfind(entity.name, 0, before) for entity in page.entities if entity.kind in ORGANISATIONS}
    return max((name for name, at in ends.items() if at >= 0), key=lambda name: (ends[name], name), default=None)
