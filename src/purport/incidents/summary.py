"""One line that says what an incident is, made of claims with who says so; and the account of the whole."""

from collections.abc import Sequence

from purport.accounts import Account, Contest, Told
from purport.incident import Incident
from purport.incidents.competing import contests_of, overall
from purport.incidents.competing_values import who_class
from purport.incidents.grading import grade_of
from purport.incidents.origins import with_origins
from purport.incidents.tolls import toll_of
from purport.incidents.travel import route_of
from purport.model import Count, Place, Role
from purport.wording import capital, count_range, country_name, label

MOST_VALUES = 3
UNDATED = "9999"


def account_of(incident: Incident) -> Account:
    """Everything that is made of an incident: origins if it has none yet, competing values, toll, status, route, a line of summary."""
    found = incident if incident.origins else with_origins(incident)
    contests = contests_of(found)
    return Account(
        found,
        summary_of(found, contests),
        grade_of(found, contests),
        contests,
        toll_of(contests, found.origins),
        route_of(found),
    )


def summary_of(incident: Incident, contests: Sequence[Contest]) -> str:
    """ "Air strike in Ariha, Syria, 12 February 2020: 9 killed (Orontes Casualty Monitor and 1 more), 20 killed (the army); …"."""
    names = {origin.id: origin.name for origin in incident.origins}
    of = {(contest.role, contest.kind, contest.who): contest for contest in contests}
    what = _leading(of.get((Role.TYPE, "", "")))
    head = capital(what.words) if what else capital(label(incident.events[0].type))
    place, time = _leading(of.get((Role.PLACE, "", ""))), _leading(of.get((Role.TIME, "", "")))
    head += f" in {_place(place)}" if place else ""
    head += f", {time.words.partition(' (')[0]}" if time else ""
    parts = [_counts(overall(contests, "killed"), names, incident=incident), _blamed(of.get((Role.PERPETRATOR, "", "")), names)]
    pages = len({telling.document.id for telling in incident.tellings})
    sources = len(incident.independent_sources())
    tail = f"{pages} {'page' if pages == 1 else 'pages'}, {sources} independent {'source' if sources == 1 else 'sources'}"
    return f"{head}: {'; '.join([*filter(None, parts), tail])}."


def _leading(contest: Contest | None) -> Told | None:
    """The value that most origins give, a specific one before others."""
    values = [value for value in contest.values if value.affirmed] if contest else []
    return max(values, key=lambda v: (v.specific, _finer(v), len(set(v.origins())), len(v.sayings), v.words), default=None)


def _finer(value: Told) -> bool:
    return isinstance(value.value, Place) and value.value.precision == "exact"


def _place(value: Told) -> str:
    place = value.value
    if not isinstance(place, Place):
        return value.words
    return f"{place.name}, {country_name(place.country)}" if place.country and country_name(place.country) != place.name else place.name


def _counts(contest: Contest | None, names: dict[str, str], *, incident: Incident) -> str:
    values = [v for v in contest.values if v.affirmed and not v.replaced_by and isinstance(v.value, Count)] if contest else []
    independent = {origin.id for origin in incident.independent_sources()}
    values.sort(key=lambda value: (-len(independent & set(value.origins())), -len(value.origins())))
    said = [f"{_count(v.value)} ({_by(v, names)})" for v in values[:MOST_VALUES] if isinstance(v.value, Count)]
    more = len(values) - MOST_VALUES
    return ", ".join(said) + (f" and {more} other {'count' if more == 1 else 'counts'}" if more > 0 else "")


def _count(count: Count) -> str:
    who = who_class(count.who)
    return f"{count_range(count)}{f' {who}' if who else ''} killed"


def _blamed(contest: Contest | None, names: dict[str, str]) -> str:
    values = [value for value in contest.values if value.affirmed and value.specific] if contest else []
    return ", ".join(f"by {value.words} ({_by(value, names)})" for value in values[:MOST_VALUES])


def _by(value: Told, names: dict[str, str]) -> str:
    found = [names[each] for each in value.origins() if each in names] or [value.sayings[0].who]
    return found[0] if len(found) == 1 else f"{found[0]} and {len(found) - 1} more"
