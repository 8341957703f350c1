"""Time-stamps: made by an invented authority over the SHA-256 of "bundle"; ``stamps/`` has them with the authority's root."""

import hashlib
import shutil
from pathlib import Path

import pytest

from bundle.altered import checked, files_of, packed
from purport import bundling
from purport.bundle import manifest
from purport.bundle.checking import check
from purport.bundle.timestamp import stamp_of
from purport.errors import InputError, SettingsError
from purport.store import Store

STAMPS = Path(__file__).parent / "stamps"
TOKEN, ROOT, OTHER = ((STAMPS / name).read_bytes() for name in ("stamp.tsr", "root.pem", "other.pem"))
DIGEST = hashlib.sha256(b"bundle").hexdigest()


def about(digest: str) -> bytes:
    """The token with another digest in it; its signature no longer fits."""
    return TOKEN.replace(bytes.fromhex(DIGEST), bytes.fromhex(digest))


@pytest.mark.parametrize("trusted", [None, ROOT])
def test_a_stamp_gives_its_time(trusted: bytes | None) -> None:
    stamp = stamp_of(TOKEN, digest=DIGEST, trusted=trusted, where="x")
    assert (stamp.at, stamp.is_trusted) == ("2026-11-23T03:05:47+00:00", trusted is not None)


@pytest.mark.parametrize(
    ("token", "digest", "trusted", "words"),
    [
        (TOKEN, 64 * "0", None, "another digest"),
        (TOKEN, DIGEST, OTHER, "does not lead to the given certificate"),
        (about(64 * "1"), 64 * "1", ROOT, "does not lead to the given certificate"),
        (b"", DIGEST, None, "is no time-stamp"),
        (TOKEN[:-1], DIGEST, None, "is no time-stamp"),
        (TOKEN + b"\0", DIGEST, None, "is no time-stamp"),
        (b"\x30\x80" * 10_000, DIGEST, None, "is no time-stamp"),
        (bytes(2 << 20), DIGEST, None, "too large"),
        (bytes.fromhex("30053003020102"), DIGEST, None, "is no time-stamp"),  # the authority refused
    ],
)
def test_what_is_no_stamp_over_this_digest_is_told(token: bytes, digest: str, trusted: bytes | None, words: str) -> None:
    with pytest.raises(InputError, match=words):
        stamp_of(token, digest=digest, trusted=trusted, where="x")


def test_a_file_without_certificates_is_told() -> None:
    with pytest.raises(SettingsError, match="holds no certificate"):
        stamp_of(TOKEN, digest=DIGEST, trusted=b"nothing", where="x")


def test_a_bundle_keeps_its_stamp(project: Path, incident: str, tmp_path: Path) -> None:
    database = Path(shutil.copy(project, tmp_path / "project.purport"))
    digest = bundling.digest(database, [incident])
    made = bundling.write(database, [incident], out=tmp_path / "b.wacz", token=about(digest))
    found = check(tmp_path / "b.wacz")
    assert (found.faults, found.digest, made.digest) == ((), digest, digest)
    assert found.stamp is not None and not found.stamp.is_trusted
    assert any("does not lead" in fault.what for fault in check(tmp_path / "b.wacz", trusted=ROOT).faults)


def test_a_stamp_over_another_digest_is_not_taken(project: Path, incident: str) -> None:
    with Store(project, read_only=True) as store, pytest.raises(InputError, match="another digest"):
        bundling.bundle_of(store, [incident]).stamped(TOKEN)


def test_a_stamp_that_was_altered_is_seen(small: Path) -> None:
    files = files_of(small)
    digest = checked(small.read_bytes()).digest
    record = manifest.digest_record(f"sha256:{digest}", token=about(digest))
    stamped = packed({**files, manifest.DIGEST: record}.items())
    assert checked(stamped).faults == ()
    place = stamped.index(record) + record.index(b'"token"') + 400
    for shift in range(0, 1200, 7):
        other = bytearray(stamped)
        other[place + shift] ^= 1
        assert any(fault.path.startswith(manifest.DIGEST) for fault in checked(bytes(other)).faults)


def test_a_missing_stamp_is_told_where_one_is_wanted(small: Path) -> None:
    assert any("there is none" in fault.what for fault in check(small, trusted=ROOT).faults)
