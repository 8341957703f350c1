"""Pages as files, a project file, and the command line as a user meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli_runs import Run
from invented_reports import bomb_page, plain_page
from purport.cli.app import app
from purport.store import Store

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="The Harbour Courier"><meta property="article:published_time" content="2015-03-04T10:00:00Z"></head>
<body><article><h1>{title}</h1><p>{text}</p>
<p>Residents of the district said shops stayed closed on Wednesday and that streets were empty for most of the day.</p>
</article></body></html>"""
TEXT = "A car bomb killed at least 12 people in Aleppo on Tuesday, the governor said. The army denied that it had shelled the town."


@pytest.fixture
def run() -> Run:
    def run(*arguments: object, input: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=input, catch_exceptions=False)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(title="Car bomb hits market in Aleppo", text=TEXT), encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Path]:
    """A project file with three pages, read by nobody but us."""
    path = tmp_path / "project.purport"
    with Store(path, create=True) as store:
        for kept in (bomb_page(), plain_page(1), plain_page(2, unread="language: ar", language="ar")):
            store.add(*kept)
    yield path
