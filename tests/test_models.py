"""Which weights a run uses, and what a project file says of them."""

from dataclasses import replace
from pathlib import Path

import pytest

import purport
from purport import models
from purport.errors import ResourceError, SettingsError
from purport.pipeline import Pipeline
from purport.project import add, reader_label
from purport.settings import Settings
from purport.store import Store


@pytest.fixture
def weights(tmp_path: Path) -> Settings:
    """Settings with a folder that has the files; what is in them is read by nobody here."""
    for name in models.NEEDED:
        (tmp_path / name).write_text(name)
    return Settings(reader="learned", models_dir=tmp_path)


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"no reader 'magic'.*one of learned, rules"):
        Settings(reader="magic")


@pytest.mark.parametrize("missing", models.NEEDED)
def test_a_folder_without_weights_is_refused_before_a_page_is_read(weights: Settings, missing: str, tmp_path: Path) -> None:
    (tmp_path / missing).unlink()
    for use in (Pipeline, reader_label, models.folder_of, models.fingerprint, lambda s: next(purport.read("x.html", settings=s))):
        with pytest.raises(ResourceError, match=f"{missing} is missing.*--reader rules"):
            use(weights)


def test_a_project_file_is_not_touched_without_weights(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Rebels shelled Gao on Monday, police said.")
    with Store(tmp_path / "p.purport", create=True) as store:
        with pytest.raises(ResourceError):
            add(store, [str(page)], settings=Settings(reader="learned", models_dir=tmp_path))
        assert not any(store.counts().values())


def test_the_rules_need_no_weights(tmp_path: Path) -> None:
    rules = Settings(reader="rules", models_dir=tmp_path)
    Pipeline(rules)
    assert reader_label(rules).startswith("rules ")


def test_the_label_names_the_reader_and_changes_with_its_weights(weights: Settings, tmp_path: Path) -> None:
    first = reader_label(weights)
    assert first.startswith("learned ") and first != reader_label(replace(weights, reader="rules"))
    assert reader_label(weights) == first
    (tmp_path / "card.md").write_text("Not weights.")
    assert reader_label(weights) == first
    (tmp_path / "reader.onnx").write_text("other")
    assert reader_label(weights) != first


def test_a_report_names_its_reader() -> None:
    assert purport.read_text("Rebels shelled Gao.", settings=Settings(reader="rules")).reader == "rules"
