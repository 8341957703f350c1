"""A network → the files that the reader loads.

``reader.onnx``: pieces of one window → last layer and the answers of the plain heads; ``HEAD.onnx``: last layer and anchors → answers of an
anchored head. The encoder's products are in 8 bits with a scale for each column (dynamic quantisation); its word table has 8 bits as well.
``heads.json`` says what the numbers mean, ``config.json`` how large the encoder is. The parameters in the files have the network's names,
so that ``weights`` finds them again.
"""

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from purport.train.heads import described
from purport.train.lean import Asked, Lean, greatest_of
from purport.train.network import Network
from purport.train.weights import SAME, TIMES, TRANSPOSED

OPSET = 17


def export(network: Network, *, folder: Path, tokenizer: Path, exact: bool = False, windows: Sequence[Tensor] = ()) -> None:
    """Writes the files into ``folder``; ``exact`` keeps 32 bits. ``tokenizer`` is the file of the encoder's tokenizer.

    ``windows``: pieces [1, pieces] of some texts, from which is measured what goes into the products; without any, 8 bits are less exact.
    """
    network.float().eval()
    folder.mkdir(parents=True, exist_ok=True)
    lean = Lean(network, greatest=None if exact else greatest_of(network, windows))
    axes = {"input_names": ["ids"], "output_names": ["hidden", *lean.names], "dynamic_axes": {"ids": {1: "pieces"}}}
    names = _Names(lean.prefixes(), lean.times())
    _write(lean, (torch.ones((1, 16), dtype=torch.long),), folder / "reader.onnx", exact=exact, names=names, axes=axes)
    axes = {
        "input_names": ["hidden", "anchors"],
        "output_names": ["answers"],
        "dynamic_axes": {"hidden": {0: "pieces"}, "anchors": {0: "n"}},
    }
    for head in network.heads:
        if head.anchored:
            given = (torch.zeros((16, network.shape["hidden_size"])), torch.zeros(3, dtype=torch.long))
            names = _Names({"inner.": f"anchored.{head.name}."}, {})
            _write(Asked(network.anchored[head.name]), given, folder / f"{head.name}.onnx", exact=True, names=names, axes=axes)
    _write_json(folder / "heads.json", described(network.heads))
    _write_json(folder / "config.json", network.shape)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")


@dataclass(frozen=True, slots=True)
class _Names:
    """How names in a graph begin and how those of the network do; parts that are so many ``times`` as large in the graph."""

    prefixes: Mapping[str, str]
    times: Mapping[str, float]

    def own(self, name: str) -> str:
        return next((new + name.removeprefix(old) for old, new in self.prefixes.items() if name.startswith(old)), name)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _write(module: nn.Module, given: tuple[Tensor, ...], path: Path, *, exact: bool, names: _Names, axes: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as scratch, _quietly():
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(module.eval(), given, str(whole), opset_version=OPSET, dynamo=False, **axes)
        model = named(onnx.load(str(whole)), module, names=names)
        onnx.save(model, str(whole))
        onnx.checker.check_model(str(whole))
        if exact:
            shutil.copyfile(whole, path)
        else:
            nodes = [node.name for node in model.graph.node if _is_rough(node)]
            quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=nodes)


def _is_rough(node: Any) -> bool:
    """Products of the encoder, and its word table. The heads stay in 32 bits: 2 MB more, no more time, half the error."""
    if node.op_type == "MatMul":
        return bool(node.input[1].startswith("encoder."))
    return bool(node.op_type == "Gather" and node.input[0].endswith("word_embeddings.weight"))


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the advice of the exporters to use others."""
    logger = logging.getLogger()
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def named(model: Any, module: nn.Module, *, names: _Names) -> Any:
    """``model`` with the parameters of ``module`` under the network's names, found by value where the exporter gave them a number.

    The exporter writes two parameters of equal values once, so that biases that are all 0 have one name: the metadata name the others.
    """
    known = {name: value.detach().numpy() for name, value in (*module.named_parameters(), *module.named_buffers())}
    left = dict(known)
    new = {one.name: names.own(_own_name(one, left)) for one in model.graph.initializer}
    for one in model.graph.initializer:
        one.name = new[one.name]
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = new.get(name, name)
    for name, value in left.items():
        same = next((n for n in known if n not in left and np.array_equal(known[n], value)), None)
        if same is not None:
            model.metadata_props.add(key=SAME + names.own(name), value=names.own(same))
    for part, times in names.times.items():
        model.metadata_props.add(key=TIMES + part, value=repr(times))
    return model


def _own_name(initializer: Any, left: dict[str, Any]) -> str:
    """The parameter's name, which is taken out of ``left``, so that two of equal values get two names; else the name it has."""
    name, suffix = str(initializer.name), ""
    if name not in left:
        value = numpy_helper.to_array(initializer)
        found = next((n for n, v in left.items() if v.ndim == 2 and value.shape == v.T.shape and np.array_equal(value, v.T)), None)
        if found is None:
            return name
        name, suffix = found, TRANSPOSED
    del left[name]
    return name + suffix
