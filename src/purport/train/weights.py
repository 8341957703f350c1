"""ONNX files of a folder → the parameters that they were made from, as arrays of 32-bit numbers by the network's names.

The names are given in ``export``: a parameter's own, with ``_Transposed`` where the file holds it transposed. Quantisation adds
``_quantized``, ``_scale`` and ``_zero_point``.
"""

from collections.abc import Iterator, Mapping, Sequence
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
#: First parts of a parameter's name; what else is in a file is no parameter.
PARTS = ("encoder.", "plain.", "anchored.")


def state_of(folder: Path) -> State:
    """All parameters of the weights in ``folder``. Raises ResourceError for a file that is none of ours."""
    paths = sorted(folder.glob("*.onnx"))
    state: State = {}
    for path in paths:
        arrays, same = _read(path)
        found = dict(parameters(arrays))
        state |= found | {name: found[other] for name, other in same.items() if other in found}
    if not state:
        raise ResourceError("no weights with names", where=str(folder), remedy="export them anew with this version of purport")
    return state


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """The arrays of a file by name, and the names of parameters that are equal to one of them."""
    import onnx
    from onnx import numpy_helper

    try:
        model = onnx.load(str(path))
    except Exception as error:  # protobuf's own errors have no common base
        raise ResourceError(f"no ONNX file ({error})", where=str(path), remedy="export it anew") from error
    same = {one.key.removeprefix(SAME): one.value for one in model.metadata_props if one.key.startswith(SAME)}
    return {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}, same


def parameters(arrays: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, Floats]]:
    """Names and values of the parameters among the arrays of one file."""
    for name, array in arrays.items():
        if not name.startswith(PARTS) or name.endswith((SCALE, ZERO)):
            continue
        exact = array
        if name.endswith(QUANTIZED):
            name = name.removesuffix(QUANTIZED)
            exact = dequantized(array, scale=arrays[name + SCALE], zero=arrays[name + ZERO])
        is_transposed = name.endswith(TRANSPOSED)
        yield name.removesuffix(TRANSPOSED), np.ascontiguousarray(exact.T if is_transposed else exact, dtype=np.float32)


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
