"""GEXF 1.3: who carries whose word, over all incidents: from an origin through agencies to outlets."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from purport.accounts import Account, Stop
from purport.export.case import Case, Terms, Written
from purport.export.xml_text import xml_safe
from purport.model import hashed_id

GEXF = "http://gexf.net/1.3"


class _Network:
    """The nodes and edges met so far; a page counts for its outlet."""

    def __init__(self) -> None:
        self.nodes: dict[str, tuple[str, str]] = {}
        self.seen: Counter[str] = Counter()
        self.edges: Counter[tuple[str, str]] = Counter()

    def add(self, account: Account) -> None:
        """The route of one incident."""
        outlets = {document.id: document.outlet or "outlet not known" for document in account.documents}
        keys = {stop.id: self._node(stop, outlets) for stop in account.route.stops}
        self.seen.update(set(keys.values()))
        legs = {(keys[leg.first], keys[leg.second]) for leg in account.route.legs if leg.first in keys and leg.second in keys}
        self.edges.update((first, second) for first, second in legs if first != second)

    def _node(self, stop: Stop, outlets: dict[str, str]) -> str:
        name = outlets.get(stop.document_id or "", stop.name) if stop.kind == "page" else stop.name
        kind = "outlet" if stop.kind == "page" else stop.kind
        key = hashed_id("n", name.casefold())
        known = self.nodes.get(key)
        self.nodes[key] = (known[0] if known else name, kind if not known or known[1] == "carrier" else known[1])
        return key


def write_gexf(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """The graph; an edge weighs as many incidents as it was met in. The number written is that of the nodes."""
    network = _Network()
    for case in cases:
        network.add(case.account)
    for line in _lines(network, terms):
        file.write(line + "\n")
    return Written(len(network.nodes))


def _lines(network: _Network, terms: Terms) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{GEXF}" version="1.3">'
    yield f"<meta><creator>{escape(terms.made_by)}</creator><description>{escape(xml_safe(terms.in_a_line()))}</description></meta>"
    yield '<graph defaultedgetype="directed" mode="static">'
    yield '<attributes class="node"><attribute id="kind" title="kind" type="string"/>'
    yield '<attribute id="incidents" title="incidents" type="integer"/></attributes>'
    yield "<nodes>"
    for key, (name, kind) in sorted(network.nodes.items()):
        values = f'<attvalue for="kind" value={quoteattr(kind)}/><attvalue for="incidents" value="{network.seen[key]}"/>'
        yield f'<node id="{key}" label={quoteattr(xml_safe(name))}><attvalues>{values}</attvalues></node>'
    yield "</nodes>"
    yield "<edges>"
    for number, ((first, second), weight) in enumerate(sorted(network.edges.items())):
        yield f'<edge id="{number}" source="{first}" target="{second}" weight="{weight}"/>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"
