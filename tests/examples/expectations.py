"""What ``expected.yaml`` asks of the example pages, as single checks: each says what was found instead, or nothing if it is met."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from purport.model import Attribution, BlockKind, Claim, Count, Event, Place, Report, Role, Span, Spans, Time
from purport.resources import yaml_of

Spec = Mapping[str, Any]
Check = Callable[[Report], str | None]
NAME = "examples/expected.yaml"
PLAIN = ("title", "outlet", "byline", "published", "published_from", "language", "unread")
SPELT_OUT = ("kind", "chain", "stance", "duress", "edtf")
BANS = ("told_as_fact", "actual", "event")
DERIVED = ("type", "reality", "voice", "certainty", "disputed")


@dataclass(frozen=True)
class Expectation:
    """One thing that a page must show. ``missing`` is None if it does, else what was found; ``gap`` why today's reader does not."""

    id: str
    page: str
    missing: Check
    gap: str | None = None


def expectations() -> list[Expectation]:
    """All of them, page by page, each with a name of its own."""
    gaps = known_gaps()
    checks = [(f"{page.split('.')[0]}{page.partition('#')[2]}", page, spec) for page, spec in pages().items()]
    named = [(f"{short}/{name}", page, check) for short, page, spec in checks for name, check in _of_page(spec)]
    return [Expectation(name, page, check, gaps.get(name)) for name, page, check in named]


def pages() -> Mapping[str, Spec]:
    """The expectations of each page as written."""
    return yaml_of(NAME)["pages"]  # type: ignore[no-any-return]


def known_gaps() -> dict[str, str]:
    """Name of an expectation → why it is not met yet."""
    return {name: gap["cause"] for gap in yaml_of(NAME)["known_gaps"] for name in gap["expectations"]}


def phrases(spec: Spec) -> Iterator[str]:
    """All words of a page's expectations that must stand in its text."""
    yield from spec["document"].get("keeps", ())
    for event in spec.get("events", {}).values():
        yield from event["at"]
        yield from (claim["words"] for claim in event.get("claims", ()) if claim.get("words"))
    yield from (phrase for ban in spec.get("never", ()) for phrase in ban.get("at", ()))


def _of_page(spec: Spec) -> Iterator[tuple[str, Check]]:
    yield from _of_document(spec["document"])
    for name, event in spec.get("events", {}).items():
        yield from ((f"{name}/{asked}", check) for asked, check in _of_event(event))
    for ban in spec.get("never", ()):
        yield f"never {_title(ban)}", partial(_shows_banned, ban)


# ------------------------------------------------------------------ the document
def _of_document(spec: Spec) -> Iterator[tuple[str, Check]]:
    for name in PLAIN:
        if name in spec:
            yield f"document {name}", partial(_other_field, name, spec[name])
    yield from ((f"document keeps {words}", partial(_lacks_words, words)) for words in spec.get("keeps", ()))
    yield from ((f"document drops {words.strip()}", partial(_holds_words, words)) for words in spec.get("drops", ()))
    for kind in (BlockKind.CAPTION, BlockKind.CREDIT):
        yield from ((f"document {kind} {words}", partial(_lacks_block, kind, words)) for words in spec.get(f"{kind}s", ()))
    yield from ((f"document caption without {words}", partial(_caption_holds, words)) for words in spec.get("not_captions", ()))


def _other_field(name: str, expected: object, report: Report) -> str | None:
    found = getattr(report.document, name)
    return None if found == expected else f"{name} is {found!r}"


def _lacks_words(words: str, report: Report) -> str | None:
    return None if words in report.document.text else "not in the text"


def _holds_words(words: str, report: Report) -> str | None:
    return "in the text" if words in report.document.text else None


def _blocks(report: Report, kind: BlockKind) -> list[str]:
    return [block.span.of(report.document.text) for block in report.document.blocks if block.kind is kind]


def _lacks_block(kind: BlockKind, words: str, report: Report) -> str | None:
    found = _blocks(report, kind)
    return None if any(words in block for block in found) else f"{kind} blocks are {found}"


def _caption_holds(words: str, report: Report) -> str | None:
    found = _blocks(report, BlockKind.CAPTION)
    return f"captions are {found}" if not found or any(words in block for block in found) else None


# ------------------------------------------------------------------ events
def _of_event(spec: Spec) -> Iterator[tuple[str, Check]]:
    yield "found", partial(_lacks_event, spec)
    for name in DERIVED:
        if name in spec:
            yield name, partial(_other_derived, spec, name)
    yield from ((_title(claim), partial(_lacks_claim, spec, claim)) for claim in spec.get("claims", ()))
    for ban in spec.get("never", ()):
        told = {ban: True} if isinstance(ban, str) else ban
        yield f"never {_title(told)}", partial(_shows_banned, {"at": spec["at"], **told})


def _title(spec: Spec) -> str:
    words = (f"{key} {_words(value)}" if key in SPELT_OUT else _words(value) for key, value in _told(spec))
    return " ".join(word for word in words if word)


def _told(spec: Spec) -> list[tuple[str, object]]:
    return [(key, value) for key, value in spec.items() if key != "country"] + [(ban, ban) for ban in BANS if spec.get(ban)]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "outlet"
    if value is None:
        return "open"
    return "" if value is True else str(value)


def events_at(phrases: list[str], report: Report) -> list[Event]:
    """The events with a trigger in one of these phrases; the one in most of them first, of two the one in the earlier phrase."""
    spots = [spot for phrase in phrases for spot in occurrences(phrase, report.document.text)]
    touched = {event.id: [n for n, spot in enumerate(spots) if any(t.overlaps(spot) for t in event.triggers)] for event in report.events}
    return sorted((e for e in report.events if touched[e.id]), key=lambda e: (-len(touched[e.id]), touched[e.id]))


def occurrences(phrase: str, text: str) -> list[Span]:
    """Every place where ``phrase`` stands."""
    starts, at = [], text.find(phrase)
    while at >= 0:
        starts.append(Span(at, at + len(phrase)))
        at = text.find(phrase, at + 1)
    return starts


def _event(spec: Spec, report: Report) -> Event | None:
    found = events_at(spec["at"], report)
    of_type = [event for event in found if event.type == spec.get("type")]
    return next(iter([*of_type, *found]), None)


def _lacks_event(spec: Spec, report: Report) -> str | None:
    return None if _event(spec, report) else "no such event"


def _other_derived(spec: Spec, name: str, report: Report) -> str | None:
    event = _event(spec, report)
    if event is None:
        return "no such event"
    found = getattr(event, name)
    allowed = spec[name] if isinstance(spec[name], list) else [spec[name]]
    return None if found in allowed else f"{name} is {found}"


def _lacks_claim(spec: Spec, claim: Spec, report: Report) -> str | None:
    event = _event(spec, report)
    if event is None:
        return "no such event"
    same_role = [c for c in event.claims if c.role is Role(claim["role"])]
    return None if any(holds(claim, c, report) for c in same_role) else f"found {[told(c, report) for c in same_role]}"


def _shows_banned(ban: Spec, report: Report) -> str | None:
    events = events_at(ban["at"], report) if "at" in ban else report.events
    return next((f"{event.type} {told(event.claims[0], report)}" for event in events if _is_banned(ban, event, report)), None)


def _is_banned(ban: Spec, event: Event, report: Report) -> bool:
    if ban.get("event"):
        return True
    if ban.get("told_as_fact"):
        return event.told_as_fact()
    if ban.get("actual"):
        return event.reality == "actual"
    return any(c.role is Role(ban["role"]) and holds(ban, c, report) for c in event.claims)


# ------------------------------------------------------------------ claims
def holds(spec: Spec, claim: Claim, report: Report) -> bool:
    """True if a claim of the right role says what is asked, on the word that is asked."""
    links = report.chain(claim.attribution_id)
    return _says(spec, claim) and _is_counted_so(spec, claim) and _is_told_by(spec, links, report.document.text)


def _says(spec: Spec, claim: Claim) -> bool:
    one, other = str(spec.get("words", "")).casefold(), claim.words.casefold()
    if not (one in other or other in one or _names(claim, one)):
        return False
    if "country" in spec and isinstance(claim.value, Place) and claim.value.country != spec["country"]:
        return False
    return "edtf" not in spec or not isinstance(claim.value, Time) or _dated(claim.value.edtf, spec["edtf"])


def _names(claim: Claim, words: str) -> bool:
    return words in str(getattr(claim.value, "name", "")).casefold()


def _dated(found: str | None, expected: str | None) -> bool:
    return found is None if expected is None else (found or "").startswith(expected)


def _is_counted_so(spec: Spec, claim: Claim) -> bool:
    value = claim.value
    if not isinstance(value, Count) or "kind" not in spec:
        return "kind" not in spec
    same = (value.kind, value.low, value.high) == (spec["kind"], spec["low"], spec["high"])
    return same and str(spec.get("who", "")) in (value.who or "").casefold()


def _is_told_by(spec: Spec, links: tuple[Attribution, ...], text: str) -> bool:
    if "stance" in spec and (not links or links[-1].stance.value != spec["stance"]):
        return False
    if spec.get("duress") and not any(link.source and link.source.duress for link in links):
        return False
    sources = [link.source for link in links if link.source is not None]
    asked = spec.get("chain")
    if asked is None:
        return True
    spoken = [f"{_quoted(s.spans, text)} {_quoted(s.named_spans, text)}".casefold() for s in sources]
    return len(asked) == len(spoken) and (bool(asked) or not links) and all(a.casefold() in s for a, s in zip(asked, spoken, strict=True))


def _quoted(spans: Spans, text: str) -> str:
    return " ".join(span.of(text) for span in spans)


def told(claim: Claim, report: Report) -> str:
    """A claim in a line, for the message of a test."""
    text = report.document.text
    links = report.chain(claim.attribution_id)
    chain = [f"{_quoted(a.source.named_spans or a.source.spans, text) if a.source else '?'} {a.stance}" for a in links]
    value = claim.value
    number = f" {value.kind} {value.low}-{value.high} {value.who}" if isinstance(value, Count) else ""
    when = f" {value.edtf}" if isinstance(value, Time) else ""
    return f"{claim.words!r}{number}{when} <- {chain}"
