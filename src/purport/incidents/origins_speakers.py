"""Who speaks at the end of a chain, apart from what a page calls it: a body, a person for a body, a captive, the maker of a video."""

import re
from dataclasses import dataclass, replace
from functools import cache

from purport.incidents.origins_bodies import Body, bodies, body_in, body_meant
from purport.incidents.origins_marks import is_own
from purport.incidents.origins_names import folded, is_same
from purport.incidents.origins_pages import Page
from purport.incidents.origins_people import ORGANISATIONS, descriptions
from purport.model import Attribution, Entity, EntityKind, Source, SourceKind
from purport.resources import rows_of, yaml_of
from purport.status import source_words

SPEAKERS, LINES = "incidents/speakers.yaml", "incidents/lines.yaml"
OF_STATES = frozenset({EntityKind.GOVERNMENT, EntityKind.FORCE})
PRESS = frozenset({EntityKind.AGENCY, EntityKind.OUTLET})
BY_KIND = {SourceKind.NGO: ("organisation", "monitor"), SourceKind.ARMED_GROUP: ("group", "rebel")}
SOURCES = re.compile(r"\b(?:sources?|reports?|activists?)\b", re.IGNORECASE)
PRONOUNS = frozenset("he she it they we i you who which that this these those his her their one".split())  # noqa: SIM905 - a word list
AND = re.compile(r",? (?:and|as well as|along with) |, ")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever a claim goes back to. Speakers of one ``key`` are one; ``key`` begins with the kind.

    kinds: outlet, agency, body, group, organisation, person, witness, captive, artefact, unnamed. ``note``: why the words are taken so.
    """

    key: str
    name: str
    kind: str
    words: str = ""
    code: str | None = None
    country: str | None = None
    side: str = ""
    party: bool = False
    state_voice: bool = False
    note: str = ""
    person: str = ""  #: who speaks for it, where a name is given


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(yaml_of(SPEAKERS)[kind], re.IGNORECASE)


@cache
def _state_voice() -> re.Pattern[str]:
    return re.compile(yaml_of(LINES)["abroad"], re.IGNORECASE)


def speakers_of(link: Attribution, page: Page, *, outer: tuple[Attribution, ...]) -> tuple[Speaker, ...]:
    """The speakers behind one attribution: one, or one a body where several speak. ``outer``: the links between it and the outlet."""
    source = link.source
    if source is None:
        return (Speaker("unnamed:hearsay", "hearsay, source not named", "unnamed"),)
    words = source_words(source, page.text)
    together = [part for part in AND.split(words) if body_in(part)] if not source.named else []
    if len({body.key for part in together if (body := body_in(part))}) > 1:
        return tuple(replace(_of_body(part, None, page=page), words=words) for part in together)
    return (replace(_speaker(source, words, page=page, outer=outer), words=words),)


def _speaker(source: Source, words: str, *, page: Page, outer: tuple[Attribution, ...]) -> Speaker:
    entity = page.entity(source.entity_id)
    at = (source.named_spans or source.spans)[0].start
    if source.duress or source.kind is SourceKind.CAPTIVE:
        return Speaker("captive:", words, "captive")
    if is_own(words, page.document.outlet):
        return outlet_speaker(page)
    if source.kind is SourceKind.EXPERT:
        told = _person(words, source, page=page, at=at) if source.named else _unnamed(words, entity, page=page, source=source, at=at)
        return told if told.kind in ("body", "organisation", "witness") else Speaker("unnamed:expert", "a commentator", "unnamed")
    if (entity and entity.kind in PRESS) or (source.kind in (SourceKind.AGENCY, SourceKind.OUTLET) and not body_in(words)):
        return press_speaker(words, entity=entity, page=page)
    if source.kind is SourceKind.ARTEFACT:
        return _maker(source, words, page=page, outer=outer)
    if source.named and source.kind in BY_KIND and not (entity and entity.kind is EntityKind.PERSON):
        return _by_kind(words, source, entity=entity, page=page)
    if source.named and not (entity and entity.kind in ORGANISATIONS):
        return _person(words, source, page=page, at=at)
    if entity and entity.kind in ORGANISATIONS and source.named:
        return of_entity(entity, words, page=page)
    return _unnamed(words, entity, page=page, source=source, at=at)


# ------------------------------------------------------------------ outlets and agencies
def outlet_speaker(page: Page) -> Speaker:
    """The outlet of a page, in its own voice; a monitor that publishes what it found is a monitor."""
    if not page.document.outlet:
        return Speaker(f"outlet:{page.id}", page.outlet, "outlet")
    if is_monitor(page.outlet):
        return Speaker(f"named:{folded(page.outlet)}", page.outlet, "organisation", side="monitor")
    return press_speaker(page.outlet, entity=None, page=page)


def is_monitor(name: str) -> bool:
    """Whether an outlet is one that documents rather than reports: by the actor list or by its name."""
    body = body_in(name)
    return folded(name) in _monitors() or bool(body and body.key == "monitor" and press_row(name) is None)


@cache
def _monitors() -> frozenset[str]:
    rows = [row for row in rows_of("actors/actors.tsv") if row["kind"] == EntityKind.NGO]
    return frozenset(folded(name) for row in rows for name in (row["name"], *row["aliases"].split("|")) if name)


def press_speaker(words: str, *, entity: Entity | None, page: Page) -> Speaker:
    """An outlet or agency by what it is called; "state television" speaks for its state."""
    row = press_row(words) or (press_row(entity.name) if entity else None)
    if row:
        return Speaker(f"outlet:{row['code']}", row["name"], row["kind"], code=row["code"], country=row["country"] or None)
    is_state = bool(_state_voice().search(words)) or _is_called_state_voice(words, page)
    if is_state and not any(word[0].isupper() for word in words.split()[1:]):
        return Speaker("outlet:state", words, "outlet", state_voice=True)
    if words == words.lower():
        return Speaker("unnamed:media", "media that are not named", "unnamed")
    name = re.sub(r"^(?:the )?state(?:-run|-owned)? (?:news agency|media|television|TV|radio|broadcaster) ", "", words, flags=re.IGNORECASE)
    kind = "agency" if entity and entity.kind is EntityKind.AGENCY else "outlet"
    return Speaker(f"outlet:{folded(name)}", name, kind, country=entity.country if entity else None, state_voice=is_state)


#: "state-run ", "the state news agency, " right before a name (``$`` is the end of the stretch that is searched).
STATE_CALLED = re.compile(
    r"state(?:[ -](?:run|owned|controlled|backed))? ?(?:news agency|agency|media|television|TV|radio|broadcaster)?,? $"
)
LONGEST_CALLED = 40  #: characters of such words


def _is_called_state_voice(name: str, page: Page) -> bool:
    """Whether the page calls the named outlet a state's: "the state-run Barada News Agency", "the state news agency, Barada"."""
    bare = name.removeprefix("the ").removeprefix("The ")
    at = page.text.find(bare)
    while at >= 0 and bare:
        if STATE_CALLED.search(page.text, max(0, at - LONGEST_CALLED), at):
            return True
        at = page.text.find(bare, at + len(bare))
    return False


@cache
def _press() -> dict[str, dict[str, str]]:
    """Agencies and outlets of the actor list by folded name."""
    rows = [row for row in rows_of("actors/actors.tsv") if row["kind"] in PRESS]
    return {folded(name): row for row in reversed(rows) for name in (row["name"], *row["aliases"].split("|")) if name}


def press_row(name: str) -> dict[str, str] | None:
    """The row of an agency or outlet of the actor list by any of its names."""
    return _press().get(folded(name))


# ------------------------------------------------------------------ bodies and organisations
def of_entity(entity: Entity, words: str, *, page: Page) -> Speaker:
    """A named organisation; an office of a state by what office it is."""
    if entity.kind in OF_STATES and (entity.country or body_in(words)):
        return _of_body(words, entity, page=page)
    kind = "group" if entity.kind is EntityKind.ARMED_GROUP else "organisation"
    name = entity.name if len(entity.name) >= len(words) else words
    key = f"actor:{entity.actor_code}" if entity.actor_code else f"named:{folded(name)}"
    return Speaker(key, name, kind, code=entity.actor_code, country=entity.country, party=entity.party, side=_side_of(entity))


def _by_kind(words: str, source: Source, *, entity: Entity | None, page: Page) -> Speaker:
    """A named monitor or armed group, known as one by what kind of source it is."""
    if entity and entity.kind in ORGANISATIONS:
        return of_entity(entity, words, page=page)
    kind, side = BY_KIND[source.kind]
    name = re.sub(r"^[Tt]he ", "", words)
    return Speaker(f"named:{folded(name)}", name, kind, side=side, party=source.party)


def _side_of(entity: Entity) -> str:
    sides = {EntityKind.ARMED_GROUP: "rebel", EntityKind.FORCE: "armed", EntityKind.GOVERNMENT: "political"}
    found = sides.get(entity.kind) or ("monitor" if entity.kind in (EntityKind.NGO, EntityKind.INTERGOVERNMENTAL) else "")
    body = body_in(entity.name)
    return found or (body.side if body else "")


def _of_body(words: str, entity: Entity | None, *, page: Page, body: Body | None = None) -> Speaker:
    body = (
        body or body_in(words) or (body_in(entity.name) if entity else None) or next(each for each in bodies() if each.key == "presidency")
    )
    country = (entity.country if entity else None) or _country_in(words)
    if body.unnamed:
        return Speaker(f"called:{body.key}", body.name, "unnamed", side=body.side)
    code = entity.actor_code if entity else None
    named = entity.name if entity and entity.actor_code and entity.kind in OF_STATES else body.name
    return Speaker(f"body:{body.key}:{country or ''}", named, "body", code=code, country=country, side=body.side)


@cache
def _adjectives() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows_of("actors/countries.tsv"):
        for word in (row["name"], *row["adjectives"].split("|"), *row["names"].split("|")):
            if word:
                found.setdefault(folded(word), row["iso"])
    return found


def _country_in(words: str) -> str | None:
    """The country whose name or adjective stands in the words."""
    return next((iso for word in folded(words).split() if (iso := _adjectives().get(word))), None)


def _unnamed(words: str, entity: Entity | None, *, page: Page, source: Source, at: int) -> Speaker:
    if source.kind is SourceKind.ARMED_GROUP and any(word[:1].isupper() for word in words.split()[1:]):
        return Speaker(f"named:{folded(words)}", re.sub(r"^[Tt]he ", "", words), "group", side="rebel", party=True)
    if _words("silent").fullmatch(words):
        return Speaker("unnamed:nobody", "a source that is not named", "unnamed")
    if body := body_meant(words, page, before=at):
        return _of_body(words, entity, page=page, body=body)
    if not SOURCES.search(words) and (source.kind in (SourceKind.WITNESS, SourceKind.VICTIM) or _words("seen").search(words)):
        return Speaker("witness:", words, "witness")
    if entity and entity.kind in ORGANISATIONS and entity.actor_code:
        return of_entity(entity, words, page=page)
    party = source.party or source.kind is SourceKind.ARMED_GROUP
    if source.kind is SourceKind.ARMED_GROUP:
        return Speaker("called:group", "an unnamed armed group", "unnamed", side="rebel", party=True)
    if words.casefold() in PRONOUNS or not (_words("unnamed").search(words) or source.kind is SourceKind.OFFICIAL):
        return Speaker("unnamed:nobody", "a source that is not named", "unnamed", party=party)
    kind = "officials" if source.kind is SourceKind.OFFICIAL else "sources"
    return Speaker(f"unnamed:{kind}", f"unnamed {kind}", "unnamed", party=party and source.kind is not SourceKind.OFFICIAL)


# ------------------------------------------------------------------ people
def _person(words: str, source: Source, *, page: Page, at: int) -> Speaker:
    """A person; who speaks for a body or an organisation, or for the outlet, is that one."""
    beside = [span.of(page.text) for span in source.spans if span not in source.named_spans]
    for described in (*beside, *descriptions(words, page)):
        body = body_meant(described, page, before=at)
        spoken_for = _organisation_in(described, page) or (_of_body(described, None, page=page, body=body) if body else None)
        if spoken_for:
            return replace(spoken_for, note=f"“{words}” speaks for it: “{' '.join(described.split())}”", person=words)
        if is_own(described, page.document.outlet):
            return outlet_speaker(page)
        if _words("seen").search(described):
            return Speaker("witness:", words, "witness")
    if source.kind in (SourceKind.WITNESS, SourceKind.VICTIM):
        return Speaker("witness:", words, "witness")
    if body_in(words):
        return _of_body(words, None, page=page)
    return Speaker(f"person:{folded(words)}", words, "person", party=source.party)


def _organisation_in(words: str, page: Page) -> Speaker | None:
    """The organisation of the page that is named in the words; the press is none that people speak for, save its own."""
    for entity in sorted(page.entities, key=lambda e: (-len(e.name), e.id)):
        if entity.kind in ORGANISATIONS - PRESS and re.search(rf"\b{re.escape(entity.name)}\b", words):
            return of_entity(entity, entity.name, page=page)
    return None


# ------------------------------------------------------------------ videos, statements
def _maker(source: Source, words: str, *, page: Page, outer: tuple[Attribution, ...]) -> Speaker:
    """Who put a video or statement into the world: named in its words, in the chain, or beside it; else a thing of unknown maker."""
    for link in reversed(outer):
        if link.source and link.source.kind is not SourceKind.ARTEFACT:
            maker = _speaker(link.source, source_words(link.source, page.text), page=page, outer=())
            if maker.kind in ("group", "organisation", "body", "captive") or maker.side == "rebel":
                return replace(maker, note=f"“{words}” is its own")
    end = (source.named_spans or source.spans)[-1].end
    beside = re.search(yaml_of(LINES)["released"], page.text[end : end + 120], re.IGNORECASE)
    for place in (words, beside["name"] if beside else ""):
        if made := _organisation_in(place, page) or (_of_body(place, None, page=page) if place and body_in(place) else None):
            return replace(made, note=f"“{words}” is its own")
        if beside and place and place == beside["name"] and _words("seen").search(place):
            return Speaker("witness:", place, "witness")
    kind = re.sub(r"\W+", " ", folded(words)).split()[-1:] or ["artefact"]
    return Speaker(f"artefact:{kind[0]}", words, "artefact")


def same_speaker(first: Speaker, second: Speaker) -> bool:
    """Whether two speakers go by names that mean one."""
    return first.key == second.key or (first.kind == second.kind and is_same(first.name, second.name))
