"""``docs/cli.md`` says what the commands do."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_that_of_the_code() -> None:
    made = runpy.run_path(str(DOCS / "make_cli_reference.py"))["reference"]()
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == made, "stale: run `make reference`"
