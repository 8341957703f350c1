"""``purport show``: one thing of a project file with all it stands in."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained

if TYPE_CHECKING:
    from purport.model import Judgement
    from purport.store import Shown, Store

Id = Annotated[
    str,
    typer.Argument(metavar="ID", help="Id of a page, event, claim, source, capture or reading, or its beginning.", show_default=False),
]


@explained
def show(
    db: options.Database,
    id: Id,
    as_json: options.AsJson = False,
    min_confidence: options.MinConfidence = 0.0,
    mask_names: options.MaskNames = False,
    machine_only: options.MachineOnly = False,
) -> None:
    """Show a page, event, claim or source by its id (or at least six characters of its beginning)."""
    from purport.store import Store

    with Store(db, read_only=True) as store:
        shown = store.show(id)
        shown = _confident(shown if machine_only else _decided(store, shown), at_least=min_confidence)
        if mask_names and shown.report is not None:
            from purport.reviewing import masked_report

            shown = _about(shown, replace(shown, report=masked_report(store, shown.report)))
    if as_json:
        _print_json(shown, mask_names=mask_names)
    else:
        _print(shown, mask_names=mask_names)


def _decided(store: "Store", shown: "Shown") -> "Shown":
    """As people decided; what they rejected and is asked for by its own id is shown as the machine read it."""
    from purport.reviewing import holding

    if shown.report is None or shown.superseded:
        return shown
    report = holding(store, shown.report)
    events = {event.id: event for event in report.events}
    claims = {claim.id for event in report.events for claim in event.claims}
    is_gone = (shown.event and shown.event.id not in events) or (shown.claim and shown.claim.id not in claims)
    return shown if is_gone else _about(shown, replace(shown, report=report))


def _confident(shown: "Shown", *, at_least: float) -> "Shown":
    """Without claims below ``at_least``; what was asked for by its own id stays, a claim or source with all it stands in."""
    from purport.selection import confident_event, confident_report

    if shown.report is None or shown.claim is not None or shown.attribution is not None or at_least <= 0:
        return shown
    if shown.event is None:
        return replace(shown, report=confident_report(shown.report, at_least=at_least))
    event = confident_event(shown.event, at_least=at_least)
    events = tuple(event if each.id == event.id else each for each in shown.report.events)
    return replace(shown, event=event, report=replace(shown.report, events=events))


def _about(asked: "Shown", shown: "Shown") -> "Shown":
    """The event, claim and attribution of the report that ``shown`` now holds."""
    events = {event.id: event for event in shown.report.events} if shown.report else {}
    event = events[asked.event.id] if asked.event else None
    claim = next((claim for claim in event.claims if asked.claim and claim.id == asked.claim.id), None) if event else None
    attribution = shown.report.attribution(asked.attribution.id) if shown.report and asked.attribution else None
    return replace(shown, event=event, claim=claim, attribution=attribution)


def _print_json(shown: "Shown", *, mask_names: bool) -> None:
    import json
    from dataclasses import asdict

    from purport.print_safe import json_safe
    from purport.wire import told_to_json

    record = {
        "kind": shown.kind,
        "id": shown.id,
        "superseded": shown.superseded,
        "digest": shown.digest,
        "sightings": [] if mask_names else [asdict(sighting) for sighting in shown.sightings],
        "readings": [asdict(reading) for reading in shown.readings],
        "judgements": [_judgement(judgement) for judgement in shown.judgements],
        "report": told_to_json(shown.report) if shown.report else None,
    }
    print(json_safe(json.dumps(record, ensure_ascii=False, default=dict)))


def _judgement(judgement: "Judgement") -> dict[str, object]:
    from dataclasses import asdict

    from purport.wire import value_to_json

    return {**asdict(judgement), "value": value_to_json(judgement.value) if judgement.value else None}


def _print(shown: "Shown", *, mask_names: bool) -> None:
    from purport.terminal import page_view, screen
    from purport.terminal.styles import QUIET, words

    console = screen()
    if shown.report is None:
        console.print(words(f"{shown.kind} {shown.id} could not be read; `purport add` said why."))
    elif shown.attribution is not None:
        console.print(_attribution_view(shown))
    else:
        events = None if shown.event is None else [shown.event if shown.claim is None else replace(shown.event, claims=(shown.claim,))]
        console.print(page_view(shown.report, digest=shown.digest, events=events, with_ids=True))
    for line in _notes(shown, mask_names=mask_names):
        console.print(words(line, QUIET))


def _attribution_view(shown: "Shown") -> object:
    """Source, cue, chain, and the words that rest on it."""
    from rich.console import Group

    from purport.status import quote_of
    from purport.terminal.page import page_header
    from purport.terminal.styles import CHAIN, quoted, words
    from purport.wording import STANCES, chain_words

    assert shown.report is not None and shown.attribution is not None  # noqa: S101 - asked for by the caller
    text, link = shown.report.document.text, shown.attribution
    chain = words(f"{chain_words(link.id, shown.report)} · {STANCES[link.stance]}", CHAIN)
    return Group(
        page_header(shown.report.document, with_ids=True), chain, quoted(quote_of(text, link.cue)), quoted(quote_of(text, link.content))
    )


def _notes(shown: "Shown", *, mask_names: bool) -> list[str]:
    """Judgements, where the page was met, and its readings."""
    lines = ["Only an older reading says this."] if shown.superseded else []
    for judgement in shown.judgements:
        lines.append(
            f"judged: {judgement.verdict.value} by {judgement.coder}, {judgement.made_at}"
            + (f": {judgement.note}" if judgement.note else "")
        )
    if not mask_names:
        lines += [f"met: {seen.origin}" + (f", {seen.retrieved_at}" if seen.retrieved_at else "") for seen in shown.sightings]
    lines += [f"read: {kept.reader}, {kept.made_at}" + (" (current)" if kept.current else "") for kept in shown.readings]
    return [*lines, f"bytes: {shown.digest}"]
