"""Event cards: what is told, on whose word, claim by claim."""

from itertools import groupby

from purport.html.markup import element, quote, text_of, words_in
from purport.html.text import event_id, span_id
from purport.model import Claim, Event, Report, Span
from purport.status import status_code, status_of
from purport.wording import (
    CONFIDENCE_MEANING,
    READ_RIGHT,
    adds_to_quote,
    capital,
    chain_words,
    claim_role,
    claims_in_order,
    confidence_words,
    how_words,
    label,
    likeliest,
    reality_words,
    stance_words,
    status_label,
    value_words,
)

#: Per cent of confidence under which a reader of the report may have claims fade.
LIMITS = (40, 50, 60)


def cards(report: Report, *, page: str) -> str:
    """One card an event; a line of words if there are none."""
    if not report.events:
        return element("p", _none(report), class_="none")
    return "\n".join(_card(event, report, number=number, page=page) for number, event in enumerate(report.events, start=1))


def _none(report: Report) -> str:
    if report.document.unread:
        return "Kept and searchable, but no events were looked for: this language is not read yet."
    return "No event of political violence was found in this page."


def _card(event: Event, report: Report, *, number: int, page: str) -> str:
    code = status_code(event, report)
    title = element("h3", f'<span class="number">{number}</span> {text_of(capital(label(event.type)))}')
    pill = element("span", text_of(status_label(event, report)), class_=f"pill {code}")
    head = element("div", f'{title}{pill}<span class="reality">{text_of(reality_words(event))}</span>', class_="card-head")
    status = words_in("p", f"{status_of(event, report)}.", class_="status")
    return element(
        "section",
        head + status + _table(event, report, page=page),
        id=event_id(page, number),
        class_=f"card {code}",
        tabindex="0",
        aria_label=f"Event {number}: {label(event.type)}",
    )


def _table(event: Event, report: Report, *, page: str) -> str:
    rows = []
    for role, claims in groupby(_merged(claims_in_order(event), report), key=lambda same: claim_role(same[0], event.type)):
        for position, same in enumerate(claims):
            rows.append(_row(role if not position else "", same, report=report, page=page))
    head = '<thead><tr><th scope="col">what</th><th scope="col">value and evidence</th><th scope="col">on whose word</th></tr></thead>'
    columns = '<colgroup><col class="role"><col><col class="word"></colgroup>'
    return element("table", columns + head + element("tbody", "\n".join(rows)))


def _merged(claims: list[Claim], report: Report) -> list[list[Claim]]:
    """Claims that say the same on the same word, together."""
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        chain = chain_words(claim.attribution_id, report)
        key = (claim.role, value_words(claim).casefold(), chain, stance_words(claim, report), claim.factuality)
        same.setdefault(key, []).append(claim)
    return list(same.values())


def _row(role: str, same: list[Claim], *, report: Report, page: str) -> str:
    claim = same[0]
    value = words_in("span", value_words(claim), class_="value") + " " if adds_to_quote(claim) else ""
    quotes = " ".join(_quotes(same, page=page))
    chain = words_in("span", chain_words(claim.attribution_id, report), class_="chain")
    how = element("span", text_of(how_words(claim, report)), class_="how")
    word = element("td", f"{chain} {how} {_confidence(likeliest(same))}")
    cells = element("th", text_of(role), scope="row") + element("td", value + quotes) + word
    return element("tr", cells, class_=_limits_missed(likeliest(same)))


def _limits_missed(claim: Claim) -> str | None:
    """The classes by which the row fades when a limit that its claim does not reach is chosen."""
    return " ".join(limit_id(percent) for percent in LIMITS if claim.confidence * 100 < percent) or None


def limit_id(percent: int) -> str:
    """The id of a limit's button, and the class of the rows under it."""
    return f"under{percent}"


def _confidence(claim: Claim) -> str:
    """ "62%", with what it means for those who hear the page or point at it."""
    spoken = element("span", text_of(f" {READ_RIGHT}"), class_="unseen")
    return element("span", text_of(confidence_words(claim)) + spoken, class_="sure", title=CONFIDENCE_MEANING)


def _quotes(same: list[Claim], *, page: str) -> list[str]:
    """Each quote once, as a link to where it stands in the text."""
    spans: dict[str, Span] = {}
    for claim in same:
        spans.setdefault(claim.words, claim.spans[0])
    return [element("a", quote(words), href=f"#{span_id(page, span)}") for words, span in spans.items()]
