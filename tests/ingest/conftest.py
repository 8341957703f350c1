"""Fixtures of the ingest tests."""

from conftest_ingest import bomb, page, read, site

__all__ = ["bomb", "page", "read", "site"]
