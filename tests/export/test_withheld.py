"""In no format stands what was erased, restricted, rejected or is a victim's name; what people corrected stands in those that tell it."""

from pathlib import Path

import pytest

from decided_projects import CORRECTED, words_of
from export.conftest import Decided
from purport.export.catalogue import CATALOGUE, Shape
from purport.exporting import Asked, export
from purport.store import Store

EVERY = [format.name for format in CATALOGUE.values() if format.shape is not Shape.COPY]
#: Formats that have no room for who did it: places, tables of codes, and who carries whose word.
WITHOUT_WORDS = frozenset({"geojson", "gdelt-mentions", "gexf"})


@pytest.mark.parametrize("query", ["", "type:shelling"])
@pytest.mark.parametrize("name", EVERY)
def test_nothing_that_is_withheld_gets_out(decided_project: Decided, tmp_path: Path, name: str, query: str) -> None:
    with Store(decided_project.path, read_only=True) as store:
        made = export(store, tmp_path / "out", format=name, asked=Asked(query=query, include_restricted=False))
    told = words_of(tmp_path / "out")
    assert {why: words for why, words in decided_project.withheld.items() if words in told} == {}
    assert made.gone == 1
    if not query:
        assert made.restricted > 0 and made.number > 2
        assert (CORRECTED.casefold() in told.casefold()) == (name not in WITHOUT_WORDS)
