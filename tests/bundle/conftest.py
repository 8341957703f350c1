"""A project of the example pages, merged and partly reviewed; the bundle of its largest incident."""

from pathlib import Path

import pytest

from purport import bundling, demo
from purport.model import Verdict
from purport.store import Store


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's project file with some decisions; read only."""
    path = demo.make(tmp_path_factory.mktemp("bundle")).database
    with Store(path) as store:
        incident = largest(store)
        claims = [claim for event in store.incident(incident).events for claim in event.claims]
        store.judge(claims[0].id, Verdict.ACCEPT, coder="Ada", note="clear")
        store.judge(claims[1].id, Verdict.CORRECT, coder="Ben", value=claims[1].value, note="as printed")
        store.reviews.comment(incident, "two agencies", coder="Ada")
    return path


def largest(store: Store) -> str:
    """The incident with most pages."""
    return next(iter(store.incidents(limit=1))).id


@pytest.fixture(scope="session")
def bundle(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A written bundle; read only."""
    out = tmp_path_factory.mktemp("bundles") / "incident.wacz"
    with Store(project, read_only=True) as store:
        incident = largest(store)
    bundling.write(project, [incident], out=out)
    return out
