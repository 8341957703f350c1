"""The examples of a codebook, read: whether the reader codes them as they say."""

from collections.abc import Callable, Iterator

from purport.codebook.applying import own_status
from purport.codebook.form import Finding, Notes
from purport.codebook.in_use import using
from purport.codebook.naming import NO_TYPE
from purport.codebook.records import Codebook, Example
from purport.model import Event, Report, Role
from purport.status import status_code

Read = Callable[[str], Report]
LONGEST = 60  #: characters of a sentence in a finding


def try_examples(book: Codebook, *, read: Read, where: str) -> list[Finding]:
    """A warning for every example that is read otherwise than it says. ``read`` reads a sentence with this codebook."""
    notes = Notes(where)
    with using(book):
        for own in book.types.values():
            for example in own.examples:
                for what in _differences(example, read(example.text)):
                    notes.warning(example.line, f"example “{_short(example.text)}”: {what}", remedy="add words or mend the example")
            for example in own.counter_examples:
                if what := _misread(example, read(example.text), by=own.code):
                    notes.warning(example.line, f"counter-example “{_short(example.text)}”: {what}", remedy="add a condition to the type")
    return notes.found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _misread(example: Example, report: Report, *, by: str) -> str:
    types = [event.type for event in report.events]
    if example.type == NO_TYPE:
        return f"nothing should be coded, and it is read as {', '.join(types)}" if types else ""
    if by in types:
        return f"it is read as {by}"
    return f"{example.type} is wanted; {told(report)}" if example.type and example.type not in types else ""


def _differences(example: Example, report: Report) -> Iterator[str]:
    events = [event for event in report.events if event.type == example.type]
    if not events:
        yield f"{example.type} is wanted; {told(report)}"
        return
    wrong = [list(_wrong(example, event, report=report)) for event in events]
    yield from min(wrong, key=len)


def _wrong(example: Example, event: Event, *, report: Report) -> Iterator[str]:
    for name, wanted in example.code.items():
        said = [claim.words for claim in event.claims if claim.role is Role(name)]
        for words in wanted:
            if not any(_is_same(words, each) for each in said):
                yield f"{name} should be {words!r} and is {'; '.join(map(repr, said)) or 'not read'}"
    own = own_status(event, report)
    got = {status_code(event, report).value, *([own.code] if own else [])}
    if example.status and example.status not in got:
        yield f"the status should be {example.status} and is {' / '.join(sorted(got))}"


def _is_same(wanted: str, said: str) -> bool:
    one, other = wanted.casefold(), said.casefold()
    return one in other or other in one


def told(report: Report) -> str:
    """What was read, in one line: "it is read as arrest (target 'two men', place 'Kano')"."""
    if not report.events:
        return "no event is read"
    return f"it is read as {' and '.join(_event(event) for event in report.events)}"


def _event(event: Event) -> str:
    said = [f"{claim.role.value} {claim.words!r}" for claim in event.claims if claim.role is not Role.TYPE]
    return f"{event.type} ({', '.join(said)})" if said else event.type
