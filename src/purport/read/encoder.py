"""The learned reader: one pass of a small encoder over each window of a text, and its heads. The only file that knows which library runs it.

Windows are run one at a time: the products in 8 bits are scaled by what is in a run, so an answer would otherwise hang on its neighbours.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from purport.errors import ResourceError
from purport.read.windows import Window, windows_of

Floats = NDArray[np.float32]
#: Marks at the ends of a window.
OPENING, CLOSING = 101, 102
#: Anchors asked about at once, so that a window full of cues costs no more memory than a few.
ASKED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Head:
    """A head as ``models/heads.json`` describes it: ``answer`` is spans, marks, class or score."""

    name: str
    answer: str
    labels: tuple[str, ...]
    anchored: bool


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A text as the encoder saw it: pieces with their characters, and for each window its last layer [pieces, size].

    ``plain`` by head: numbers [pieces of the text, width]. ``windows`` and ``hidden`` go together.
    """

    text: str
    offsets: tuple[tuple[int, int], ...]
    continues: tuple[bool, ...]  #: whether a piece goes on a word
    windows: tuple[Window, ...]
    hidden: tuple[Floats, ...]
    plain: dict[str, Floats]


class Encoder:
    """The loaded weights. ``encode`` and ``ask`` are pure: the same text gives the same numbers on one machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.heads = {h["name"]: Head(h["name"], h["answer"], tuple(h["labels"]), h["anchored"]) for h in self._described()}
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._reader = self._session("reader")
        self._asked = {name: self._session(name) for name, head in self.heads.items() if head.anchored}

    def _described(self) -> list[dict[str, Any]]:
        path = self._folder / "heads.json"
        if not path.is_file():
            raise ResourceError(
                "the learned reader's weights are not here", where=str(self._folder), remedy="use --reader rules, or reinstall"
            )
        described: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return described

    def _session(self, name: str) -> InferenceSession:
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return InferenceSession(str(self._folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])

    def encode(self, text: str) -> Encoded:
        """One pass over all windows of ``text``."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = tuple(encoding.offsets)
        windows = windows_of(offsets, text=text)
        names = [h.name for h in self.heads.values() if not h.anchored]
        hidden: list[Floats] = []
        parts: dict[str, list[Floats]] = {name: [] for name in names}
        ids = np.array(encoding.ids, dtype=np.int64)
        for window in windows:
            row = np.concatenate([[OPENING], ids[window.start : window.end], [CLOSING]])[None]
            found = self._reader.run(["hidden", *names], {"ids": row})
            hidden.append(found[0][0])
            own = slice(window.first - window.start + 1, window.last - window.start + 1)
            for name, numbers in zip(names, found[1:], strict=True):
                parts[name].append(numbers[0, own])
        width = {h.name: len(h.labels) * (3 if h.answer == "spans" else 1) for h in self.heads.values()}
        plain = {n: np.concatenate(p) if p else np.zeros((0, width[n]), dtype=np.float32) for n, p in parts.items()}
        continues = tuple(piece.startswith("##") for piece in encoding.tokens)
        return Encoded(text, offsets, continues, windows, tuple(hidden), plain)

    def ask(self, head: str, hidden: Floats, places: Sequence[int]) -> Floats:
        """Numbers [anchors, pieces of the window, width] for anchors at ``places`` of a window's last layer."""
        session = self._asked[head]
        parts = [
            session.run(None, {"hidden": hidden, "anchors": np.array(places[n : n + ASKED_AT_ONCE], dtype=np.int64)})[0]
            for n in range(0, len(places), ASKED_AT_ONCE)
        ]
        return np.concatenate(parts)


@cache
def encoder(folder: Path | None = None) -> Encoder:
    """The encoder of the package, or of a folder of its form. Raises ResourceError if there are no weights."""
    return Encoder(folder or Path(str(files("purport") / "models")))
