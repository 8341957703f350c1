"""How sensitive an incident seems, by the types of its events and the words of their evidence: a suggestion for the person who decides."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from purport.codebook import package_type
from purport.decisions import Sensitivity, SensitivityLevel
from purport.model import Event
from purport.resources import yaml_of


def suggested(events: Iterable[Event], *, words: str = "") -> Sensitivity:
    """The strictest level that a type, or a word of a claim or of ``words``, points to; ``why`` names what did."""
    events = tuple(events)
    said = "\n".join([words, *(claim.words for event in events for claim in event.claims)])
    types = {package_type(event.type) for event in events}
    first = min((event.id for event in events), default="")
    for level in (SensitivityLevel.RESTRICTED, SensitivityLevel.SENSITIVE):
        found = [code.replace("_", " ") for code in _levels()[level]["types"] if code in types]
        found += dict.fromkeys(match.group().lower() for match in _pattern(level).finditer(said))
        if found:
            return Sensitivity(first, level, f"it tells of {', '.join(found[:5])}", "", "")
    return Sensitivity(first, SensitivityLevel.OPEN, str(_levels()[SensitivityLevel.OPEN]["why"]), "", "")


def meanings() -> dict[SensitivityLevel, str]:
    """Each level with what it means, the least first."""
    return {level: str(_levels()[level]["meaning"]) for level in SensitivityLevel}


def _levels() -> Mapping[str, Any]:
    levels: Mapping[str, Any] = yaml_of("review/sensitivity.yaml")["levels"]
    return levels


@cache
def _pattern(level: SensitivityLevel) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, _levels()[level]['words']))})\b")
