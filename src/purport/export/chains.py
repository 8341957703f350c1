"""A chain of sources in one cell."""

from purport.model import Report
from purport.status import source_words


def chain_words(attribution_id: str | None, report: Report) -> str:
    """From the one nearest the outlet to the innermost: "NBC > the captive (under duress)"; empty for the outlet's own voice."""
    links = report.chain(attribution_id)
    return " > ".join(
        (source_words(link.source, report.document.text) or "[source not named]")
        + (" (under duress)" if link.source and link.source.duress else "")
        for link in links
    )
