"""Reports → incidents: linking, copies and origins, competing claims, policies, status."""

from purport.incidents.origins import with_origins

__all__ = ["with_origins"]
