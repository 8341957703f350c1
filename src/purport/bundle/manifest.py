"""``datapackage.json`` (Frictionless Data Package, as WACZ 1.1.1 wants it) and ``datapackage-digest.json``.

The SHA-256 of ``datapackage.json`` stands for the whole bundle: it is the digest to note down, to publish or to have time-stamped.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from purport.bundle.container import Measure
from purport.bundle.plain import json_bytes
from purport.errors import InputError

Json = dict[str, Any]

PACKAGE, DIGEST, TOKEN = "datapackage.json", "datapackage-digest.json", "timestamp.tsr"
SCHEMA = "purport.bundle/1"
WACZ = "1.1.1"


def package(measures: Sequence[Measure], *, title: str, created: str, software: str, about: Json) -> bytes:
    """The list of all files with their digests. ``about``: what the bundle says of itself, under the name ``purport``."""
    said: Json = {"schema": SCHEMA, **about}
    record: Json = {
        "profile": "data-package",
        "wacz_version": WACZ,
        "title": title,
        "created": created,
        "software": software,
        "purport": said,
        "resources": [_resource(measure) for measure in measures],
    }
    return json_bytes(record)


def _resource(measure: Measure) -> Json:
    return {
        "name": measure.path.lower().replace("/", "-"),
        "path": measure.path,
        "hash": f"sha256:{measure.sha256}",
        "bytes": measure.size,
    }


def digest_record(package_digest: str, *, token: bytes | None) -> bytes:
    """The digest of the list, and of the time-stamp if there is one."""
    said: Json = {"path": PACKAGE, "hash": package_digest}
    if token is not None:
        said["timestamp"] = {"path": TOKEN, "hash": f"sha256:{hashlib.sha256(token).hexdigest()}"}
    return json_bytes(said)


def listed(record: Any) -> dict[str, tuple[str, int]]:
    """Digest and length by path, in the order of the list. Raises InputError for a list that is none."""
    found: dict[str, tuple[str, int]] = {}
    resources = record.get("resources") if isinstance(record, dict) else None
    if not isinstance(resources, list):
        raise InputError("lists no resources", where=PACKAGE)
    for number, each in enumerate(resources, start=1):
        if not isinstance(each, dict) or not isinstance(each.get("path"), str) or not isinstance(each.get("hash"), str):
            raise InputError("has no path or no hash", where=f"{PACKAGE}, resource {number}")
        if each["path"] in found:
            raise InputError(f"{each['path']!a} stands in it twice", where=f"{PACKAGE}, resource {number}")
        found[each["path"]] = (each["hash"], each.get("bytes", -1))
    return found
