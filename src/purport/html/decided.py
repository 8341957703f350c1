"""What people decided, beside what the machine read: a table a page, oldest decision first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from purport.decisions import AddedEvent, DecisionKind, DecisionTold
from purport.html.markup import element, quote, text_of, words_in
from purport.html.text import span_id
from purport.model import Attribution, Claim, Report, Spans
from purport.status import quote_of
from purport.timing import date_words
from purport.wording import STANCES, adds_to_quote, capital, chain_words, how_words, label, link_words, role_label, value_words

VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "withdrawn": "took back the last word on this"}
ADDED = {"claim": "added", "event": "added an event", "attribution": "added a voice"}
CODER = "coder "  #: how the origin of what a person said begins
NOTHING = "Nobody has decided anything about them."
NOT_COUNTING = "does not count any more"
HEAD = (
    '<thead><tr><th scope="col">decision</th><th scope="col">as the machine read it</th>'
    '<th scope="col">as the person decided</th></tr></thead>'
)
COLUMNS = '<colgroup><col class="who"><col class="word"><col></colgroup>'


@dataclass(frozen=True, slots=True)
class Telling:
    """How a report tells its incidents. ``notice``: in a sentence; ``file``, ``other``: where the other telling lies, and how it is called.

    ``decisions``: of each page, by its report, whose attributions tell the chains; of whole incidents under None. None: not shown.
    """

    notice: str
    file: str = ""
    other: str = ""
    decisions: Sequence[tuple[Report | None, Sequence[DecisionTold]]] | None = None


def telling_markup(telling: Telling | None) -> str:
    """The sentence on how this report tells; empty where nothing is said of it."""
    if telling is None:
        return ""
    link = " " + element("a", text_of(telling.other), href=telling.file) if telling.file else ""
    return element("p", text_of(telling.notice) + link, class_="telling")


def decisions_markup(telling: Telling | None, *, links: Mapping[str, str]) -> str:
    """A section of all decisions; ``links``: from ids of documents to the ids of their pages in the report."""
    if telling is None or telling.decisions is None:
        return ""
    each = [_page(report, decisions, links=links) for report, decisions in telling.decisions if decisions]
    content = "\n".join(each) or element("p", NOTHING, class_="none")
    return element("section", f"<h2>What people decided</h2>{content}", class_="decided", aria_label="What people decided") + "\n"


def _page(report: Report | None, decisions: Iterable[DecisionTold], *, links: Mapping[str, str]) -> str:
    title = words_in(
        "bdi", (report.document.title or report.document.outlet or report.document.id) if report else "The incident as a whole"
    )
    page = links.get(report.document.id) if report else None
    head = element("h3", element("a", title, href=f"#{page}") if page else title)
    rows = "\n".join(_row(each, report, page=page) for each in decisions)
    return element("article", head + element("table", COLUMNS + HEAD + element("tbody", rows)), class_="incident")


def _row(decision: DecisionTold, report: Report | None, *, page: str | None) -> str:
    who = words_in("b", decision.coder) + " " + element("span", text_of(_done(decision)))
    day = element("span", text_of(f"{date_words(decision.made_at[:10])}, {decision.made_at[11:16]} UTC"), class_="how")
    ended = "" if decision.stands else element("span", NOT_COUNTING, class_="how")
    before = _added_by(decision.before) + _claim(decision.before, report, page=page)
    after = _after(decision, report, page=page) + (words_in("span", decision.note, class_="note") if decision.note else "")
    cells = element("th", f"{who} {day} {ended}", scope="row") + element("td", before) + element("td", after)
    return element("tr", cells, class_=None if decision.stands else "unheld")


def _added_by(claim: Claim | None) -> str:
    """Whose addition it was, of which the machine knows nothing."""
    if claim is None or not claim.origin.startswith(CODER):
        return ""
    return words_in("span", f"not read; added by {claim.origin.removeprefix(CODER)}", class_="added") + " "


def _done(decision: DecisionTold) -> str:
    if decision.kind is DecisionKind.COMMENT:
        return "remarked"
    return VERDICTS[decision.verdict] if decision.kind is DecisionKind.JUDGEMENT else ADDED[decision.verdict]


def _after(decision: DecisionTold, report: Report | None, *, page: str | None) -> str:
    match decision.after:
        case AddedEvent() as event:
            return element("span", text_of(capital(label(event.type))), class_="value") + _quoted(event.triggers, report, page=page)
        case Attribution() as link:
            return _voice(link, report, page=page)
        case Claim() as claim:
            return _claim(claim, report, page=page)
    return _quoted(decision.spans, report, page=page) if decision.kind is DecisionKind.COMMENT else ""


def _claim(claim: Claim | None, report: Report | None, *, page: str | None) -> str:
    """ "perpetrator: the army « soldiers » · the governor, says"."""
    if claim is None or report is None:
        return ""
    role = element("span", text_of(f"{role_label(claim.role)}: "), class_="reality")
    value = words_in("span", value_words(claim)) + " " if adds_to_quote(claim) or not claim.words else ""
    chain = words_in("span", chain_words(claim.attribution_id, report), class_="chain")
    how = element("span", text_of(how_words(claim, report)), class_="how")
    return f"{role}{value}{_quoted(claim.spans, report, page=page)} {chain} {how}"


def _voice(link: Attribution, report: Report | None, *, page: str | None) -> str:
    if report is None:
        return ""
    said = words_in("span", link_words(link, report.document.text), class_="chain")
    how = element("span", text_of(STANCES[link.stance]), class_="how")
    return f"{said} {how} {_quoted(link.content, report, page=page)}"


def _quoted(spans: Spans, report: Report | None, *, page: str | None) -> str:
    if report is None or not spans:
        return ""
    words = quote(quote_of(report.document.text, spans))
    return element("a", words, href=f"#{span_id(page, spans[0])}") if page else words
