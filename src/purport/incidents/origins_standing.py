"""How an origin stands to one incident: a party to it, a captive, a third party, or nobody can tell. Always with the reason in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from purport.incident import Standing
from purport.incidents.origins_bodies import body_in
from purport.incidents.origins_names import folded
from purport.incidents.origins_pages import Page
from purport.incidents.origins_speakers import OF_STATES, Speaker
from purport.model import Claim, Entity, EntityKind, Place, Role, Thing
from purport.resources import rows_of
from purport.wording import country_name

Reason = tuple[Standing, str]
SIDES = frozenset({Role.PERPETRATOR, Role.TARGET})
REBEL = "rebel"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who fights in one incident: everybody that any source names as perpetrator or as an armed or ruling target.

    ``codes`` and ``names`` (folded) of actors; ``states``: countries whose forces or government are a side; ``rebels``: an armed group
    is one; ``country``: where it happened, as most claims have it.
    """

    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    rebels: bool = False
    country: str | None = None

    @property
    def are_known(self) -> bool:
        return self.rebels or bool(self.codes or self.states)


def sides_of(pages: Iterable[Page]) -> Sides:
    """The sides that the pages name."""
    every = [(claim, page) for page in pages for claim in page.claims]
    countries = Counter(claim.value.country for claim, _ in every if isinstance(claim.value, Place) and claim.value.country)
    country = min(countries, key=lambda iso: (-countries[iso], iso), default=None)
    named = [actor for claim, page in every if claim.role in SIDES for actor in _actors(claim, page, country=country)]
    return Sides(
        frozenset(code for code, _, _, _ in named if code),
        frozenset(name for _, name, _, _ in named if name),
        frozenset(state for _, _, state, _ in named if state),
        any(rebel for _, _, _, rebel in named),
        country,
    )


def _actors(claim: Claim, page: Page, *, country: str | None) -> Iterator[tuple[str, str, str, bool]]:
    """Code, name, state and whether it is an armed group, of an actor that fights."""
    if not isinstance(claim.value, Thing):
        return
    entity = page.entity(claim.value.entity_id)
    kind = entity.kind if entity else claim.value.kind
    body = body_in(claim.value.name)
    if kind is EntityKind.ARMED_GROUP:
        yield _code(claim.value, entity), folded(entity.name if entity else claim.value.name), "", True
    elif kind in OF_STATES or (body and body.side == "armed") or (claim.role is Role.TARGET and body and body.key == "police"):
        state = (entity.country if entity else None) or country or ""
        yield _code(claim.value, entity), "", state, False
    elif body and body.side == REBEL:
        yield "", "", "", True


def _code(thing: Thing, entity: Entity | None) -> str:
    return thing.actor_code or (entity.actor_code if entity else None) or ""


def standing_of(speaker: Speaker, sides: Sides) -> Reason:
    """The standing of a speaker and why, in words that end a sentence."""
    if speaker.kind == "captive":
        return Standing.CAPTIVE, "a captive, whose word is not free"
    if (speaker.code and speaker.code in sides.codes) or folded(speaker.name) in sides.names:
        return Standing.PARTY, "named as a side of this incident"
    judge = JUDGES.get(speaker.kind)
    return judge(speaker, sides) if judge else (Standing.UNKNOWN, "nothing tells whom it speaks for")


def _press(speaker: Speaker, sides: Sides) -> Reason:
    if speaker.state_voice:
        return _of_state(speaker.country or sides.country, sides, as_what="speaks for its state")
    row = rows().get(speaker.code or "")
    principal = rows().get(row["mouthpiece_of"]) if row and row["mouthpiece_of"] else None
    if row and row["mouthpiece_of"] in sides.codes:
        return Standing.PARTY, f"speaks for {_name(row['mouthpiece_of'])}, a side of this incident"
    if principal and principal["kind"] == EntityKind.ARMED_GROUP:
        return Standing.PARTY, f"the voice of {principal['name']}, an armed group"
    if row and row["mouthpiece_of"]:
        return _of_state(row["country"] or None, sides, as_what=f"speaks for {_name(row['mouthpiece_of'])}")
    if row and row["party"] == "yes":
        return Standing.PARTY, "the voice of an armed group"
    if speaker.key.startswith("outlet:doc-"):
        return Standing.UNKNOWN, "the page does not name its outlet"
    return Standing.THIRD_PARTY, "nothing ties it to a side"


def _of_state(country: str | None, sides: Sides, *, as_what: str) -> Reason:
    """A voice of a state: a party if the state is a side, or fights an armed group at home."""
    if country and country in sides.states:
        return Standing.PARTY, f"{as_what}, and forces of {country_name(country)} are a side of this incident"
    if sides.rebels and country == sides.country:
        return Standing.PARTY, f"{as_what}, which fights an armed group here"
    if not sides.are_known:
        return Standing.UNKNOWN, f"{as_what}, and nobody says who the sides are"
    return Standing.THIRD_PARTY, f"{as_what}, which is no side of this incident"


def _body(speaker: Speaker, sides: Sides) -> Reason:
    country = speaker.country or sides.country
    if speaker.side == "medical":
        return Standing.THIRD_PARTY, "treats or saves whoever comes, on no side by its office"
    if speaker.side == "watching":
        return Standing.THIRD_PARTY, "of no state, and no side of this incident"
    if speaker.side in ("armed", "political"):
        return _of_state(country, sides, as_what="fights for its state" if speaker.side == "armed" else "speaks for its state")
    if speaker.side == "local" and not speaker.country and country in sides.states:
        return Standing.UNKNOWN, "an authority of the place, and the pages do not say which side it serves"
    if country and country in sides.states:
        return Standing.PARTY, f"an authority of {country_name(country)}, whose forces are a side of this incident"
    return Standing.THIRD_PARTY, "a civil authority whose state is no side of this incident"


def _organisation(speaker: Speaker, sides: Sides) -> Reason:
    if speaker.side == REBEL or speaker.party:
        return Standing.PARTY, "usually a party to conflicts"
    if speaker.side in ("armed", "political"):
        return _of_state(speaker.country or sides.country, sides, as_what="speaks for those who rule")
    if speaker.side:
        return Standing.THIRD_PARTY, "watches or helps, and is no side of this incident"
    return Standing.UNKNOWN, "nothing tells how it stands to the sides"


def _group(speaker: Speaker, sides: Sides) -> Reason:
    return Standing.PARTY, "an armed group"


def _unnamed(speaker: Speaker, sides: Sides) -> Reason:
    if speaker.side == "monitor":
        return Standing.THIRD_PARTY, "a monitor, though its name is not given"
    if speaker.side == REBEL or speaker.party:
        return Standing.PARTY, "an armed group, though its name is not given"
    return Standing.UNKNOWN, "not named, so that nobody can tell whom it speaks for, or two such sources apart"


def _witness(speaker: Speaker, sides: Sides) -> Reason:
    return Standing.THIRD_PARTY, "people who were there or lost somebody"


def _person(speaker: Speaker, sides: Sides) -> Reason:
    if speaker.party:
        return Standing.PARTY, "speaks for a party to the conflict"
    return Standing.UNKNOWN, "the pages do not say whom this person speaks for"


def _artefact(speaker: Speaker, sides: Sides) -> Reason:
    return Standing.UNKNOWN, "nobody says who made it"


JUDGES = {
    "outlet": _press,
    "agency": _press,
    "body": _body,
    "organisation": _organisation,
    "group": _group,
    "unnamed": _unnamed,
    "witness": _witness,
    "person": _person,
    "artefact": _artefact,
}


@cache
def rows() -> Mapping[str, dict[str, str]]:
    """The actor list by code."""
    return {row["code"]: row for row in rows_of("actors/actors.tsv")}


def _name(code: str) -> str:
    row = rows().get(code)
    return row["name"] if row else f"the government of {country_name(code[4:])}" if code.startswith("GOV-") else code
