"""Files of every kind, damaged at random: always a record, never an error that we did not think of."""

import gzip
import io
import json
import random
import zipfile

import pyarrow
import pyarrow.parquet
import pytest
from conftest_ingest import PAGE, pages, warc_of

from purport.ingest.inputs import FAULT, captures
from purport.model import Capture, Failure
from purport.settings import Settings

TRIES = 40


def _whole() -> dict[str, bytes]:
    rows = [{"text": "words of a page " * 9, "title": f"Title {n}"} for n in range(40)]
    table, archive = io.BytesIO(), io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), table)
    with zipfile.ZipFile(archive, "w") as wacz:
        wacz.writestr("archive/a.warc.gz", warc_of(*pages(3)))
        wacz.writestr("archive/b.warc", warc_of(*pages(3), zipped=False), zipfile.ZIP_DEFLATED)
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    feed = b"<rss><channel>" + b"<item><title>a</title><link>ftp://paper.example/</link></item>" * 3 + b"</channel></rss>"
    return {
        "page": PAGE,
        "zipped page": gzip.compress(PAGE),
        "warc": warc_of(*pages(4), zipped=False),
        "zipped warc": warc_of(*pages(4)),
        "wacz": archive.getvalue(),
        "jsonl": lines,
        "zipped jsonl": gzip.compress(lines),
        "json": json.dumps(rows, indent=1).encode(),
        "parquet": table.getvalue(),
        "feed": feed,
        "zipped feed": gzip.compress(feed),
    }


def _damaged(content: bytes, *, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    if chance.random() < 0.4:
        del damaged[chance.randrange(len(damaged)) :]
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(damaged) + 1)
        damaged[at : at + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
    return bytes(damaged)


@pytest.mark.parametrize("name", _whole())
@pytest.mark.parametrize("feed", [False, True])
def test_damage(tmp_path_factory: pytest.TempPathFactory, *, name: str, feed: bool) -> None:
    chance = random.Random(name)
    content = _whole()[name]
    path = tmp_path_factory.mktemp("damage") / "input"
    for _ in range(TRIES):
        path.write_bytes(_damaged(content, chance=chance))
        found = list(captures([str(path)], settings=Settings(feed=feed, max_page_bytes=100_000)))
        assert found
        assert all(isinstance(one, Capture | Failure) for one in found)
        assert not [one for one in found if isinstance(one, Failure) and (one.what.startswith(FAULT) or not one.remedy)]
