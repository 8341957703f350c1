"""docs/own-codebook.md names every key, and its codebook is one that check finds nothing wrong with."""

import re
from pathlib import Path

import pytest

from purport.api import read_text
from purport.codebook import naming, parsing, parsing_roles, parsing_types, parsing_words
from purport.codebook.checking import check
from purport.codebook.parsing import of_text
from purport.codebook.trying import try_examples
from purport.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "own-codebook.md").read_text(encoding="utf-8")
KEYS = {
    *(parsing.KEYS + parsing_types.TYPE_KEYS + parsing_types.WHEN_KEYS + parsing_roles.ROLE_KEYS + parsing_roles.STATUS_WHEN),
    *(parsing_words.LEXICONS + parsing_words.ACTOR_KEYS + naming.SCHEMES + naming.FRAMES),
}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_is_documented(key: str) -> None:
    assert re.search(rf"`{key}[:`]", PAGE)


def test_the_codebook_of_the_page_is_whole() -> None:
    (text,) = re.findall(r"^```yaml codebook\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    book = of_text(text)
    settings = Settings(codebook=book)
    assert [str(each) for each in check(book, where="docs") if each.is_error or "no code" not in each.what] == []
    assert [str(each) for each in try_examples(book, read=lambda text: read_text(text, settings=settings), where="docs")] == []
