"""``datapackage.json`` (Frictionless Data Package, as WACZ 1.1.1 wants it) and ``datapackage-digest.json``.

The SHA-256 of ``datapackage.json`` stands for the whole bundle: it is the digest to note down, to publish or to have time-stamped.
"""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from purport.bundle.container import Measure
from purport.bundle.plain import json_bytes, json_of
from purport.errors import InputError

Json = dict[str, Any]

PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
SCHEMA = "purport.bundle/2"
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
    """The digest of the list, with the time-stamp over it if there is one: it cannot be a file of its own, since all are listed."""
    said: Json = {"path": PACKAGE, "hash": package_digest}
    if token is not None:
        said["timestamp"] = {"token": base64.b64encode(token).decode("ascii"), "hash": f"sha256:{hashlib.sha256(token).hexdigest()}"}
    return json_bytes(said)


def token_of(content: bytes) -> bytes | None:
    """The time-stamp in a digest record, None if it has none. Raises InputError for one that cannot be read."""
    record = json_of(content, where=DIGEST)
    said = record.get("timestamp") if isinstance(record, dict) else None
    if said is None:
        return None
    try:
        return base64.b64decode(said["token"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise InputError("its time-stamp is not in base64", where=DIGEST) from None


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
