"""Bundles made again with something changed: with digests that fit, as somebody would who knows the format."""

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from purport.bundle import manifest
from purport.bundle.checking import Checked, check_file
from purport.bundle.container import measured, part, write
from purport.bundle.opened import Opened
from purport.bundle.plain import json_bytes

Files = dict[str, bytes]


def files_of(path: Path) -> Files:
    """Every file of a bundle in its order."""
    with path.open("rb") as file:
        opened = Opened(file)
        return {name: opened.content(name) for name in opened.members}


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A container of these files."""
    out = io.BytesIO()
    write([(part(name, content), measured(name, iter((content,)))) for name, content in files], out)
    return out.getvalue()


def remade(files: Files) -> bytes:
    """A bundle of these files whose list and digest fit them."""
    package = json.loads(files[manifest.PACKAGE])
    kept = {name: content for name, content in files.items() if name not in (manifest.PACKAGE, manifest.DIGEST)}
    package["resources"] = [
        {"name": name.lower().replace("/", "-"), "path": name, "hash": f"sha256:{measured(name, iter((c,))).sha256}", "bytes": len(c)}
        for name, c in kept.items()
    ]
    listed = json_bytes(package)
    digest = measured("", iter((listed,))).sha256
    return packed([*kept.items(), (manifest.PACKAGE, listed), (manifest.DIGEST, manifest.digest_record(f"sha256:{digest}", token=None))])


def edited(files: Files, path: str, edit: Callable[[Any], None]) -> Files:
    """The files with one JSON file changed."""
    value = json.loads(files[path])
    edit(value)
    return {**files, path: json_bytes(value)}


def checked(content: bytes) -> Checked:
    """What the check of these bytes comes to."""
    return check_file(io.BytesIO(content))
