"""A bundle altered anywhere fails, and the place is named; also where somebody made the digests fit."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bundle.altered import checked, edited, files_of, packed, remade
from purport.bundle import manifest
from purport.bundle.container import members_of

EVERY = 29  #: bytes of content between those that are flipped here; every single one (118,464, none unseen) takes ten minutes


def test_a_flipped_byte_is_seen_and_its_file_named(small: Path) -> None:
    content = small.read_bytes()
    inside = {
        place: member.path for member, _ in members_of(io.BytesIO(content)) for place in range(member.start, member.start + member.size)
    }
    frame = [place for place in range(len(content)) if place not in inside]
    assert len(frame) > 1_900
    for place in [*frame, *sorted(inside)[::EVERY]]:
        found = checked(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]).faults
        assert found, place
        assert place not in inside or any(fault.path.startswith(inside[place]) for fault in found), (place, inside[place])


@pytest.mark.parametrize("length", [1, 22, 1000])
def test_a_cut_file_is_seen(small: Path, length: int) -> None:
    assert checked(small.read_bytes()[:-length]).faults


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content + b"\n",
        lambda content: b"\n" + content,
        lambda content: content[:-2] + b"\x02\x00ab",
        lambda content: b"",
        lambda content: b"PK",
        lambda content: content[:-22] + b"\0" + content[-22:],
        lambda content: content[:-22],
    ],
    ids=["after", "before", "comment", "empty", "two bytes", "between", "no end"],
)
def test_bytes_that_belong_to_nothing_are_seen(small: Path, change: Callable[[bytes], bytes]) -> None:
    assert len(checked(change(small.read_bytes())).faults) == 1


# ------------------------------------------------------------------ digests that fit
def first(files: dict[str, bytes], folder: str) -> str:
    return next(path for path in files if path.startswith(folder))


def claim(report: Any) -> Any:
    return report["events"][0]["claims"][0]


def set_to(*path: Any, value: Any) -> Callable[[Any], None]:
    """An edit of one place in JSON."""

    def edit(record: Any) -> None:
        for step in path[:-1]:
            record = record[step]
        record[path[-1]] = value

    return edit


EDITS: list[tuple[str, Callable[[Any], None], str]] = [
    ("annotations/", set_to("items", 0, "target", 0, "selector", 1, "exact", value="nobody"), "its quote"),
    ("annotations/", set_to("items", 0, "target", 0, "selector", 1, "prefix", value=""), "its quote"),
    ("annotations/", set_to("items", 0, "target", 0, "selector", 0, "start", value=-3), "points at no place"),
    ("annotations/", set_to("items", 0, "target", 0, "selector", 0, "end", value=10**9), "points at no place"),
    ("annotations/", set_to("items", 0, "body", "claim", "words", value="nobody"), "its claim is not that"),
    ("annotations/", lambda page: page["items"].pop(), "are not the claims"),
    ("annotations/", lambda page: page["items"].append(page["items"][0]), "are not the claims"),
    ("reports/", lambda report: claim(report).update(words="nobody"), "its words are not those"),
    ("reports/", lambda report: claim(report).update(confidence=0.123), "is not the report with the digest"),
    ("reports/", set_to("document", "text", value="Nothing happened."), "is not that of"),
    ("evidence/decisions", set_to("judgements", 0, "verdict", value="reject"), "its id does not follow"),
    ("evidence/decisions", set_to("judgements", value=[]), "is in the log and not here"),
    ("evidence/captures", set_to("pages", 0, "digest", value="sha256:" + 64 * "0"), "has no record of the bytes"),
    ("evidence/captures", set_to("pages", 0, "readings", 0, "reader", value="another"), "its id does not follow"),
    ("incidents/", set_to("events", value=["evt-0000000000000000"]), "is no event that holds"),
    ("provenance/", set_to("entity", value={}), "has not the digest"),
    ("datapackage.json", set_to("purport", "log", "hash", value=64 * "0"), "is not the entry"),
    ("datapackage.json", set_to("purport", "schema", value="purport.bundle/9"), "is not of the form"),
    ("datapackage.json", set_to("purport", value=None), "is not of the form"),
]


@pytest.mark.parametrize(("folder", "edit", "words"), EDITS, ids=[f"{folder}{words}" for folder, _, words in EDITS])
def test_what_does_not_agree_is_named_though_digests_fit(small: Path, folder: str, edit: Callable[[Any], None], words: str) -> None:
    files = files_of(small)
    found = checked(remade(edited(files, first(files, folder), edit))).faults
    assert any(words in fault.what for fault in found), found


def replaced(path: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, first(files, path): files[first(files, path)].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replaced("log/", b'"at": "2', b'"at": "3'), "its hash is not that of its content"),
        (replaced("log/", b'"entry": 1', b'"entry": 9'), "is not entry 1"),
        (replaced("log/", b"\n", b"\n\n"), "is not the JSON"),
        (replaced("archive/", b"Content-Length: ", b"Content-Length: 9"), "more than the file"),
        (replaced("archive/", b"WARC/1.1", b"WARC/1.0"), "is no WARC 1.1 record"),
        (replaced("archive/", b"WARC-Block-Digest: sha256:", b"WARC-Block-Digest: sha256:0"), "its block has the digest"),
        (replaced("indexes/", b'"offset": "', b'"offset": "1'), "is not that of the record"),
        (replaced("pages/", b'"ts": "2', b'"ts": "3'), "has not the address and time"),
        (replaced("texts/", b"a", b"b"), "has not the digest"),
    ],
)
def test_what_no_longer_fits_is_named_though_digests_fit(small: Path, change: Any, words: str) -> None:
    found = checked(remade(change(files_of(small)))).faults
    assert any(words in fault.what for fault in found), found


@pytest.mark.parametrize("folder", ["texts/", "reports/", "annotations/", "log/", "archive/", "evidence/captures", "datapackage-digest"])
def test_a_missing_file_is_named(small: Path, folder: str) -> None:
    files = files_of(small)
    missing = first(files, folder)
    left = {path: content for path, content in files.items() if path != missing}
    assert any(fault.path == missing for fault in checked(packed(left.items())).faults)
    if not missing.startswith("datapackage"):
        assert any(missing in str(fault) for fault in checked(remade(left)).faults)


def test_a_file_that_is_not_listed_is_named(small: Path) -> None:
    files = {"extra.txt": b"more", **files_of(small)}
    assert any(str(fault) == "extra.txt: is in the bundle and not listed" for fault in checked(packed(files.items())).faults)


def test_another_order_is_seen(small: Path) -> None:
    assert any("order" in fault.place for fault in checked(packed(reversed(files_of(small).items()))).faults)


# ------------------------------------------------------------------ hostile containers
def zipped(name: str, content: bytes, *, compression: int = zipfile.ZIP_STORED, attributes: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        told = zipfile.ZipInfo(name)
        told.external_attr, told.compress_type = attributes, compression
        archive.writestr(told, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped("bomb.json", bytes(50_000_000), compression=zipfile.ZIP_DEFLATED), "is compressed"),
        (zipped("link", b"/etc/passwd", attributes=0o120777 << 16), "is not as it must be"),
        (packed([("../../evil", b"")]), "a name that no file"),
        (packed([("/etc/passwd", b"")]), "a name that no file"),
        (packed([("a//b", b"")]), "a name that no file"),
        (packed([("C:\\evil", b"")]), "a name that no file"),
        (packed([("same", b"1"), ("same", b"1")]), "stands in it twice"),
        (packed([("same", b"1"), ("SAME", b"1")]), "stands in it twice"),
        (struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65_535, 65_535, 0, 0, 0), "has no room for 65535 entries"),
        (struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 0xFFFFFFFF, 0, 0), "does not stand right before"),
        (packed([]), "is missing"),
        (packed([(manifest.PACKAGE, b"[" * 200_000)]), "is nested too deeply"),
        (packed([(manifest.PACKAGE, b'{"resources": [{"path": "a", "hash": 1}]}')]), "has no path or no hash"),
        (packed([(manifest.PACKAGE, b'{"a": 1, "a": 2}')]), "a name stands twice"),
        (packed([(manifest.PACKAGE, b'{"a": NaN}')]), "is no number"),
        (packed([(manifest.PACKAGE, b'{"a": ' + b"9" * 100_000 + b"}")]), "is not the JSON"),
        (packed([(manifest.PACKAGE, b"\xff\xfe")]), "is not the JSON"),
        (packed([(manifest.PACKAGE, b"null")]), "lists no resources"),
    ],
)
def test_a_hostile_file_gets_a_clear_answer(content: bytes, words: str) -> None:
    found = checked(content).faults
    assert any(words in fault.what for fault in found), found


@pytest.mark.parametrize("path", ["evidence/captures.json", "evidence/decisions.json", "provenance/prov.json"])
@pytest.mark.parametrize("content", [b"null\n", b"[]\n", b"{}\n", b'"a"\n', b"[" * 100_000, b'{"pages": 7}\n'])
def test_another_form_in_a_file_is_a_fault(small: Path, path: str, content: bytes) -> None:
    assert checked(remade({**files_of(small), path: content})).faults


def test_a_list_that_names_things_that_are_no_files(small: Path) -> None:
    files = files_of(small)
    package = json.loads(files[manifest.PACKAGE])
    package["resources"].append({"name": "x", "path": "../../etc/passwd", "hash": "sha256:0", "bytes": 1})
    found = checked(packed({**files, manifest.PACKAGE: json.dumps(package).encode()}.items())).faults
    assert any("is listed and not there" in fault.what for fault in found)
