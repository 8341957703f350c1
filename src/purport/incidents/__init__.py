"""Reports → incidents: linking, copies and origins, competing claims, policies, status."""
