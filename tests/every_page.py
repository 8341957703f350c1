"""Every page of the workbench by its name, over a project file: for tests that look at all of them."""

from pathlib import Path

from purport.store import Store

NAMES = (
    *("find", "nothing found", "searches", "suggestions"),
    *("incident", "document", "queue", "review", "correct", "rounds", "new round", "codebook"),
    *("audit", "erasure", "people", "me", "login", "api"),
)

OF_ONE_PAGE = ("incident", "document", "review", "correct")  #: those that show what a page says


def addresses(project: Path, *, document_id: str | None = None) -> dict[str, str]:
    """Name → address; pages of one thing show that page's, or those of the incident with the most pages."""
    with Store(project, read_only=True) as store:
        incident = store.incident(document_id) if document_id else store.incident(next(store.incidents()).id)
        telling = incident.tellings[0]
    return {
        "find": "/find",
        "nothing found": "/find?q=nowhere",
        "searches": "/searches",
        "suggestions": "/suggestions",
        "incident": f"/incident/{incident.id}",
        "document": f"/document/{telling.document.id}",
        "queue": "/queue",
        "review": f"/review/{telling.event.id}",
        "correct": f"/review/{telling.event.id}/correct?claim={telling.event.claims[0].id}",
        "rounds": "/rounds",
        "new round": "/rounds/new",
        "codebook": "/codebook",
        "audit": "/audit",
        "erasure": "/erasure",
        "me": "/me",
        "people": "/people",
        "login": "/login",
        "api": "/api/v1/",
    }
