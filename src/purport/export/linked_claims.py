"""schema.org as JSON-LD, one claim a line: what is claimed, by whom, and in which article it appears.

No ``ClaimReview``: it asks for a rating of what is true, and purport gives none.
"""

import json
from collections.abc import Iterable
from typing import IO, Any

from purport.export.case import Case, Terms, Written
from purport.model import Claim, Report
from purport.print_safe import json_safe
from purport.status import quote_of, source_words
from purport.wording import role_label, value_words

CONTEXT = {"@vocab": "https://schema.org/", "purport": "urn:purport:"}


def write_schema_org(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """JSON Lines of JSON-LD objects, the first of which states the terms."""
    written = Written()
    head = {"@context": CONTEXT, "@type": "Dataset", "name": "Claims", "description": terms.in_a_line(), "creator": terms.made_by}
    file.write(_line(head))
    for case in cases:
        for telling in case.account.incident.tellings:
            for claim in telling.event.claims:
                file.write(_line(claim_object(claim, telling.report, incident=case.id)))
                written.number += 1
    return written


def _line(value: dict[str, Any]) -> str:
    return json_safe(json.dumps(value, ensure_ascii=False, allow_nan=False)) + "\n"


def claim_object(claim: Claim, report: Report, *, incident: str) -> dict[str, Any]:
    """One claim. ``author`` is the innermost source; the outlet, where it speaks in its own voice."""
    document = report.document
    article = {
        "@type": "NewsArticle",
        "@id": f"urn:purport:{document.id}",
        "headline": document.title,
        "url": document.url,
        "datePublished": document.published,
        "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
        "inLanguage": document.language,
    }
    return {
        "@context": CONTEXT,
        "@type": "Claim",
        "@id": f"urn:purport:{claim.id}",
        "name": f"{role_label(claim.role)}: {value_words(claim)}",
        "text": claim.words,
        "author": _author(claim, report),
        "appearance": {name: value for name, value in article.items() if value is not None},
        "about": {"@type": "Event", "@id": f"urn:purport:{incident}"},
        "purport:factuality": claim.factuality.value,
        "purport:confidence": claim.confidence,
        "purport:spans": [[span.start, span.end] for span in claim.spans],
    }


def _author(claim: Claim, report: Report) -> dict[str, Any]:
    """The speaker; under ``purport:via`` those through whom its words came, the outlet last."""
    links = report.chain(claim.attribution_id)
    text = report.document.text
    names = [source_words(link.source, text) or f"source not named ({quote_of(text, link.cue)})" for link in reversed(links)]
    names.append(report.document.outlet or "outlet not known")
    author: dict[str, Any] = {"@type": "Organization" if len(names) == 1 else "Thing", "name": names[0]}
    return author | ({"purport:via": names[1:], "purport:stance": links[-1].stance.value} if links else {})
