"""Weights of the learned reader, and which of them a run uses; what is in the files is known to ``read/encoder.py`` alone."""

import hashlib
from importlib.resources import files
from pathlib import Path

from purport.errors import ResourceError
from purport.settings import Settings

#: Files without which there is no reader; ``heads.json`` names further ones.
NEEDED = ("heads.json", "tokenizer.json", "reader.onnx")
#: What the weights are kept in.
WEIGHTS = (".json", ".onnx")


def are_used(settings: Settings) -> bool:
    """Whether these settings read with weights at all."""
    return settings.reader == "learned"


def check(settings: Settings) -> None:
    """Raises ResourceError if the reader needs weights that are not there."""
    if are_used(settings):
        folder_of(settings)


def folder_of(settings: Settings) -> Path:
    """The folder of the weights: the user's or the package's. Raises ResourceError if a file that is needed is missing."""
    folder = settings.models_dir or Path(str(files(__package__)))
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise ResourceError(f"no weights for the learned reader: {missing[0]} is missing", where=str(folder), remedy=_remedy(settings))
    return folder


def _remedy(settings: Settings) -> str:
    if settings.models_dir is None:
        return "reinstall purport, or read with --reader rules"
    return "name a folder that `purport train` has written, or read with --reader rules"


def fingerprint(settings: Settings) -> str:
    """Eight hexadecimal digits that change with the weights. Raises ResourceError as ``folder_of`` does."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder_of(settings).iterdir() if f.suffix in WEIGHTS):
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:8]
