"""A project of invented pages with incidents, and what each format makes of it."""

from pathlib import Path

import pytest
from benchmarks.invented import reports

from invented_reports import bomb_page
from purport.incidents.linking import PageLinker
from purport.store import Store


@pytest.fixture(scope="session")
def project_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve invented pages and one with a car bomb, brought together."""
    path = tmp_path_factory.mktemp("exports") / "p.purport"
    with Store(path, create=True) as store:
        for page in reports(12, seed=5):
            store.add(page.capture, page.report)
        store.add(*bomb_page())
        store.link(PageLinker())
    return path
