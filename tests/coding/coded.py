"""Invented sentences through the whole pipeline, each read once in a test session, and ways to look at what came out."""

import re
from functools import cache
from typing import Any

import pytest

from purport.extract import document_of_text
from purport.model import Attribution, Claim, Count, Event, Report, Role
from purport.pipeline import Pipeline
from purport.settings import Settings

#: A Wednesday on which all texts appeared.
PUBLISHED = "2016-05-18"
ARTICLE = re.compile(r"^(?:the|a|an|some|two of the|its|their|his|her) ", re.IGNORECASE)


@cache
def reported(text: str, *, settings: Settings = Settings()) -> Report:  # noqa: B008 - a frozen record
    """The report of ``text``, published on ``PUBLISHED``."""
    return Pipeline(settings).report_of(document_of_text(text, id="invented", published=PUBLISHED))


def bare(words: str) -> str:
    """``words`` in lower case without an article at the front: what two coders would call the same span."""
    return ARTICLE.sub("", words.lower()).strip(" ,.")


def types_of(text: str) -> list[str]:
    """The types of all events, sorted."""
    return sorted(event.type for event in reported(text).events)


def event_of(text: str, type_: str) -> Event:
    """The one event of ``text`` whose type is among those of ``type_`` ("killing|armed_assault")."""
    found = [event for event in reported(text).events if event.type in type_.split("|")]
    assert len(found) == 1, f"{len(found)} events of type {type_} among {types_of(text)}"
    return found[0]


def claims_of(event: Event, role: Role) -> list[Claim]:
    """The claims of a role that assert something: a denied value is not one of them."""
    return [claim for claim in event.claims if claim.role is role and not claim.factuality.value.endswith("-")]


def words_of(event: Event, role: Role) -> set[str]:
    """What fills a role, in bare words."""
    return {bare(claim.words) for claim in claims_of(event, role)}


def counts_of(text: str) -> list[tuple[str, int | None, int | None, str | None]]:
    """Kind, low, high and the counted noun of every count of the page, sorted and each once."""
    values = [claim.value for event in reported(text).events for claim in event.claims if isinstance(claim.value, Count)]
    found = {(v.kind, v.low, v.high, v.who.split()[-1].lower() if v.who else None) for v in values}
    return sorted(found, key=str)


def innermost(report: Report, claim: Claim) -> Attribution | None:
    """The attribution that a claim rests on; None for the outlet's own word."""
    return report.attribution(claim.attribution_id) if claim.attribution_id else None


def source_words(attribution: Attribution | None, text: str) -> str | None:
    """Who speaks, in bare words; None for the outlet and for hearsay."""
    if attribution is None or attribution.source is None:
        return None
    spans = attribution.source.named_spans or attribution.source.spans
    return bare(" ".join(span.of(text) for span in spans))


def words_match(found: set[str], expected: set[str]) -> bool:
    """One of the wordings of each expected phrase ("lorry|white lorry"), and nothing else."""
    alternatives = [set(phrase.split("|")) for phrase in expected]
    return all(found & phrases for phrases in alternatives) and all(any(words in phrases for phrases in alternatives) for words in found)


def gap(*row: object, why: str) -> Any:
    """A row of a table that the reader does not get right yet; it fails the suite as soon as it does."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=why))
