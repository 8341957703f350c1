"""The HTML report tells what was erased from the project."""

import io

from invented_reports import bomb_page
from purport import html
from purport.decisions import Tombstone

STONE = Tombstone("doc-1", "cap-1", "sha256:0", "asked <b>for", "Edda", "2026-03-02T10:00:00+00:00")


def test_erased_pages_are_told_with_day_and_reason() -> None:
    file = io.StringIO()
    html.write([bomb_page()], file, gone=[STONE])
    assert "1 page was erased from this project" in file.getvalue()
    assert "2026-03-02: asked &lt;b&gt;for" in file.getvalue()


def test_without_any_there_is_no_word_of_it() -> None:
    file = io.StringIO()
    html.write([bomb_page()], file)
    assert "erased" not in file.getvalue()
