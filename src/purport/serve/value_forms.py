"""Values of claims out of forms, in the form of their role."""

from collections.abc import Mapping

from purport.codebook import types_in_use
from purport.days import days_of
from purport.errors import InputError
from purport.model import Count, EntityKind, EventType, Factuality, Place, Role, Thing, Time, Value
from purport.wording import PRECISION

COUNT_KINDS = ("killed", "injured", "casualties", "missing", "detained", "abducted", "displaced")
LONGEST = 300  #: characters of a name
Form = Mapping[str, str]


def event_types() -> tuple[str, ...]:
    """The codes of the codebook, in its order."""
    return types_in_use()


def value_from_form(role: Role, form: Form) -> Value:
    """The value that a form gives for a role. Raises InputError for one that is none, saying what to write."""
    match role:
        case Role.TYPE:
            return EventType(_one_of(form, "type", allowed=event_types()))
        case Role.PLACE:
            return _place(form)
        case Role.TIME:
            return _time(_line(form, "edtf"))
        case Role.COUNT:
            return _count(form)
    kind = EntityKind(_one_of(form, "kind", allowed=tuple(EntityKind))) if form.get("kind") else EntityKind.OTHER
    return Thing(_needed(form, "name"), kind, actor_code=_line(form, "actor_code") or None)


def factuality_from_form(form: Form) -> Factuality | None:
    """How sure the voice is; None if the form leaves it."""
    return Factuality(_one_of(form, "factuality", allowed=tuple(Factuality))) if form.get("factuality") else None


def _place(form: Form) -> Place:
    precision = form.get("precision") or "unknown"
    if precision not in PRECISION:
        raise InputError(f"no precision: {precision!r}", where="precision", remedy=f"use one of {', '.join(PRECISION)}")
    latitude, longitude = _degrees(form, "latitude", most=90), _degrees(form, "longitude", most=180)
    if (latitude is None) != (longitude is None):
        raise InputError("a latitude needs a longitude", where="place", remedy="give both or neither")
    country, geonames = _line(form, "country").upper() or None, _number(form, "geonames_id")
    if country and (len(country) != 2 or not country.isascii() or not country.isalpha()):
        raise InputError(f"no code of a country: {country!r}", where="country", remedy="write two letters, for example SY")
    return Place(_needed(form, "name"), country, _line(form, "admin1") or None, geonames, latitude, longitude, precision)


def _time(edtf: str) -> Time:
    if not edtf:
        return Time("", None)
    if days_of(edtf) is None and not edtf.startswith("XXXX"):
        remedy = "write it as 2015-12-02, 2015-12, 2015, 2015-12-02/2015-12-05 or 2015-12-02~; leave it empty if it cannot be known"
        raise InputError(f"no date in EDTF: {edtf!r}", where="time", remedy=remedy)
    return Time(edtf, edtf)


def _count(form: Form) -> Count:
    low, high = _number(form, "low"), _number(form, "high")
    if low is not None and high is not None and low > high:
        raise InputError(f"at least {low} and at most {high}", where="count", remedy="write the smaller number first")
    return Count(_one_of(form, "kind", allowed=COUNT_KINDS), low, high, _line(form, "who") or None)


def _one_of(form: Form, field: str, *, allowed: tuple[str, ...]) -> str:
    given = form.get(field, "")
    if given not in allowed:
        raise InputError(f"no such {field}: {given!r}", where=field, remedy=f"use one of {', '.join(allowed)}")
    return given


def _needed(form: Form, field: str) -> str:
    given = _line(form, field)
    if not given:
        raise InputError(f"the {field} is empty", where=field, remedy=f"write a {field}")
    return given


def _line(form: Form, field: str) -> str:
    given = " ".join(form.get(field, "").split())
    if len(given) > LONGEST:
        raise InputError(f"longer than {LONGEST} characters", where=field, remedy="shorten it")
    return given


def _number(form: Form, field: str) -> int | None:
    given = _line(form, field).replace(",", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise InputError(f"no whole number: {given!r}", where=field, remedy="write digits, or nothing for an open end")
    return int(given)


def _degrees(form: Form, field: str, *, most: float) -> float | None:
    given = _line(form, field)
    if not given:
        return None
    try:
        degrees = float(given)
    except ValueError:
        degrees = most + 1
    if not -most <= degrees <= most:
        raise InputError(f"no {field}: {given!r}", where=field, remedy=f"write degrees from -{most} to {most}")
    return degrees
