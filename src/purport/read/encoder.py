"""The learned reader: one pass of a small encoder over each window of a text, and its heads. Only this file knows what runs it.

Windows are run one at a time: the products in 8 bits are scaled by what is in a run, so an answer would otherwise hang on its neighbours.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events
from tokenizers import Encoding, Tokenizer

from purport.errors import ResourceError
from purport.read.windows import Window, windows_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Marks at the ends of a window, as tokenizers of BERT's form name them.
OPENING, CLOSING = "[CLS]", "[SEP]"
#: Anchors asked about at once, so that a window full of cues costs no more memory than a few.
ASKED_AT_ONCE = 32
#: Windows whose last layer is kept (0.4 MB each); the further ones of a long text are run again when something is asked in them.
KEPT = 256
#: Halves of characters, from broken escapes: the tokenizer takes only text that can be encoded.
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Head:
    """A head as ``models/heads.json`` describes it: ``answer`` is spans, marks, class or score."""

    name: str
    answer: str
    labels: tuple[str, ...]
    anchored: bool

    @property
    def width(self) -> int:
        """Numbers a piece."""
        return len(self.labels) * (3 if self.answer == "spans" else 1)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A text as the encoder saw it: pieces with their characters, and the last layer [pieces, size] of the first windows.

    ``plain`` by head: numbers [pieces of the text, width].
    """

    text: str
    ids: Ints
    offsets: tuple[tuple[int, int], ...]
    continues: NDArray[np.bool_]  #: whether a piece goes on a word
    windows: tuple[Window, ...]
    hidden: tuple[Floats, ...]
    plain: dict[str, Floats]


class Encoder:
    """The loaded weights. ``encode``, ``last_layer`` and ``ask`` are pure: the same text gives the same numbers on one machine.

    Raises ResourceError for files that are missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.heads = {head.name: head for head in _described(folder / "heads.json")}
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._reader = _session(folder / "reader.onnx")
            self._asked = {name: _session(folder / f"{name}.onnx") for name, head in self.heads.items() if head.anchored}
        except Exception as error:  # each library has its own, down to bare ones
            what = f"the learned reader's weights cannot be used: {str(error) or type(error).__name__}"
            raise ResourceError(what, where=str(folder), remedy="write the folder anew, or read with --reader rules") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._marks = tuple(self._tokenizer.token_to_id(mark) for mark in (OPENING, CLOSING))
        self._plain = [name for name, head in self.heads.items() if not head.anchored]

    def __deepcopy__(self, _: object) -> "Encoder":
        """Itself: it never changes."""
        return self

    def encode(self, text: str) -> Encoded:
        """One pass over all windows of ``text``."""
        encoding: Encoding = self._tokenizer.encode(SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        offsets = tuple(encoding.offsets)
        windows = windows_of(offsets, text=text)
        hidden: list[Floats] = []
        plain = {name: np.empty((len(ids), self.heads[name].width), dtype=np.float32) for name in self._plain}
        for window in windows:
            last, *answers = self._run(ids, window, names=self._plain)
            if len(hidden) < KEPT:
                hidden.append(last)
            own = slice(window.first - window.start + 1, window.last - window.start + 1)
            for name, numbers in zip(self._plain, answers, strict=True):
                plain[name][window.first : window.last] = numbers[own]
        continues = np.array([piece.startswith("##") for piece in encoding.tokens], dtype=np.bool_)
        return Encoded(text, ids, offsets, continues, windows, tuple(hidden), plain)

    def last_layer(self, encoded: Encoded, number: int) -> Floats:
        """The last layer of a window of ``encoded``."""
        if number < len(encoded.hidden):
            return encoded.hidden[number]
        return self._run(encoded.ids, encoded.windows[number], names=())[0]

    def _run(self, ids: Ints, window: Window, *, names: Sequence[str]) -> list[Floats]:
        opening, closing = self._marks
        row = np.concatenate([[opening], ids[window.start : window.end], [closing]])[None]
        return [numbers[0] for numbers in self._reader.run(["hidden", *names], {"ids": row})]

    def ask(self, head: str, hidden: Floats, places: Sequence[int]) -> Floats:
        """Numbers [anchors, pieces of the window, width] for anchors at ``places`` of a window's last layer."""
        session = self._asked[head]
        parts = [
            session.run(None, {"hidden": hidden, "anchors": np.array(places[n : n + ASKED_AT_ONCE], dtype=np.int64)})[0]
            for n in range(0, len(places), ASKED_AT_ONCE)
        ]
        return np.concatenate(parts)


def _described(path: Path) -> list[Head]:
    described: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Head(str(h["name"]), str(h["answer"]), tuple(h["labels"]), bool(h["anchored"])) for h in described]


def _session(path: Path) -> InferenceSession:
    disable_telemetry_events()  # its builds for Windows send some
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def encoder(folder: Path) -> Encoder:
    """The encoder of a folder, loaded once. Raises ResourceError if it cannot be."""
    return Encoder(folder)
