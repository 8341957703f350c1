"""What is in a bundle, and that it is the same each time."""

import io
from pathlib import Path

import pytest

from bundle.conftest import largest
from purport import bundling
from purport.bundle.checking import check
from purport.store import Store


def test_a_bundle_is_whole(bundle: Path) -> None:
    assert check(bundle).faults == ()


def test_the_same_file_gives_the_same_bytes(project: Path, bundle: Path) -> None:
    with Store(project, read_only=True) as store:
        made, file = bundling.bundle_of(store, [largest(store)]), io.BytesIO()
        made.write(file)
    assert file.getvalue() == bundle.read_bytes()
    assert made.digest == check(bundle).digest


@pytest.mark.parametrize("mask_names", [False, True])
def test_names_can_be_withheld(project: Path, tmp_path: Path, mask_names: bool) -> None:
    with Store(project, read_only=True) as store:
        ids = [entry.id for entry in store.incidents(limit=3)]
    bundling.write(project, ids, out=tmp_path / "b.wacz", mask_names=mask_names)
    checked = check(tmp_path / "b.wacz")
    assert (checked.faults, checked.names_withheld) == ((), mask_names)
