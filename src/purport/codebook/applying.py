"""What the codebook in use makes of an event: its type, the names of its roles, its status. Pure; without a codebook nothing changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from purport.accounts import Account, GradeCode
from purport.codebook.in_use import in_use
from purport.codebook.naming import CERTAINTIES, package_types
from purport.codebook.records import Codebook, Figure, Filling, OwnRole, OwnStatus, OwnType, When
from purport.model import Claim, Count, Event, EventType, Report, Role, Spans, Thing, claim_id
from purport.status import NEGATIVE, StatusCode, status_code


# ------------------------------------------------------------------ types
def types_in_use() -> tuple[str, ...]:
    """The codes that events can have, the codebook's own first."""
    book = in_use()
    kept = package_types() if book.extends else ()
    return tuple(dict.fromkeys((*book.types, *(each for each in kept if each not in book.taken and each not in book.leaves_out))))


def package_type(code: str) -> str:
    """The type of the package that an own type is most like; a type of the package itself, or of no codebook, as it is."""
    own = in_use().types.get(code)
    return own.like or code if own else code


def group_of(code: str) -> str:
    """The group that a type stands in, "" for none."""
    own = in_use().types.get(code)
    return own.group if own else ""


def as_coded(report: Report, *, said: dict[str, str], words: dict[str, str]) -> Report:
    """The report with the types of the codebook in use; events that it has no type for are left out.

    ``said``: by event, the own type whose words name it; ``words``: by event, the lemmas of its triggers.
    """
    book = in_use()
    if not book.types and not book.leaves_out:
        return report
    found = []
    for event in report.events:
        code = type_of(event, book=book, said=said.get(event.id, ""), words=words.get(event.id, ""))
        if code:
            found.append(event if code == event.type else _retyped(event, code, report=report))
    return replace(report, events=tuple(found))


def type_of(event: Event, *, book: Codebook, said: str = "", words: str = "") -> str | None:
    """The type that a codebook gives an event of a type of the package; None if it has none for it.

    What words of its own name comes first, then types whose condition holds, in their order, then those that ask nothing. Own words of
    a type that takes all of the package's are no more than words of the package: conditions of other types come before them.
    """
    if said and not any(o.type == event.type and o.when.asks_nothing for o in book.types[said].origins):
        return said
    for asks in (True, False):
        if said and not asks:
            return said
        for own in book.types.values():
            for origin in own.origins:
                if origin.type == event.type and origin.when.asks_nothing != asks and holds(origin.when, event=event, words=words):
                    return own.code
    return event.type if event.type in book.types or (book.extends and event.type not in book.leaves_out) else None


def holds(when: When, *, event: Event, words: str = "") -> bool:
    """Whether a condition holds of an event. ``words``: those that name it."""
    if when.reality and event.reality not in when.reality:
        return False
    if when.triggers and not has_word(words, when.triggers):
        return False
    claims = [claim for claim in event.claims if claim.factuality not in NEGATIVE]
    filled = all(any(fits(filling, claim) for claim in claims if claim.role is role) for role, filling in when.fillings.items())
    counted = all(any(_is(figure, claim) for claim in claims) for figure in when.figures)
    return filled and counted and not (when.unless is not None and _some(when.unless, event=event, words=words))


def _some(when: When, *, event: Event, words: str) -> bool:
    """Whether any part of a condition holds."""
    parts = [When(fillings={role: filling}) for role, filling in when.fillings.items()]
    parts += [When(figures=(figure,)) for figure in when.figures]
    parts += [When(triggers=when.triggers)] if when.triggers else []
    parts += [When(reality=when.reality)] if when.reality else []
    return any(holds(part, event=event, words=words) for part in parts)


def fits(filling: Filling, claim: Claim) -> bool:
    """Whether a claim's value is what a filling asks for."""
    thing = claim.value
    if not isinstance(thing, Thing):
        return False
    if filling.kinds and thing.kind.value not in filling.kinds:
        return False
    if filling.codes and thing.actor_code not in filling.codes:
        return False
    return not filling.words or has_word(f"{claim.words}\n{thing.name}", filling.words)


def _is(figure: Figure, claim: Claim) -> bool:
    count = claim.value
    if not isinstance(count, Count) or count.kind != figure.kind:
        return False
    low = count.low if count.low is not None else count.high or 0
    return low >= figure.at_least and (figure.at_most is None or low <= figure.at_most)


def has_word(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words or phrases stands in the text, also in the plural."""
    return _pattern(tuple(words)).search(text) is not None


@lru_cache(maxsize=2_000)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?:e?s)?(?!\w)")


def _retyped(event: Event, code: str, *, report: Report) -> Event:
    """The event with another type; so its claims of the type, which get the ids of what they now claim."""
    claims = tuple(_retyped_claim(claim, code, report=report) if claim.role is Role.TYPE else claim for claim in event.claims)
    return replace(event, type=code, claims=claims)


def _retyped_claim(claim: Claim, code: str, *, report: Report) -> Claim:
    value = EventType(code)
    made = claim_id(event_id=claim.event_id, role=claim.role, value=value, spans=claim.spans, chain=_chain(claim, report))
    return replace(claim, id=made, value=value)


def _chain(claim: Claim, report: Report) -> list[object]:
    """Who says it as an id of a claim has it: the spans of each source and its stance."""
    return [[*_ends(link.source.spans if link.source else ()), link.stance.value] for link in report.chain(claim.attribution_id)]


def _ends(spans: Spans) -> Iterator[object]:
    return ((span.start, span.end) for span in spans)


# ------------------------------------------------------------------ roles
def own_role(claim: Claim, type: str) -> OwnRole | None:
    """The codebook's role that a claim of an event of this type fills; the most particular one, else the first."""
    found = [role for role in in_use().roles.values() if _fills(role, claim, type=type)]
    return max(found, key=lambda role: (bool(role.of), role.only != Filling()), default=None)


def _fills(role: OwnRole, claim: Claim, *, type: str) -> bool:
    if role.fills is not claim.role or (role.of and type not in role.of):
        return False
    if role.fills is Role.COUNT and isinstance(claim.value, Count) and claim.value.kind != role.count:
        return False
    return role.only == Filling() or fits(role.only, claim)


def role_name(role: Role, types: Iterable[str], *, count: str = "") -> str:
    """The codebook's label of a role of the package in events of these types; "" if it has none, or several."""
    found = {
        next((own.label for own in in_use().roles.values() if _names(own, role, type=type, count=count)), "")
        for type in dict.fromkeys(types)
    }
    return found.pop() if len(found) == 1 else ""


def _names(own: OwnRole, role: Role, *, type: str, count: str) -> bool:
    return own.fills is role and (not own.of or type in own.of) and own.count == count and own.only == Filling()


def by_hand() -> tuple[OwnRole, ...]:
    """The roles that coders fill in."""
    return tuple(role for role in in_use().roles.values() if role.is_by_hand)


# ------------------------------------------------------------------ statuses
def own_status(event: Event, report: Report) -> OwnStatus | None:
    """The codebook's name for how one page tells an event; None if it has none. One page is at most one source."""
    book = in_use()
    if not book.statuses:
        return None
    code = status_code(event, report)
    sources = int(code not in (StatusCode.PARTY_CLAIM, StatusCode.UNREALISED, StatusCode.DENIED))
    return status_in(book, (code.value, event.reality, event.voice, event.certainty), disputed=event.disputed, sources=sources)


def incident_status(account: Account) -> OwnStatus | None:
    """The codebook's name for how an incident is told, from its grade, its surest telling and its independent sources; None for none."""
    book, code = in_use(), account.grade.code
    if not book.statuses:
        return None
    reality = REALITY_OF.get(code, "actual")
    events = [event for event in account.incident.events if event.reality == reality] or list(account.incident.events)
    voice = "outlet" if any(event.voice == "outlet" for event in events) else "sources"
    certainty = next(each for each in CERTAINTIES if any(event.certainty == each for event in events) or each == CERTAINTIES[-1])
    sources = len(account.incident.independent_sources())
    return status_in(book, (code.value, reality, voice, certainty), disputed=bool(account.disputes), sources=sources)


#: What an incident of these grades is told as; of all others, as having happened.
REALITY_OF = {GradeCode.DENIED: "negated", GradeCode.UNREALISED: "unrealised"}


def status_in(book: Codebook, told: tuple[str, str, str, str], *, disputed: bool, sources: int) -> OwnStatus | None:
    """The first status of a codebook that fits. ``told``: status of the package, reality, voice, certainty."""
    return next((each for each in book.statuses if _is_told(each, told, disputed=disputed, sources=sources)), None)


def _is_told(status: OwnStatus, told: tuple[str, str, str, str], *, disputed: bool, sources: int) -> bool:
    asked = (status.status, status.reality, status.voice, status.certainty)
    fit = all(not allowed or value in allowed for allowed, value in zip(asked, told, strict=True))
    return fit and status.disputed in (None, disputed) and sources >= status.sources


# ------------------------------------------------------------------ codes of other schemes
def own_codes(type: str, scheme: str) -> tuple[bool, Any]:
    """Whether the codebook says what a scheme makes of a type, and what: None for nothing."""
    codes = in_use().crosswalks.get(type, {})
    return scheme in codes, codes.get(scheme)


def types_like(code: str) -> list[OwnType]:
    """Own types that are read as a type of the package."""
    return [own for own in in_use().types.values() if own.like == code]
