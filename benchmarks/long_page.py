"""How long a key takes to show in Chromium on a page of 60,000 characters: in the review of one of its events, and among its marks."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.chromium import chromium_path, logged_in
from benchmarks.invented import Told, reports
from benchmarks.serving import let_in, workbench
from purport.decisions import PersonRole
from purport.model import Block, BlockKind, Capture, Claim, Event, Report, Span, Spans, claim_id, digest_of, event_id, hashed_id
from purport.store import Store

SIZE = 60_000  #: characters
KEYS = 40
WHO = "the reader"
#: From the key to the end of the frame in which what it does is drawn.
PRESSED = """async (key) => {
  const began = performance.now();
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.now() - began;
}"""


def keys_pressed() -> dict[str, list[float]]:
    """Milliseconds of each key: ``review``, the next claim and the one before; ``marks``, the next mark of the document page."""
    made = long_report()
    with _served(made) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = logged_in(browser, address, WHO)
        event = made.report.events[len(made.report.events) // 2]
        page.goto(f"/review/{event.id}")
        review = [_press(page, "n" if number % 2 else "p") for number in range(KEYS)]
        page.goto(f"/document/{made.report.document.id}")
        page.locator('#text .m[tabindex="0"]').focus()
        marks = [_press(page, "ArrowRight") for _ in range(KEYS)]
        browser.close()
    return {"review": review, "marks": marks}


def _press(page: Page, key: str) -> float:
    taken: float = page.evaluate(PRESSED, key)
    return taken


@contextmanager
def _served(made: Told) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.purport"
        with Store(path, create=True) as store:
            store.add(made.capture, made.report)
        let_in(path, WHO, role=PersonRole.EDITOR)
        with workbench(path) as (address, _):
            yield address


# ------------------------------------------------------------------ the page
def long_report(size: int = SIZE) -> Told:
    """One page that tells what many invented ones tell, one below the other, each with its event."""
    told, length = [], 0
    for each in reports(size // 100):
        if length > size:
            break
        told.append(each)
        length += len(each.report.document.text) + 2
    text = "\n\n".join(each.report.document.text for each in told)
    content = text.encode()
    digest = digest_of(content)
    capture = Capture("cap-" + digest[7:23], "invented/long.txt", digest, content, "text/plain")
    document = replace(told[0].report.document, id=hashed_id("doc", capture.id), capture_id=capture.id, text=text, title="A long page")
    events, blocks, start = [], [], 0
    for each in told:
        end = start + len(each.report.document.text)
        blocks.append(Block(Span(start, end), BlockKind.PARAGRAPH))
        events.append(_moved(each.report.events[0], start, document_id=document.id))
        start = end + 2
    return Told(capture, Report(replace(document, blocks=tuple(blocks)), (), tuple(events), (), "invented 1"), 0)


def _moved(event: Event, by: int, *, document_id: str) -> Event:
    triggers = _spans(event.triggers, by)
    key = event_id(document_id, triggers)
    claims = tuple(_moved_claim(claim, by, event_key=key) for claim in event.claims)
    return replace(event, id=key, document_id=document_id, triggers=triggers, claims=claims)


def _moved_claim(claim: Claim, by: int, *, event_key: str) -> Claim:
    spans = _spans(claim.spans, by)
    identity = claim_id(event_id=event_key, role=claim.role, value=claim.value, spans=spans, chain=[])
    return replace(claim, id=identity, event_id=event_key, spans=spans)


def _spans(spans: Spans, by: int) -> Spans:
    return tuple(Span(span.start + by, span.end + by) for span in spans)
