"""A project file, empty or with one page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from invented_reports import Page, bomb_page
from purport.store import Store


@pytest.fixture
def page() -> Page:
    return bomb_page()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "project.purport"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path, create=True) as opened:
        yield opened


@pytest.fixture
def filled(store: Store, page: Page) -> Store:
    store.add(*page)
    return store
