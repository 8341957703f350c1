"""Less of a page than there is: only claims that the reader trusts, or no names of victims."""

from dataclasses import replace
from typing import TYPE_CHECKING

from purport.export import mask_report
from purport.model import Event, Report, Role

if TYPE_CHECKING:
    from purport.api import Page


def confident(page: "Page", *, at_least: float) -> "Page":
    """The page without claims below ``at_least`` (0 to 1); an event goes when no claim that it happened is left."""
    return replace(page, report=confident_report(page.report, at_least=at_least))


def confident_report(report: Report, *, at_least: float) -> Report:
    """The same for a report by itself."""
    if at_least <= 0:
        return report
    events = (confident_event(event, at_least=at_least) for event in report.events)
    return replace(report, events=tuple(event for event in events if _is_told(event)))


def confident_event(event: Event, *, at_least: float) -> Event:
    """The event without claims below ``at_least``, though none be left."""
    return replace(event, claims=tuple(claim for claim in event.claims if claim.confidence >= at_least))


def _is_told(event: Event) -> bool:
    return any(claim.role is Role.TYPE for claim in event.claims)


def masked(page: "Page") -> "Page":
    """The page with names of victims withheld; where it lay and its address go too, since these often spell a name out."""
    return replace(page, capture=replace(page.capture, origin="", url=None, hints={}), report=mask_report(page.report))
