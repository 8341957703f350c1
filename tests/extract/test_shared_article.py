"""The page that the product must read first, kept beside the checkout; nothing of it is quoted here."""

from pathlib import Path

import pytest
from made_captures import kinds, plain, words

from purport.model import BlockKind

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "articles" / "mee-2015.txt"


@pytest.mark.skipif(not ARTICLE.is_file(), reason="../shared/articles/mee-2015.txt is not beside this checkout")
def test_a_real_page_copied_by_a_reader() -> None:
    found = plain(ARTICLE.read_bytes())
    assert kinds(found)[:5] == ["headline", "standfirst", "caption", "credit", "paragraph"]
    assert words(found, BlockKind.CREDIT) == ["(AFP)"]
    assert (found.published, found.published_from, found.language, found.unread) == (None, None, "en", None)
    assert found.outlet == "Middle East Eye"
    assert len(found.furniture) == 4
    assert not any(line in found.text for line in found.furniture)
    assert len(words(found, BlockKind.PARAGRAPH)) == 13
