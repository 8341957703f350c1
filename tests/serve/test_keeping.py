"""What the workbench does beside the requests: cards at once, rows for exports when nobody decides anything."""

import time
from pathlib import Path

import pytest

from purport import merging
from purport.model import Role, Verdict
from purport.row_maker import maker
from purport.serve import keeping
from purport.store import Store


@pytest.fixture
def decided(example_project: Path, tmp_path: Path) -> Path:
    """A project in which somebody has just decided about a claim."""
    path = tmp_path / "project.purport"
    path.write_bytes(example_project.read_bytes())
    with Store(path) as store:
        merging.merge(store)
        claim = next(store.incident(next(store.incidents()).id).claims(Role.TYPE))[0]
        store.judge(claim.id, Verdict.ACCEPT, coder="Aya")
    return path


def kept(path: Path, *, quiet_seconds: float, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, int]:
    """Stale cards, fresh rows and incidents once the cards are made again and, at the most a minute later, rows can be."""
    monkeypatch.setattr(keeping, "QUIET_SECONDS", quiet_seconds)
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.05)
    looked: list[int] = []
    keeper = keeping.Keeper(path, follow=lambda store: looked.append(store.finding.count_stale()))
    keeper.start()
    try:
        with Store(path, read_only=True) as store:
            until = time.monotonic() + 60
            while time.monotonic() < until and (len(looked) < 3 or (quiet_seconds == 0 and store.kept_rows.outdated())):
                time.sleep(0.02)
            return store.finding.count_stale(), store.kept_rows.count_fresh(maker()), store.count_incidents()
    finally:
        keeper.stop()


def test_rows_wait_until_it_is_quiet(decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale, fresh, every = kept(decided, quiet_seconds=600, monkeypatch=monkeypatch)
    assert stale == 0 and fresh < every


def test_when_it_is_quiet_rows_are_made(decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale, fresh, every = kept(decided, quiet_seconds=0, monkeypatch=monkeypatch)
    assert stale == 0 and fresh == every
