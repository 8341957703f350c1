"""An incident in the report: who says what, where it comes from, how it travelled, how the toll moved, what cannot all be true."""

from collections.abc import Mapping, Sequence

from purport.accounts import Account, Resolution, Saying, Told
from purport.html.incident_drawing import route_drawing, standing_class, toll_drawing
from purport.html.markup import element, folded, quote, text_of, words_in
from purport.html.text import span_id
from purport.incident import Folded, Origin
from purport.model import Count
from purport.timing import date_words
from purport.wording import STANCES, capital, contest_label, count_range, grade_label, label, role_label

MOST_SAYINGS = 40  #: of one value, spelt out
Links = Mapping[str, str]  #: from document ids to the ids of their pages in the report


def incident_id(number: int) -> str:
    """The id of an incident in the report."""
    return f"i{number}"


def incident_markup(account: Account, *, number: int, links: Links, resolution: Resolution | None = None) -> str:
    """One incident as an article."""
    head = element("h3", text_of(_title(account))) + element("span", text_of(grade_label(account)), class_=f"pill {account.grade.code}")
    parts = [element("div", head, class_="card-head"), words_in("p", account.summary, class_="summary")]
    parts.append(words_in("p", account.grade.sentence, class_="status"))
    addresses = {id: f"#{page}" for id, page in links.items()}
    parts += [_disputes(account), _section("How the report travelled", route_drawing(account.route, links=addresses) + LEGEND)]
    if drawn := _tolls(account):
        parts.append(_section("The toll over time", drawn))
    parts += [_section("Who says what", _claims(account, links)), _section(_sources_words(account), _origins(account, links))]
    if resolution:
        parts.append(_section(f"Resolved by policy {resolution.policy}", _resolution(resolution)))
    return element("article", "".join(parts), id=incident_id(number), class_="incident")


def _title(account: Account) -> str:
    types = dict.fromkeys(event.type for event in account.incident.events)
    return capital(", ".join(map(label, types)))


def _section(title: str, content: str) -> str:
    return element("section", element("h4", text_of(title)) + content)


def _sources_words(account: Account) -> str:
    sources, pages = len(account.incident.independent_sources()), len(account.documents)
    first = f"{sources} independent {'source' if sources == 1 else 'sources'}"
    return f"Where it comes from: {first} behind {pages} {'page' if pages == 1 else 'pages'}"


# ------------------------------------------------------------------ disputes, claims
def _disputes(account: Account) -> str:
    items = [
        element("li", element("b", text_of(contest_label(contest, account))) + " " + words_in("span", contest.why))
        for contest in account.disputes
    ]
    return element("div", element("h4", "What cannot all be true") + element("ul", "".join(items)), class_="disputes") if items else ""


def _claims(account: Account, links: Links) -> str:
    rows = []
    for contest in account.contests:
        for position, value in enumerate(contest.values):
            rows.append(_row("" if position else contest_label(contest, account), value, account=account, links=links))
    head = '<thead><tr><th scope="col">what</th><th scope="col">value</th><th scope="col">who says so</th></tr></thead>'
    columns = '<colgroup><col class="role"><col class="told"><col></colgroup>'
    return element("table", columns + head + element("tbody", "\n".join(rows)), class_="claims")


def _row(title: str, value: Told, *, account: Account, links: Links) -> str:
    shown = count_range(value.value) if isinstance(value.value, Count) else value.words
    marks = "" if value.affirmed else element("span", "only denied", class_="how")
    marks += element("span", text_of(f"earlier figure; later {value.replaced_by}"), class_="how") if value.replaced_by else ""
    what = words_in("span", shown, class_="value") + marks
    classes = " ".join(name for name, holds in (("replaced", value.replaced_by), ("unheld", not value.affirmed)) if holds)
    cells = element("th", text_of(title), scope="row") + element("td", what) + element("td", _who(value, account, links=links))
    return element("tr", cells, class_=classes or None)


def _who(value: Told, account: Account, *, links: Links) -> str:
    giving, denying = _names(value, account), _names(value, account, denying=True)
    first = f" first seen {date_words(value.first_seen)}" if value.first_seen else ""
    parts = [giving, element("span", text_of(first), class_="how") if giving and first else ""]
    parts += [element("span", "denied by ", class_="deny") + denying] if denying else []
    said = element("ul", "".join(element("li", _saying(saying, account, links=links)) for saying in value.sayings[:MOST_SAYINGS]))
    number = len(value.sayings)
    return " ".join(filter(None, parts)) + folded(f"{number} {'saying' if number == 1 else 'sayings'}", said, class_="sayings")


def _names(value: Told, account: Account, *, denying: bool = False) -> str:
    origins = [origin for each in value.origins(denying=denying) if (origin := account.origin(each))]
    if origins:
        return ", ".join(
            words_in("span", o.name, class_=f"origin {standing_class(o.standing.value)}", title=o.standing.value) for o in origins
        )
    others = dict.fromkeys(saying.who for saying in value.sayings if saying.denies == denying and saying.origin_id is None)
    return ", ".join(words_in("span", who, class_="origin") for who in others)


def _saying(saying: Saying, account: Account, *, links: Links) -> str:
    """ "The Harbour Courier, 3 March 2015: « at least 12 » — the governor, says"."""
    page = links.get(saying.document_id)
    words = quote(saying.words)
    if page and saying.spans:
        words = element("a", words, href=f"#{span_id(page, saying.spans[0])}")
    day = f", {date_words(saying.published)}" if saying.published else ""
    stance = STANCES[saying.stance] if saying.stance else "tells"
    how = f"{stance}, as not so" if saying.denies and stance != "denies" else stance
    who = f"{words_in('span', saying.who, class_='chain')} {element('span', text_of(how), class_='how')}"
    return f"{words_in('span', saying.outlet + day)}: {words} {who}"


# ------------------------------------------------------------------ origins
def _origins(account: Account, links: Links) -> str:
    return element(
        "ul", "".join(element("li", _origin(origin, account, links=links)) for origin in account.incident.origins), class_="origins"
    )


def _origin(origin: Origin, account: Account, *, links: Links) -> str:
    only = "" if origin.tells else "; only denies or doubts"
    standing = element("span", text_of(origin.standing.value), class_=f"pill {standing_class(origin.standing.value)}")
    why = element("span", text_of(origin.standing_why + only), class_="how")
    pages = element("ul", "".join(element("li", _page(page, account, links=links)) for page in origin.folded))
    return f"{words_in('b', origin.name)} {standing} {why}{pages}"


def _page(page: Folded, account: Account, *, links: Links) -> str:
    document = next((each for each in account.documents if each.id == page.document_id), None)
    outlet = words_in("bdi", (document.outlet if document else None) or "outlet not known")
    target = links.get(page.document_id)
    outlet = element("a", outlet, href=f"#{target}") if target else outlet
    day = f", {date_words(document.published)}" if document and document.published else ""
    via = f" (via {', '.join(page.via)})" if page.via else ""
    return f"{outlet}{text_of(day)}: {words_in('span', page.why + via, class_='why')}"


# ------------------------------------------------------------------ drawings, policies
STANDING_WORDS = (
    ("third_party", "third party"),
    ("unknown", "standing not known"),
    ("party", "party to the conflict"),
    ("captive", "captive"),
)
LEGEND = element("p", " ".join(element("span", words, class_=f"key {name}") for name, words in STANDING_WORDS), class_="keys")


def _tolls(account: Account) -> str:
    """The dead, else the hurt."""
    origins = {origin.id: origin for origin in account.incident.origins}
    kinds: Sequence[str] = list(dict.fromkeys(point.kind for point in account.toll))
    drawn = (toll_drawing([point for point in account.toll if point.kind == kind], origins=origins) for kind in kinds[:1])
    return "".join(drawn)


def _resolution(resolution: Resolution) -> str:
    rows = []
    for each in resolution.resolved:
        title = (f"{each.kind} ({each.who})" if each.who else each.kind) or role_label(each.role)
        bounds = [str(bound) for bound in (each.low, each.best, each.high) if bound is not None] if each.kind else []
        figures = element("span", text_of(" / ".join(bounds)), class_="how") if len(set(bounds)) > 1 else ""
        cells = element("th", text_of(title), scope="row") + element("td", words_in("span", each.words) + " " + figures)
        rows.append(element("tr", cells + element("td", words_in("span", each.why, class_="how"))))
    return words_in("p", f"{resolution.stated}.", class_="how") + element("table", element("tbody", "".join(rows)), class_="claims")
