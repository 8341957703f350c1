"""Does each claim quote the text exactly, and do reports, annotations and incidents agree?"""

from collections.abc import Iterator
from typing import Any

from purport.bundle.annotations import quote_around, text_path
from purport.bundle.checking_captures import CAPTURES, captures_of, incidents_of, names_withheld
from purport.bundle.opened import Fault, Opened
from purport.bundle.people import people_path
from purport.model import Report, Span, digest_of
from purport.status import quote_of
from purport.wire import report_from_json

Json = dict[str, Any]


def report_path(document_id: str) -> str:
    """Where the report of a document lies."""
    return f"reports/{document_id}.json"


def annotation_path(document_id: str) -> str:
    """Where its annotations lie."""
    return f"annotations/{document_id}.jsonld"


def text_of(opened: Opened, document_id: str) -> str:
    """The text of a document."""
    return opened.content(text_path(document_id)).decode("utf-8", "surrogatepass")


def report_of(opened: Opened, document_id: str) -> Report:
    """The report of a document. Raises InputError for a broken one."""
    return report_from_json(opened.json(report_path(document_id)))


def texts_and_reports(opened: Opened) -> Iterator[Fault]:
    """Texts have their digests, reports their texts, and claims quote them."""
    withheld = names_withheld(opened)
    wanted = {people_path(id) for id in incidents_of(opened)}
    for page in captures_of(opened):
        document_id = page["document_id"]
        wanted |= {text_path(document_id), report_path(document_id), annotation_path(document_id), people_path(document_id)}
        text, path = text_of(opened, document_id), report_path(document_id)
        if not withheld and digest_of(text.encode("utf-8", "surrogatepass")) != page["text_digest"]:
            yield Fault(text_path(document_id), "", f"has not the digest that {CAPTURES} says")
        report = report_of(opened, document_id)
        if (report.document.id, report.document.capture_id, report.document.text) != (document_id, page["capture_id"], text):
            yield Fault(path, "document", f"is not that of {CAPTURES} and of {text_path(document_id)}")
        for claim in (claim for event in report.events for claim in event.claims):
            if claim.words != quote_of(text, claim.spans) or not claim.spans:
                yield Fault(path, claim.id, "its words are not those of the text at its place")
    for path in opened.members:
        if path.startswith(("texts/", "reports/", "annotations/")) and path not in wanted:
            yield Fault(path, "", f"belongs to no page of {CAPTURES} and to no incident")


def annotations_of_claims(opened: Opened) -> Iterator[Fault]:
    """Each claim of a report has one annotation with its words at its place, in the same order."""
    for page in captures_of(opened):
        document_id = page["document_id"]
        path, text = annotation_path(document_id), text_of(opened, document_id)
        found = opened.json(path)
        if found["purport:target"]["digest"] != digest_of(text.encode("utf-8", "surrogatepass")):
            yield Fault(path, "purport:target", f"has not the digest of {text_path(document_id)}")
        claims = [claim for event in opened.json(report_path(document_id))["events"] for claim in event["claims"]]
        items = found["items"]
        if [item["id"] for item in items] != [f"urn:purport:{claim['id']}" for claim in claims]:
            yield Fault(path, "items", f"are not the claims of {report_path(document_id)}")
            continue
        for item, claim in zip(items, claims, strict=True):
            yield from _annotation(item, claim, text=text, document_id=document_id)


def _annotation(item: Json, claim: Json, *, text: str, document_id: str) -> Iterator[Fault]:
    path = annotation_path(document_id)
    if item["body"]["claim"] != claim:
        yield Fault(path, item["id"], f"its claim is not that of {report_path(document_id)}")
    yield from quotes(item, path, text=text, document_id=document_id)
    if positions_of(item) != claim["spans"]:
        yield Fault(path, item["id"], "its places are not those of the claim")


def quotes(item: Json, path: str, *, text: str, document_id: str) -> Iterator[Fault]:
    """Each quote of an annotation stands in the text of the capture, at its position."""
    for target in item["target"]:
        if target["source"] != text_path(document_id):
            yield Fault(path, item["id"], "points at another text")
        elif "selector" in target:
            position, quote = target["selector"]
            span = Span(position["start"], position["end"])
            if not 0 <= span.start < span.end <= len(text):
                yield Fault(path, item["id"], "points at no place in the text")
            elif {name: quote[name] for name in ("exact", "prefix", "suffix")} != quote_around(span, text):
                yield Fault(path, item["id"], f"its quote, or what stands around it, is not the text at {span.start} to {span.end}")


def positions_of(item: Json) -> list[Json]:
    """Where an annotation says that its words stand."""
    found = (target["selector"][0] for target in item["target"] if "selector" in target)
    return [{"start": position["start"], "end": position["end"]} for position in found]
