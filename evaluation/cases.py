"""The project's own short cases of talk and plain fact: ``python -m evaluation.cases``.

A case is one line of ``evaluation/cases/*.jsonl``: ``id``, ``text``, ``slice``, ``trigger`` (``[start, end)`` of the word that names the
happening), ``type``, ``expected`` ("fact" or "talk") and, where the case means to say so, ``reality``, ``voice``, ``certainty``, ``source``
(words of the innermost source), ``stance`` and ``published``. Every text is invented.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.extract import document_of_text
from purport.model import Event, Report, Role, Span
from purport.pipeline import Pipeline
from purport.settings import Settings

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One short text with the happening that is asked for and how it is told."""

    id: str
    text: str
    slice: str
    trigger: Span
    expected: str  #: "fact" or "talk"
    type: str | None = None
    published: str | None = None
    reality: str | None = None
    voice: str | None = None
    certainty: str | None = None
    source: str | None = None
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with the event found for it (None: missed) and the report that holds it."""

    case: Case
    event: Event | None
    report: Report

    @property
    def wrong(self) -> bool:
        """True for talk that comes out as plain fact and for plain fact that does not."""
        return self.event is not None and self.event.told_as_fact() != (self.case.expected == "fact")


def load(folder: Path = FOLDER) -> tuple[Case, ...]:
    """All cases of a folder's ``*.jsonl``, by file name and line."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(_case(json.loads(line)) for line in lines)


def _case(record: dict[str, Any]) -> Case:
    return Case(**{**record, "trigger": Span(*record["trigger"])})


def outcome(case: Case, *, pipeline: Pipeline) -> Outcome:
    """Read the case's text and pick its event."""
    report = pipeline.report_of(document_of_text(case.text, id=case.id, published=case.published))
    return Outcome(case, _event_of(case, report=report), report)


def _event_of(case: Case, *, report: Report) -> Event | None:
    """The event whose triggers overlap the case's, one of the case's type before others; a threat is never the violence threatened."""
    threat = case.type == "threat"
    found = [e for e in report.events if (e.type == "threat") == threat and any(t.overlaps(case.trigger) for t in e.triggers)]
    return next((e for e in found if e.type == case.type), found[0] if found else None)


def score(cases: Iterable[Case], *, settings: Settings) -> dict[str, Any]:
    """``told_as_fact`` (share of found talk that comes out as plain fact), ``fact_as_talk`` (its mirror), recall, slices, errors.

    ``recall_actual`` leaves out what did not happen, which the codebook's rule 8 keeps only with particulars."""
    pipeline = Pipeline(settings)
    outcomes = [outcome(case, pipeline=pipeline) for case in cases]
    slices = sorted({o.case.slice for o in outcomes})
    return {
        **_shares(outcomes),
        "recall_actual": _shares([o for o in outcomes if o.case.reality == "actual"])["recall"],
        **{field: _agreement(outcomes, of=_field(field)) for field in ("type", "reality", "voice", "certainty")},
        "source": _agreement(outcomes, of=_source_agrees),
        "slices": {name: _shares([o for o in outcomes if o.case.slice == name]) for name in slices},
        "errors": [_described(o) for o in outcomes if o.wrong],
        "missed": [o.case.id for o in outcomes if o.event is None],
    }


def _shares(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    found = Counter(o.case.expected for o in outcomes if o.event is not None)
    wrong = Counter(o.case.expected for o in outcomes if o.wrong)
    return {
        "told_as_fact": _share(wrong["talk"], found["talk"]),
        "fact_as_talk": _share(wrong["fact"], found["fact"]),
        "recall": _share(found.total(), len(outcomes)),
        "cases": len(outcomes),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _agreement(outcomes: Iterable[Outcome], *, of: Callable[[Outcome], bool | None]) -> float | None:
    """Share of found cases for which ``of`` holds, of those that it can judge."""
    judged = [agrees for o in outcomes if o.event is not None and (agrees := of(o)) is not None]
    return _share(sum(judged), len(judged))


def _field(name: str) -> Callable[[Outcome], bool | None]:
    def agrees(found: Outcome) -> bool | None:
        wanted = getattr(found.case, name)
        return None if wanted is None else bool(getattr(found.event, name) == wanted)

    return agrees


def _source_agrees(found: Outcome) -> bool | None:
    """True if a claim of the event's type rests on the words of the case's source; None if the case names no source."""
    if found.case.source is None:
        return None
    wanted = found.case.source.lower()
    return any(wanted in words or words in wanted for words in innermost_sources(found))


def innermost_sources(found: Outcome) -> tuple[str, ...]:
    """The words, in lower case, of the innermost sources that the event's being so rests on."""
    claims = [c for c in found.event.claims if c.role == Role.TYPE] if found.event else []
    chains = [found.report.chain(c.attribution_id) for c in claims]
    sources = [chain[-1].source for chain in chains if chain]
    return tuple(span.of(found.case.text).lower() for source in sources if source for span in (*source.named_spans, *source.spans))


def _described(found: Outcome) -> dict[str, Any]:
    event = found.event
    told = f"{event.type}: {event.reality}, {event.voice}, {event.certainty}" if event else "missed"
    return {
        "id": found.case.id,
        "expected": found.case.expected,
        "told": told,
        "trigger": found.case.trigger.of(found.case.text),
        "text": found.case.text,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON; 0 always, since a floor is a test's business."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.cases", description="Figures on the project's own cases of talk and plain fact."
    )
    parser.add_argument("--slice", help="only cases of this slice")
    chosen = parser.parse_args(arguments).slice
    cases = [case for case in load() if chosen in (None, case.slice)]
    json.dump(score(cases, settings=Settings()), sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
