"""`purport bundle` and `purport verify` as commands."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from purport.cli.app import app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_what_is_written_is_whole(project: Path, incident: str, tmp_path: Path) -> None:
    foretold = run("bundle", project, incident, "--digest-only").stdout.strip()
    written = run("bundle", project, incident, "--out", tmp_path / "b.wacz")
    assert written.exit_code == 0
    digest = written.stdout.strip()
    assert digest == f"sha256:{foretold}"
    verified = run("verify", tmp_path / "b.wacz", "--digest", digest)
    assert (verified.exit_code, "is whole: 1 incident, 7 pages" in verified.stdout, digest in verified.stdout) == (0, True, True)


@pytest.mark.parametrize("options", [[], ["--digest-only", "--out", "x.wacz"]])
def test_either_a_file_or_the_digest(project: Path, incident: str, options: list[str]) -> None:
    assert run("bundle", project, incident, *options).exit_code == 2


def test_another_digest_is_told(bundle: Path) -> None:
    found = run("verify", bundle, "--digest", 64 * "0")
    assert (found.exit_code, "and not the one given" in found.stdout) == (1, True)


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_a_broken_bundle_ends_with_one(bundle: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(bundle.read_bytes())
    content[place] ^= 1
    (tmp_path / "b.wacz").write_bytes(content)
    found = run("verify", tmp_path / "b.wacz")
    assert (found.exit_code, bool(found.stdout)) == (1, True)


def test_options_of_bundles_are_refused_for_a_project_file(project: Path) -> None:
    assert run("verify", project, "--digest", 64 * "0").exit_code == 2
    assert run("verify", project).exit_code == 0
