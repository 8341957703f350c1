"""All values of every role of an incident, with who gives them; disputed only where they cannot both be true."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from purport.accounts import Contest, Saying, Told
from purport.codebook import package_type
from purport.incident import Incident, Telling
from purport.incidents.competing_values import conflict, is_specific, key_of, sort_of_people, who_class
from purport.model import Claim, Count, Event, Role, Stance, Thing
from purport.status import NEGATIVE
from purport.wording import chain_words, count_words, role_label, value_words

#: Roles whose values exclude each other. Several people may be hit, with several weapons, and go by several names.
EXCLUSIVE = frozenset({Role.PERPETRATOR, Role.PLACE, Role.TIME, Role.COUNT})
DENIABLE = frozenset({Role.TYPE, Role.PERPETRATOR, Role.COUNT, Role.INSTRUMENT})
MUTUAL = frozenset({"armed_clash", "ceasefire", "riot", "protest"})  #: types of which every side is a perpetrator
MOST_VALUES = 6  #: spelt out in one reason
PARTS = frozenset({"children", "women", "men", "girls", "boys", "elderly"})  #: people counted inside other counts
UNDATED = "9999"
NOBODY = "the outlet itself"


def contests_of(incident: Incident) -> tuple[Contest, ...]:
    """One contest a role, and one a kind of count and set of people, in the order of the roles; most people first."""
    origins = {claim: origin.id for origin in incident.origins for folded in origin.folded for claim in folded.claims}
    names = {origin.id: origin.name for origin in incident.origins}
    groups: dict[tuple[Role, str, str], dict[tuple[str, ...], list[tuple[Claim, Telling]]]] = {}
    for telling in incident.tellings:
        for claim in telling.event.claims:
            groups.setdefault(_place_of(claim), {}).setdefault(key_of(claim), []).append((claim, telling))
    events = incident.events
    made = [_contest(place, values, origins=origins, names=names, events=events) for place, values in groups.items()]
    return tuple(sorted(_with_sorts_of_people(made, names), key=_order))


def _place_of(claim: Claim) -> tuple[Role, str, str]:
    if isinstance(claim.value, Count):
        return claim.role, claim.value.kind, who_class(claim.value.who)
    return claim.role, "", ""


KINDS = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")


def _order(contest: Contest) -> tuple[int, int, bool, str]:
    kind = KINDS.index(contest.kind) if contest.kind in KINDS else len(KINDS)
    return tuple(Role).index(contest.role), kind, bool(contest.who), contest.who


def _contest(
    place: tuple[Role, str, str],
    values: Mapping[tuple[str, ...], Sequence[tuple[Claim, Telling]]],
    *,
    origins: Mapping[str, str],
    names: Mapping[str, str],
    events: Sequence[Event],
) -> Contest:
    role, kind, who = place
    told = [_told([_saying(claim, telling, origins=origins) for claim, telling in group], group[0][0]) for group in values.values()]
    told = _replaced(told) if role is Role.COUNT else told
    told.sort(key=_by_support)
    why = "; ".join(_reasons(told, role, names=names, events=events))
    return Contest(role, kind, who, tuple(told), bool(why), why)


def _by_support(value: Told) -> tuple[object, ...]:
    """Values that hold before earlier figures and these before denied ones; those of most origins first."""
    return (not value.affirmed, bool(value.replaced_by), -len(set(value.origins())), value.first_seen or UNDATED, value.words)


def _told(sayings: Sequence[Saying], claim: Claim) -> Told:
    ordered = sorted(sayings, key=lambda saying: (saying.published or UNDATED, saying.outlet, saying.claim_id))
    first = next((saying.published for saying in ordered if saying.published and not saying.denies), None)
    return Told(claim.value, value_words(claim), tuple(ordered), first or ordered[0].published, is_specific(claim.value, claim.role))


def _saying(claim: Claim, telling: Telling, *, origins: Mapping[str, str]) -> Saying:
    report = telling.report
    chain = report.chain(claim.attribution_id)
    stance = chain[-1].stance if chain else None
    denies = claim.factuality in NEGATIVE or stance is Stance.DENIES
    return Saying(
        claim.id,
        telling.document.id,
        telling.document.outlet or "outlet not known",
        telling.document.published,
        chain_words(claim.attribution_id, report),
        stance,
        claim.factuality,
        origins.get(claim.id),
        claim.words,
        claim.spans,
        denies=denies,
        doubts=stance is Stance.DOUBTS,
    )


# ------------------------------------------------------------------ older figures
def _replaced(values: Sequence[Told]) -> list[Told]:
    """Counts with what took their place: a later, higher figure of anybody, or a later one of the same origin."""
    return [replace(value, replaced_by=_later(value, values)) for value in values]


def _later(value: Told, others: Iterable[Told]) -> str | None:
    newer = [other for other in others if other is not value and _is_newer(other, value)]
    newest = max(newer, key=lambda other: (other.first_seen or "", other.words), default=None)
    return newest.words if newest else None


def _is_newer(other: Told, value: Told) -> bool:
    """Whether a count of a later day outdates another: it is higher, or its own origins gave the earlier one."""
    if not (value.first_seen and other.first_seen and other.affirmed and other.first_seen[:10] > value.first_seen[:10]):
        return False
    if not conflict(value.value, other.value) or not isinstance(value.value, Count) or not isinstance(other.value, Count):
        return False
    mine = set(value.origins())
    return (other.value.low or 0) > (value.value.low or 0) or (bool(mine) and mine <= set(other.origins()))


# ------------------------------------------------------------------ disputes
def _reasons(values: Sequence[Told], role: Role, *, names: Mapping[str, str], events: Sequence[Event]) -> Iterator[str]:
    affirmed = [value for value in values if value.affirmed]
    if affirmed or role is Role.TYPE:
        yield from _denials(values, affirmed, role=role, names=names)
    if role in EXCLUSIVE and not (role is Role.PERPETRATOR and any(package_type(event.type) in MUTUAL for event in events)):
        yield from _contradictions([value for value in affirmed if value.specific and not value.replaced_by], names)


def _denials(values: Sequence[Told], affirmed: Sequence[Told], *, role: Role, names: Mapping[str, str]) -> Iterator[str]:
    """One reason a denier. Who denies that it happened, or having done it, says nothing of place, time and target by naming them."""
    if role not in DENIABLE:
        return
    denied: dict[str, list[str]] = {}
    for value in values:
        if value.denied and (not value.specific or any(value is each or not conflict(value.value, each.value) for each in affirmed)):
            denied.setdefault(_by(value, names, denying=True), []).append(value.words)
    for who, words in denied.items():
        yield f"{who} denies it" if role is Role.TYPE else f"{who} denies the {role_label(role)} ({' / '.join(dict.fromkeys(words))})"


def _contradictions(values: Sequence[Told], names: Mapping[str, str]) -> Iterator[str]:
    """All values of which any two cannot both be true, in one reason for each way in which they cannot."""
    found: dict[str, dict[str, None]] = {}
    for first, second in combinations(values, 2):
        what = conflict(first.value, second.value)
        if what and not _same_voice(first, second):
            for value in (first, second):
                found.setdefault(what, {})[f"{value.words} by {_by(value, names)}"] = None
    for what, said in found.items():
        more = len(said) - MOST_VALUES
        yield f"{', '.join(list(said)[:MOST_VALUES])}{f' and {more} more' if more > 0 else ''}: {what}"


def _same_voice(first: Told, second: Told) -> bool:
    """Whether every origin of one value also gives the other: it adds to itself rather than contradicts itself."""
    one, other = set(first.origins()), set(second.origins())
    return not one or not other or one <= other or other <= one


def _by(value: Told, names: Mapping[str, str], *, denying: bool = False) -> str:
    found = [names[each] for each in value.origins(denying=denying) if each in names]
    if not found:
        found = list(dict.fromkeys(saying.who for saying in value.sayings if saying.denies == denying)) or [NOBODY]
    return found[0] if len(found) == 1 else f"{found[0]} and {len(found) - 1} more"


# ------------------------------------------------------------------ civilians or fighters
def _with_sorts_of_people(contests: Sequence[Contest], names: Mapping[str, str]) -> list[Contest]:
    """The targets are disputed where one origin tells of civilians only and another of fighters only."""
    sorts: dict[str, set[str]] = {}
    said: dict[tuple[str, str], str] = {}
    for contest in contests:
        if contest.role is Role.TARGET or contest.kind == "killed":
            for value in (value for value in contest.values if value.affirmed):
                words = value.value.name if isinstance(value.value, Thing) else value.words
                if sort := sort_of_people(words):
                    for origin in value.origins():
                        sorts.setdefault(origin, set()).add(sort)
                        said.setdefault((origin, sort), words)
    only = {sort: sorted(o for o, own in sorts.items() if own == {sort}) for sort in ("civilians", "fighters")}
    if not all(only.values()):
        return list(contests)
    first, second = only["civilians"][0], only["fighters"][0]
    why = f"{said[first, 'civilians']} by {names[first]}, {said[second, 'fighters']} by {names[second]}: civilians or fighters"
    return [replace(c, disputed=True, why="; ".join(filter(None, (c.why, why)))) if c.role is Role.TARGET else c for c in contests]


def overall(contests: Sequence[Contest], kind: str) -> Contest | None:
    """The count of everybody of a kind: as given, or by an origin that counts no more than civilians or fighters, its count of these."""
    own = [contest for contest in contests if contest.role is Role.COUNT and contest.kind == kind]
    whole = next((contest for contest in own if not contest.who), None)
    counted = {origin for value in (whole.values if whole else ()) for origin in value.origins()}
    added = [
        value
        for contest in own
        if contest.who and contest.who not in PARTS
        for value in contest.values
        if not (set(value.origins()) & counted)
    ]
    if not added:
        return whole
    every = (*(whole.values if whole else ()), *added)
    return Contest(Role.COUNT, kind, "", every, bool(whole and whole.disputed), whole.why if whole else "")


def title_of(contest: Contest) -> str:
    """ "perpetrator", "killed", "killed (children)"."""
    if not contest.kind:
        return role_label(contest.role)
    return f"{contest.kind} ({contest.who})" if contest.who else contest.kind


def counted(value: Told) -> str:
    """A count in words; any other value's words."""
    return count_words(value.value) if isinstance(value.value, Count) else value.words
