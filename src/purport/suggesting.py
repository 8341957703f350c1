"""Asking a second reader about the pages of a project file: the work behind ``purport suggest``; above all rooms."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from purport.codebook import types_in_use
from purport.decisions import AddedEvent
from purport.errors import FetchError
from purport.model import Attribution, Claim, Failure, Spans
from purport.second import Client, Suggestion, suggest
from purport.status import quote_of
from purport.store import Store
from purport.store.suggesting import Records

Progress = Callable[[int, int], None]  #: pages asked about, suggestions so far
MOST_FAILURES = 5  #: one after another; then the endpoint is held to be gone


@dataclass(frozen=True, slots=True)
class SuggestRun:
    """What came of it. ``passed_over``: pages that this reader was asked about before, or that are not read."""

    pages: int = 0
    suggestions: int = 0
    passed_over: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False


def suggest_pages(
    store: Store, client: Client, *, query: str = "", limit: int | None = None, progress: Progress | None = None
) -> SuggestRun:
    """Ask about every page that matches and was not asked about; each is kept at once, so that an interrupted run goes on from there.

    A page whose answer does not come is told and can be asked about again. Raises QueryError, StoreError, and FetchError if the
    endpoint fails :data:`MOST_FAILURES` times one after another.
    """
    reader = f"endpoint {client.endpoint.model}"
    pages = suggestions = passed_over = in_a_row = 0
    dropped: Counter[str] = Counter()
    failures: list[Failure] = []
    try:
        for report in store.reports(query):
            document = report.document
            if document.unread is not None or store.suggestions.was_asked(document.id, reader=reader):
                passed_over += 1
                continue
            if limit is not None and pages + len(failures) >= limit:
                break
            try:
                found = suggest(document, client, types=types_in_use())
            except FetchError as error:
                failures.append(Failure(document.id, error.what, error.remedy, stage="suggest"))
                in_a_row += 1
                if in_a_row >= MOST_FAILURES:
                    raise
                continue
            in_a_row = 0
            kept = [_records(suggestion) for suggestion in found.suggestions]
            suggestions += store.suggestions.keep(document.id, *kept, reader=reader, dropped=found.dropped)
            pages, dropped = pages + 1, dropped + Counter(found.dropped)
            if progress:
                progress(pages, suggestions)
    except KeyboardInterrupt:
        return SuggestRun(pages, suggestions, passed_over, dict(dropped), tuple(failures), interrupted=True)
    return SuggestRun(pages, suggestions, passed_over, dict(dropped), tuple(failures))


def take(store: Store, key: int, *, coder: str) -> None:
    """Make a suggestion the coder's own addition, with all its claims. Raises StoreError.

    The addition comes first: killed between the two, the suggestion waits on and taking it again only marks it.
    """
    kept = store.suggestions.find(key)
    text = store.report(kept.document_id).document.text
    known = {each.id for each in store.reviews.additions(kept.document_id) if each.coder == coder and not each.withdrawn}
    new = [record for record in kept.records if record.id not in known]
    if new:
        store.reviews.add(kept.document_id, *new, coder=coder, words=[quote_of(text, _selected(record)) for record in new])
    store.suggestions.decide(key, state="taken", coder=coder)


def decline(store: Store, key: int, *, coder: str) -> None:
    """Say that a suggestion is none. Raises StoreError if somebody else has decided it."""
    store.suggestions.decide(key, state="declined", coder=coder)


def reopen(store: Store, key: int, *, coder: str) -> None:
    """Undo the coder's decision: what was added is taken back, and the suggestion waits again. Raises StoreError."""
    kept = store.suggestions.find(key)
    store.suggestions.decide(key, state="waiting", coder=coder)
    if kept.state == "taken":
        own = {each.id for each in store.reviews.additions(kept.document_id) if each.coder == coder and not each.withdrawn}
        store.reviews.withdraw_additions(kept.document_id, *(r.id for r in kept.records if r.id in own), coder=coder)


def _selected(record: Attribution | AddedEvent | Claim) -> Spans:
    """What a person would have selected to add the record."""
    match record:
        case Attribution(source=source, cue=cue):
            return (*(source.spans if source else ()), *cue)
        case AddedEvent(triggers=triggers):
            return triggers
        case Claim(spans=spans):
            return spans


def _records(suggestion: Suggestion) -> Records:
    return (suggestion.event, *suggestion.attributions, *suggestion.claims)
