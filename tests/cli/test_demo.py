"""``purport demo``: the example pages, twice."""

from pathlib import Path

import pytest

from cli_runs import Run
from purport.store import Store


@pytest.mark.timeout(120)
def test_the_demo_makes_its_files_and_can_be_run_again(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "demo"
    first = run("demo", "--out", out)
    assert first.exit_code == 0
    with Store(out / "demo.purport", read_only=True) as store:
        counts = store.counts()
    assert counts["documents"] >= 16 and counts["events"] > 0 and counts["failures"] == 0
    assert f"Report:       {out / 'demo.html'}" in first.stdout
    assert (out / "demo.html").read_text(encoding="utf-8").count('<article id="p') == counts["documents"]
    html = (out / "demo.html").read_bytes()
    second = run("demo", "--out", out)
    assert second.exit_code == 0
    assert second.stdout == first.stdout
    assert (out / "demo.html").read_bytes() == html
    with Store(out / "demo.purport", read_only=True) as store:
        assert store.counts() == counts
        assert store.verify() == ()


def test_a_folder_that_cannot_be_made(run: Run) -> None:
    result = run("demo", "--out", "/proc/demo")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("/proc/demo")
