"""A project of the example pages, merged, made once; each test that writes takes a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from local_client import LocalClient
from purport import demo
from purport.serve import create_app


@pytest.fixture(scope="session")
def example_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's project file; read only."""
    return demo.make(tmp_path_factory.mktemp("workbench")).database


@pytest.fixture
def project(example_project: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copy(example_project, tmp_path / "project.purport"))


@pytest.fixture
def client(project: Path) -> Iterator[TestClient]:
    """A browser without scripts, on a project without accounts."""
    app = create_app(project)
    with LocalClient(app) as opened:
        yield opened
    app.state.workbench.stores.close()
