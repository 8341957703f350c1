"""A project of the example pages, merged and partly reviewed, with the bundle of its largest incident; and a bundle of one small page."""

from pathlib import Path

import pytest

from bundle import reviewed
from invented_reports import bomb_page
from purport import bundling, demo, merging
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


@pytest.fixture(scope="session")
def incident(project: Path) -> str:
    with Store(project, read_only=True) as store:
        return largest(store)


def largest(store: Store) -> str:
    """The incident with most pages."""
    return next(iter(store.incidents(limit=1))).id


@pytest.fixture(scope="session")
def bundle(project: Path, incident: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A written bundle; read only."""
    out = tmp_path_factory.mktemp("bundles") / "incident.wacz"
    bundling.write(project, [incident], out=out)
    return out


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of one short page with one judgement."""
    folder = tmp_path_factory.mktemp("small")
    capture, report = bomb_page()
    with Store(folder / "small.purport", create=True) as store:
        store.add(capture, report)
        merging.merge(store)
        store.judge(report.events[0].claims[0].id, Verdict.ACCEPT, coder="Ada", note="clear")
        incident = largest(store)
    bundling.write(folder / "small.purport", [incident], out=folder / "small.wacz")
    return folder / "small.wacz"


@pytest.fixture(scope="session")
def reviewed_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two short pages with every kind of decision; read only."""
    return reviewed.project_in(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture(scope="session")
def reviewed_bundle(reviewed_project: Path) -> Path:
    """The bundle of the incidents that were decided about."""
    return reviewed.bundle_in(reviewed_project.parent, reviewed_project)


@pytest.fixture(scope="session")
def masked_bundle(reviewed_project: Path) -> Path:
    """The same with names withheld."""
    return reviewed.bundle_in(reviewed_project.parent, reviewed_project, mask_names=True)
