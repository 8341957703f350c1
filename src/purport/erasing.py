"""Erasing pages of a project file: the work behind ``purport erase`` and the workbench's page; above all rooms."""

from collections.abc import Sequence

from purport.incidents.linking import PageLinker
from purport.store import Store
from purport.store.erasing import Erasure


def erase(store: Store, captures: Sequence[str], *, why: str, coder: str) -> Erasure:
    """Erase pages by the ids of their captures, settle the incidents again, and write the file anew. Raises StoreError."""
    return store.erasing.erase(captures, why=why, coder=coder, linker=PageLinker())
