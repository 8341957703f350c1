"""Everything that the workbench shows lies in the package and comes from nowhere else."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "purport"
SERVE = PACKAGE / "serve"
ASSETS = sorted(path for folder in ("static", "templates") for path in (SERVE / folder).rglob("*") if path.is_file())
ADDRESS = re.compile(r"(?:https?:|wss?:|ftp:)?//[A-Za-z0-9[][^\s\"'`)<>]*")
#: Names, not addresses: what SVG and MathML are called.
NAMES = ("http://www.w3.org/",)
#: Texts of licences and the list of what is vendored; no page refers to them.
TOLD = (".md", ".txt")


def name_of(path: Path) -> str:
    return path.relative_to(SERVE).as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The package as it is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_page_script_schema_and_word_list(wheel: zipfile.ZipFile) -> None:
    kept = [path for folder in (SERVE, PACKAGE / "resources") for path in folder.rglob("*") if path.is_file()]
    wanted = {path.relative_to(ROOT / "src").as_posix() for path in kept if "__pycache__" not in path.parts}
    assert len(wanted) > 50
    assert wanted - set(wheel.namelist()) == set()


def own_words(path: Path) -> str:
    """A file without its comments, in which an address is only told."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->|(?m:^\s*//.*$)", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", [path for path in ASSETS if path.suffix not in TOLD], ids=name_of)
def test_no_file_refers_to_another_place(path: Path) -> None:
    found = [match.group() for match in ADDRESS.finditer(own_words(path)) if not match.group().startswith(NAMES)]
    assert found == []


@pytest.mark.parametrize("path", [path for path in ASSETS if path.suffix == ".html"], ids=name_of)
def test_no_page_needs_what_the_policy_forbids(path: Path) -> None:
    words = own_words(path)
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", words) == []


VENDORED = [path for path in ASSETS if "vendor" in path.parts and path.suffix not in TOLD]


@pytest.mark.parametrize("path", VENDORED, ids=name_of)
def test_what_is_vendored_is_what_was_vendored(path: Path) -> None:
    """The list beside it has name, version, licence and digest."""
    listed = (SERVE / "static" / "vendor" / "README.md").read_text(encoding="utf-8")
    assert path.name in listed
    assert hashlib.sha256(path.read_bytes()).hexdigest() in listed
