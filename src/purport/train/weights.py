"""ONNX files of a folder → the parameters that they were made from, as arrays of 32-bit numbers by the network's names.

The names are given in ``export``: a parameter's own, with ``_Transposed`` where the file holds it transposed. Quantisation adds
``_quantized``, ``_scale`` and ``_zero_point``. What ``lean`` changed is changed back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from purport.errors import ResourceError
from purport.train.heads import Answer, Head

Floats = NDArray[np.float32]
State = dict[str, Floats]
TRANSPOSED, QUANTIZED, SCALE, ZERO = "_Transposed", "_quantized", "_scale", "_zero_point"
#: Before the name of a parameter in a file's metadata: it has the values of another.
SAME = "same:"
#: Before the beginning of names there: these are so many times as large.
TIMES = "times:"
#: What the inputs of a product are multiplied by, and its weights were divided by.
EASE = "ease"
#: All plain heads as one product.
ANSWERS = "answers."
#: First parts of a parameter's name; what else is in a file is no parameter.
PARTS = ("encoder.", ANSWERS, "anchored.")


@dataclass(frozen=True, slots=True)
class Stored:
    """What one file holds: arrays by name, names of parameters that are equal to one of them, and by what factor a part is too large."""

    arrays: Mapping[str, NDArray[Any]]
    same: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)


def state_of(folder: Path, *, heads: Sequence[Head]) -> State:
    """All parameters of the weights in ``folder``. Raises ResourceError for a file that is none of ours."""
    state: State = {}
    for path in sorted(folder.glob("*.onnx")):
        state |= dict(parameters(_stored(path)))
    if not any(name.startswith("encoder.") for name in state):
        raise ResourceError("no weights with names", where=str(folder), remedy="export them anew with this version of purport")
    return dict(_split(state, heads=heads))


def _stored(path: Path) -> Stored:
    import onnx
    from onnx import numpy_helper

    try:
        model = onnx.load(str(path))
    except Exception as error:  # protobuf's own errors have no common base
        raise ResourceError(f"no ONNX file ({error})", where=str(path), remedy="export it anew") from error
    told = {one.key: one.value for one in model.metadata_props}
    return Stored(
        {one.name: numpy_helper.to_array(one) for one in model.graph.initializer},
        {key.removeprefix(SAME): value for key, value in told.items() if key.startswith(SAME)},
        {key.removeprefix(TIMES): float(value) for key, value in told.items() if key.startswith(TIMES)},
    )


def parameters(stored: Stored) -> Iterator[tuple[str, Floats]]:
    """Names and values of the parameters in one file."""
    found = dict(_named(stored.arrays))
    found |= {name: found[other] for name, other in stored.same.items() if other in found}
    for name, array in found.items():
        if name.endswith(EASE):
            continue
        part = name.removesuffix("weight")
        exact = array * found[part + EASE] if part != name and part + EASE in found else array
        times = next((t for beginning, t in stored.times.items() if name.startswith(beginning)), 1.0)
        yield name, np.ascontiguousarray(exact / np.float32(times), dtype=np.float32)


def _named(arrays: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, Floats]]:
    """Parameters as the file has them, in 32 bits and the right way round."""
    for name, array in arrays.items():
        if not name.startswith(PARTS) or name.endswith((SCALE, ZERO)):
            continue
        exact = array
        if name.endswith(QUANTIZED):
            name = name.removesuffix(QUANTIZED)
            exact = dequantized(array, scale=arrays[name + SCALE], zero=arrays[name + ZERO])
        yield name.removesuffix(TRANSPOSED), np.asarray(exact.T if name.endswith(TRANSPOSED) else exact, dtype=np.float32)


def _split(state: State, *, heads: Sequence[Head]) -> Iterator[tuple[str, Floats]]:
    """The plain heads, which are one product in the file, each by itself."""
    plain = [head for head in heads if not head.anchored]
    ends = np.cumsum([head.width for head in plain])[:-1]
    for name, array in state.items():
        if name.startswith(ANSWERS):
            for head, rows in zip(plain, np.split(array, ends), strict=True):
                yield f"plain.{head.name}.{name.removeprefix(ANSWERS)}", rows
        else:
            yield name, array


def dequantized(array: NDArray[Any], *, scale: NDArray[Any], zero: NDArray[Any]) -> Floats:
    """The numbers that 8 bits stand for; one scale for all, or one for each column."""
    numbers: Floats = ((array.astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)).astype(np.float32)
    return numbers


def carried(fresh: Mapping[str, NDArray[Any]], known: State, *, old: Sequence[Head], new: Sequence[Head]) -> State:
    """``known`` in the shape of ``fresh``: a label that both have keeps its numbers; new labels and heads have those of ``fresh``.

    Heads that are gone are left out. A parameter that should be known and is not stays missing.
    """
    state = {name: array for name, array in known.items() if name in fresh}
    before = {h.name: h for h in old}
    for head in new:
        if head.name in before and before[head.name].labels != head.labels:
            for part in ("weight", "bias"):
                name = f"anchored.{head.name}.answer.{part}" if head.anchored else f"plain.{head.name}.{part}"
                state[name] = _relabelled(fresh[name], known[name], old=before[head.name], new=head)
    added = {
        name: np.asarray(a, dtype=np.float32) for name, a in fresh.items() if not name.startswith("encoder.") and _head(name) not in before
    }
    return {**added, **state}


def _head(parameter: str) -> str:
    return parameter.split(".")[1]


def _relabelled(fresh: NDArray[Any], known: Floats, *, old: Head, new: Head) -> Floats:
    rows = 3 if new.answer is Answer.SPANS else 1
    made = np.array(fresh, dtype=np.float32)
    for number, label in enumerate(new.labels):
        if label in old.labels:
            place = old.labels.index(label)
            made[number * rows : (number + 1) * rows] = known[place * rows : (place + 1) * rows]
    return made
