"""Erasing pages of a project file: the work behind ``purport erase`` and the workbench's page; above all rooms."""

from collections.abc import Sequence

from purport.errors import InputError
from purport.export import mask_words
from purport.incidents.linking import PageLinker
from purport.store import Store
from purport.store.erasing import Erasure
from purport.withholding import names_around


def erase(store: Store, captures: Sequence[str], *, why: str, coder: str) -> Erasure:
    """Erase pages by the ids of their captures, settle the incidents again, and write the file anew. Raises StoreError.

    Raises InputError for a reason that holds a name that is withheld on these pages: the reason stays when they are gone.
    """
    _check_why(store, captures, why=why)
    return store.erasing.erase(captures, why=why, coder=coder, linker=PageLinker())


def _check_why(store: Store, captures: Sequence[str], *, why: str) -> None:
    pages = [page.document_id for page in store.erasing.preview(captures).pages if page.document_id]
    if mask_words([why], names_around(store, *pages)) != [why]:
        remedy = "say why without names; the reason stays in the file and in later exports"
        raise InputError("the reason names somebody whose name is withheld on these pages", where="why", remedy=remedy)
