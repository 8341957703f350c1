"""Which names are withheld on a page: those of its own victims, witnesses and minors, and those that other pages of its incidents give.

What one outlet keeps back another prints; a name is withheld from a page's text and from what people wrote about it all the same.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import replace

from purport.decisions import Reviewed
from purport.errors import InputError, StoreError
from purport.export import mask_words, withheld_names, words_of_names
from purport.model import Event, Report
from purport.review.overlay import overlay
from purport.store import Store

MOST_PAGES = 50_000  #: whose names are remembered: some tens of megabytes
MOST_LOOKED_AT = 25  #: pages of each sort, for each word of a title; of a word on more of them ("Kirkuk") it is seldom a victim's name


class Names:
    """Names by page, each page read once. Only while nobody else writes into the file: what is remembered is not read again.

    ``decided``: every page about which people decided something, where that is known already.
    """

    def __init__(self, store: Store, *, decided: Collection[str] | None = None) -> None:
        self._store, self._decided = store, decided
        self._found: OrderedDict[str, frozenset[str]] = OrderedDict()

    def know(self, machine: Iterable[Report]) -> None:
        """Whole pages as the machine read them, which then need not be read again."""
        for report in machine:
            page = report.document.id
            if page not in self._found and not self._is_decided(page):
                self._keep(page, withheld_names(report))

    def around(self, document_id: str) -> frozenset[str]:
        """All that is withheld on a page; nothing of one that is gone."""
        return frozenset().union(self.on(document_id), self.beside(document_id))

    def beside(self, document_id: str) -> frozenset[str]:
        """What other pages of the incidents give that this page tells of."""
        return frozenset().union(*map(self.on, self._store.pages_beside(document_id)))

    def on(self, document_id: str) -> frozenset[str]:
        """What the page itself gives; nothing of one that is gone."""
        if document_id not in self._found:
            self._keep(document_id, self._named(document_id))
        return self._found[document_id]

    def _keep(self, document_id: str, names: frozenset[str]) -> None:
        if len(self._found) >= MOST_PAGES:
            self._found.popitem(last=False)
        self._found[document_id] = names

    def _named(self, document_id: str) -> frozenset[str]:
        try:
            report = self._store.report(document_id)
            return withheld_names(_as_decided(self._store, report) if self._is_decided(document_id) else report)
        except StoreError:  # erased, with all that people wrote about it
            return frozenset()

    def _is_decided(self, document_id: str) -> bool:
        return self._decided is None or document_id in self._decided


def names_around(store: Store, *documents: str) -> frozenset[str]:
    """All that is withheld on any of these pages."""
    names = Names(store)
    return frozenset().union(*map(names.around, documents))


def check_title(store: Store, title: str) -> None:
    """Raises InputError for a title, as of a saved search or a round, that holds a name which is withheld on a page with that word.

    Everybody sees titles, whichever pages they are about. At most :data:`MOST_LOOKED_AT` pages of each sort are read for each word.
    """
    names = Names(store)
    for word in words_of_names(title):
        for page in store.finding.pages_mentioning(word, most=MOST_LOOKED_AT):
            if mask_words([title], names.on(page)) != [title]:
                remedy = "choose another name for it: everybody sees it, also who sees no names of victims, witnesses and minors"
                raise InputError("it is called by a name that is withheld in this project", where="name", remedy=remedy)


def _as_decided(store: Store, report: Report) -> Report:
    """The page with all that the machine or a person ever took for one of its claims."""
    judgements, additions = store.reviews.judgements(report.document.id), store.reviews.additions(report.document.id)
    if not judgements and not additions:
        return report
    return everything(overlay(report, judgements, additions=additions))


def everything(reviewed: Reviewed) -> Report:
    """A page with what holds, what the machine read, and every claim that was decided about, as events of one report."""
    links = {link.id: link for link in (*reviewed.machine.attributions, *reviewed.report.attributions)}
    claims = [claim for each in reviewed.by_claim.values() for claim in (each.machine, each.holding) if claim is not None]
    decided = (Event("", "", "", (), tuple(claims)),) if claims else ()
    events = (*reviewed.report.events, *reviewed.machine.events, *decided)
    return replace(reviewed.report, attributions=tuple(links.values()), events=events)
