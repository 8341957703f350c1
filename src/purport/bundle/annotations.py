"""Claims as W3C Web Annotations: each quotes the document's text by its words and by position.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017, sections 4.2.4 (TextQuoteSelector) and 4.2.5
(TextPositionSelector). Positions are code points of the text file in the bundle, half-open, as the recommendation counts characters.
"""

from collections.abc import Iterator
from typing import Any

from purport.model import Claim, Report, Span, Spans
from purport.wire import report_to_json

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Own terms beside the recommendation's; a claim is kept as it stands in the report.
TERMS = {"purport": "urn:purport:terms:", "claim": {"@id": "purport:claim", "@type": "@json"}}
AROUND = 32  #: code points of prefix and suffix, as in Hypothesis


def text_path(document_id: str) -> str:
    """Where the text of a document lies in the bundle."""
    return f"texts/{document_id}.txt"


def page_of_annotations(report: Report, *, made_at: str, text_digest: str) -> Json:
    """An AnnotationPage with one annotation a claim, in the report's order."""
    document_id = report.document.id
    return {
        "@context": [CONTEXT, TERMS],
        "id": f"urn:purport:annotations:{document_id}",
        "type": "AnnotationPage",
        "generator": {"id": "urn:purport", "type": "Software", "name": "purport"},
        "purport:target": {"path": text_path(document_id), "digest": text_digest, "unit": "Unicode code points"},
        "items": list(_items(report, made_at=made_at)),
    }


def _items(report: Report, *, made_at: str) -> Iterator[Json]:
    record = report_to_json(report)
    for event, event_record in zip(report.events, record["events"], strict=True):
        for claim, said in zip(event.claims, event_record["claims"], strict=True):
            yield annotation(claim, said, report=report, made_at=made_at)


def annotation(claim: Claim, said: Json, *, report: Report, made_at: str) -> Json:
    """One claim. A value said in pieces has a target for each, and all of them together are its evidence."""
    return {
        "id": f"urn:purport:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "created": made_at,
        "creator": {"id": f"urn:purport:reader:{report.reader.replace(' ', ':')}", "type": "Software", "name": report.reader},
        "body": {"type": "purport:Claim", "claim": said},
        "target": targets(claim.spans, report=report),
    }


def targets(spans: Spans, *, report: Report) -> list[Json]:
    """Where the words stand."""
    document = report.document
    return [
        {
            "type": "SpecificResource",
            "source": text_path(document.id),
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {"type": "TextQuoteSelector", **quote_around(span, document.text)},
            ],
        }
        for span in spans
    ]


def quote_around(span: Span, text: str) -> Json:
    """The exact words with what stands right before and after."""
    return {
        "exact": span.of(text),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
