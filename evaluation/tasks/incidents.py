"""Incidents across pages. Until pages are linked, every page stands alone; the scorer prints that baseline beside it."""

from typing import Any

from purport.settings import Settings


def predict(record: dict[str, Any], *, settings: Settings) -> dict[str, Any]:
    """The page alone in an incident of its own."""
    return {"id": record["id"], "incident_ids": [record["id"]]}
