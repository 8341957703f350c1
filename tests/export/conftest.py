"""A project of invented pages with incidents, and what each format makes of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.invented import reports

from decided_projects import decided_copy
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


@dataclass(frozen=True)
class Decided:
    """A project in which people decided; ``withheld``: what must not get out, by the reason."""

    path: Path
    withheld: dict[str, str]


@pytest.fixture(scope="session")
def decided_project(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Decided:
    path = tmp_path_factory.mktemp("decided") / "project.purport"
    return Decided(path, decided_copy(project_file, path))


@pytest.fixture(scope="session")
def decided(decided_project: Decided) -> Path:
    """The same, its file alone."""
    return decided_project.path
