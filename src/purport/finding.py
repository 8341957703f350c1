"""Making the cards by which incidents are found: the work between merging and the workbench; above all rooms."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf

from purport.accounts import Account, Told
from purport.cards import Described, IncidentCard
from purport.codebook import group_of, incident_status
from purport.days import FIRST_DAY, Days, days_of
from purport.decisions import SensitivityLevel
from purport.errors import StoreError
from purport.incident import Incident, Standing
from purport.incidents.competing import overall
from purport.incidents.summary import account_of
from purport.model import Count, EntityKind, Place, Role, Thing, Time
from purport.read.casing import is_lower_case
from purport.resources import yaml_of
from purport.reviewing import Pages
from purport.row_maker import maker
from purport.sharing import Workers
from purport.store import Store
from purport.store.finding import card_from_json

Progress = Callable[[int, int], None]  #: cards made, cards to make
VALUES = "incidents/values.yaml"
POSSESSIVE = re.compile(r"['’]s?$")
WORKER = "purport.finding_worker"
PART = 60  #: incidents that another process makes the cards of at a time: a quarter of a second or less
LEAST_SHARED = 1_000  #: cards for each process; it takes a second to start
MOST_SENTENCE = 600  #: characters; a card is a line in a list
MOST_VALUES = 40  #: of one facet of one incident
PRECISIONS = ("exact", "near", "district", "province", "region", "country", "unknown")  #: the finest first
#: Who can be an actor in a list; a person never is, or the names of victims would be there.
ACTOR_KINDS = frozenset(
    {
        EntityKind.ARMED_GROUP,
        EntityKind.GOVERNMENT,
        EntityKind.FORCE,
        EntityKind.NGO,
        EntityKind.INTERGOVERNMENTAL,
        EntityKind.PARTY,
        EntityKind.ORGANISATION,
    }
)


def refresh(store: Store, *, progress: Progress | None = None, jobs: int = 1) -> int:
    """Make every stale card again, step by step, so that others can write between; how many were made comes out."""
    done = 0
    for done, total in steps(store, jobs=jobs):
        if progress:
            progress(done, total)
    return done


def steps(store: Store, *, jobs: int = 1, with_rows: bool = True) -> Iterator[tuple[int, int]]:
    """Make every stale card and stale row again; after each step how many were made and how many there are to make.

    ``jobs``: processes that may share the work, where there is enough of it; ``with_rows``: else rows for exports stay stale for now.
    """
    done = 0
    while stale := _stale(store, with_rows=with_rows):
        jobs = min(jobs, len(stale) // LEAST_SHARED)
        total = done + len(stale)
        for made in _shared(store, stale, jobs=jobs) if jobs > 1 else _alone(store, stale, with_rows=with_rows):
            done += made
            yield done, total


def _stale(store: Store, *, with_rows: bool) -> list[str]:
    """Stale cards first, then stale rows; without these the cards on which a name that another page gives may still stand."""
    beside = store.kept_rows.expire(maker())
    cards = store.finding.stale()
    return cards or store.kept_rows.stale() if with_rows else list(dict.fromkeys([*cards, *beside]))


def _alone(store: Store, stale: Sequence[str], *, with_rows: bool) -> Iterator[int]:
    makes = CardMaker(store)
    while stale:
        made = store.finding.refresh(makes.all_described if with_rows else makes.cards, incidents=stale)
        stale = stale[made:]
        yield made


def _shared(store: Store, stale: Sequence[str], *, jobs: int) -> Iterator[int]:
    """Nobody writes while a step is made, so that the other processes see what this one sees."""
    from purport.kept_rows import from_words

    with Workers({"path": str(store.path)}, jobs=jobs, worker=WORKER) as workers:

        def made(ids: Sequence[str]) -> Iterator[Described | None]:
            for answer in workers.answers(ids, size=PART):
                for each in answer["described"]:
                    if each and each[2] != maker():  # what it made would be made again for ever
                        raise StoreError("purport was changed while it was at work", where=str(store.path), remedy="run it again")
                    yield Described(card_from_json(each[0]), from_words(each[1]), each[2]) if each else None

        for start in range(0, len(stale), jobs * PART):
            yield store.finding.refresh(made, incidents=stale[start : start + jobs * PART], most=jobs * PART, longest=inf)


class CardMaker:
    """Makes cards of incidents; incidents of one page share the reading and the masking of it for as long as nobody else writes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version, self._pages = -1, Pages(store, mask_names=True)

    def cards(self, ids: Iterable[str]) -> Iterator[IncidentCard | None]:
        """One after another."""
        return map(self.card, ids)

    def all_described(self, ids: Iterable[str]) -> Iterator[Described | None]:
        """One after another, with their rows for exports."""
        return map(self.described, ids)

    def card(self, incident_id: str) -> IncidentCard | None:
        """The card of an incident as people decided it; None if none of its pages is read, or nothing of it holds."""
        account = self._account(incident_id)
        return self._card(account) if account else None

    def described(self, incident_id: str) -> Described | None:
        """The card with the rows for exports."""
        from purport.kept_rows import rows_kept  # every format, which a workbench need not wait for at its start

        account = self._account(incident_id)
        return Described(self._card(account), rows_kept(account), maker()) if account else None

    def _account(self, incident_id: str) -> Account | None:
        if (version := self._store.finding.version()) != self._version:
            self._version, self._pages = version, Pages(self._store, mask_names=True)
        tellings = self._pages.tellings(incident_id)
        return account_of(Incident(incident_id, tellings)) if tellings else None

    def _card(self, account: Account) -> IncidentCard:
        events = tuple(event.id for event in account.incident.events)
        sensitivity = self._store.reviews.sensitivity(events)
        return made_of(account, review=self._store.reviews.state(events).value, sensitivity=sensitivity.level if sensitivity else None)


def made_of(account: Account, *, review: str, sensitivity: SensitivityLevel | None) -> IncidentCard:
    """The card of an account; pure. ``sensitivity`` None: nobody has said."""
    incident, place, days = account.incident, _place(account), _days(account)
    low, high = _killed(account)
    return IncidentCard(
        id=incident.id,
        sentence=account.summary[:MOST_SENTENCE],
        type=_type(account),
        status=account.grade.code.value,
        pages=len(account.documents),
        sources=len(incident.independent_sources()),
        parties=sum(origin.standing is Standing.PARTY for origin in incident.origins),
        first_day=days[0] if days and days[0] != FIRST_DAY else None,  # "before 2015": nobody says since when
        last_day=days[1] if days else None,
        place=place.name if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        precision=place.precision if place else "unknown",
        killed_low=low,
        killed_high=high,
        values={
            "status": (account.grade.code.value,),
            "own_status": _own_status(account),
            "group": _several(group for event in incident.events if (group := group_of(event.type))),
            "type": _several(event.type for event in incident.events),
            "actor": _several(_actors(incident)),
            "country": _several([place.country] if place and place.country else []),
            "province": _several([place.admin1] if place and place.admin1 else []),
            "outlet": _several(document.outlet for document in account.documents if document.outlet),
            "source": _several(origin.kind for origin in incident.origins),
            "review": (review,),
            "sensitivity": (sensitivity.value if sensitivity else "not set",),
            "disputed": ("yes" if account.disputes else "no",),
        },
    )


def _own_status(account: Account) -> tuple[str, ...]:
    own = incident_status(account)
    return (own.code,) if own else ()


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))[:MOST_VALUES]


def _type(account: Account) -> str:
    """The type that most pages give, the alphabet deciding."""
    types = [event.type for event in account.incident.events]
    return max(sorted(set(types)), key=types.count)


def _values(account: Account, role: Role) -> list[Told]:
    contest = next((contest for contest in account.contests if contest.role is role), None)
    return [value for value in contest.values if value.affirmed] if contest else []


def _place(account: Account) -> Place | None:
    """The finest place that most origins give."""
    found = [(told, told.value) for told in _values(account, Role.PLACE) if isinstance(told.value, Place)]
    ranked = sorted(found, key=lambda each: (PRECISIONS.index(_precision(each[1])), -len(set(each[0].origins())), each[0].words))
    return ranked[0][1] if ranked else None


def _precision(place: Place) -> str:
    return place.precision if place.latitude is not None and place.precision in PRECISIONS else "unknown"


def _days(account: Account) -> Days | None:
    """The days that most origins give, the fewest days first."""
    found = [(told, days) for told in _values(account, Role.TIME) if isinstance(told.value, Time) and (days := days_of(told.value.edtf))]
    return min(found, key=lambda each: (-len(set(each[0].origins())), _length(each[1]), each[0].words))[1] if found else None


def _length(days: Days) -> tuple[bool, str]:
    return days[0] != days[1], days[1]


def _killed(account: Account) -> tuple[int | None, int | None]:
    """The lowest and the highest number of dead that anybody gives and nobody has replaced; None where nothing or no end is given."""
    contest = overall(account.contests, "killed")
    counts = [
        told.value
        for told in (contest.values if contest else ())
        if told.affirmed and not told.replaced_by and isinstance(told.value, Count)
    ]
    lows = [count.low for count in counts if count.low is not None]
    highs = [count.high for count in counts]
    known = [high for high in highs if high is not None]
    return min(lows, default=None), max(known) if known and len(known) == len(highs) else None


def _actors(incident: Incident) -> Iterator[str]:
    """Perpetrators and targets that are organised, by the names that their pages know them by."""
    for role in (Role.PERPETRATOR, Role.TARGET):
        for claim, telling in incident.claims(role):
            if isinstance(claim.value, Thing) and claim.value.kind in ACTOR_KINDS and (claim.value.actor_code or claim.value.entity_id):
                entity = next((each for each in telling.entities if each.id == claim.value.entity_id), None)
                name = entity.name if entity else claim.value.name
                yield name if claim.value.actor_code or (entity and entity.actor_code) else actor_words(name)


def actor_words(name: str) -> str:
    """A name as it is, a description without what changes from page to page: "An armed group" and "the armed group" are one value.

    >>> actor_words("Hamrin Vanguard"), actor_words("Four soldiers")
    ('Hamrin Vanguard', 'soldiers (not named)')
    """
    words = name.split()
    untelling = yaml_of(VALUES)["before_actor"]
    while len(words) > 1 and (words[0].casefold() in untelling or words[0].isdigit()):
        words = words[1:]
    is_named = any(word[:1].isupper() for word in words[1:]) or not all(is_lower_case(POSSESSIVE.sub("", w).casefold()) for w in words)
    if is_named or not words:
        return name
    return f"{' '.join(words).casefold()} (not named)"
