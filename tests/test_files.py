"""Files that are whole or not there."""

import stat
from pathlib import Path

import pytest

from purport.errors import SettingsError
from purport.files import written


def test_the_file_is_there_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with written(path) as file:
        file.write("«»\r\n")
        assert not path.exists()
    assert path.read_bytes() == "«»\r\n".encode()
    assert not path.stat().st_mode & stat.S_IWOTH


def test_a_break_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), written(path) as file:
        file.write("new")
        raise KeyboardInterrupt
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out.txt", "old")]


@pytest.mark.parametrize("place", ["{folder}", "{folder}/none/out.txt", "/proc/out.txt"])
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    path = place.format(folder=tmp_path)
    with pytest.raises(SettingsError, match=r"\(.+\)$") as caught, written(Path(path)):
        pass
    assert caught.value.where == path
