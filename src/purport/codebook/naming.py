"""The words that a codebook may use for what the package knows: types, frames, roles, kinds, statuses."""

import re
from typing import Any

from purport.accounts import GradeCode
from purport.model import EntityKind, Role, SourceKind, Stance
from purport.resources import yaml_of
from purport.status import StatusCode

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
FRAMES = ("attack", "explode", "suffer", "clash", "take", "lose", "fall", "withdraw", "agree", "crowd", "threaten", "launch")
#: Roles that an own role can be another name for, and that an example can ask for.
FILLED = (Role.PERPETRATOR, Role.TARGET, Role.INSTRUMENT, Role.PLACE, Role.TIME, Role.COUNT, Role.NAME)
#: Roles whose values have kinds, words and actor codes.
THINGS = (Role.PERPETRATOR, Role.TARGET, Role.INSTRUMENT)
COUNT_KINDS = ("killed", "injured", "casualties", "missing", "detained", "abducted", "displaced")
KINDS = tuple(kind.value for kind in EntityKind)
SOURCE_KINDS = tuple(kind.value for kind in SourceKind)
STANCES = tuple(stance.value for stance in Stance)
STATUSES = tuple(code.value for code in StatusCode)
#: Of an incident (``incidents/grades.yaml``), beside those of one page.
GRADES = tuple(code.value for code in GradeCode)
REALITIES = ("actual", "negated", "unrealised")
VOICES = ("outlet", "sources")
CERTAINTIES = ("certain", "probable", "possible")
NO_TYPE = "none"  #: of a counter-example in which nothing may be coded
SCHEMES = ("plover", "acled", "civilians", "cameo", "gtd", "ucdp")


def package_types() -> tuple[str, ...]:
    """Codes of the package's types in their order."""
    return tuple(_events()["types"])


def instrument_types() -> tuple[str, ...]:
    """Types that an instrument can tell."""
    return tuple(_events()["evidence"])


def _events() -> Any:
    return yaml_of("ontology/events.yaml")
