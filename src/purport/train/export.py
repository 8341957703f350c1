"""A network → the files that the reader loads.

``reader.onnx``: pieces of one window → last layer and the answers of the plain heads; ``HEAD.onnx``: last layer and anchors → answers of an
anchored head. Matrix products are in 8 bits with a scale for each column (dynamic quantisation); the word table has 8 bits as well.
``heads.json`` says what the numbers mean, ``config.json`` how large the encoder is. The parameters in the files have the network's names,
so that ``weights`` finds them again.
"""

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from purport.train.heads import described
from purport.train.network import Network
from purport.train.weights import SAME, TRANSPOSED

OPSET = 17


class Plain(nn.Module):
    """Encoder and plain heads as one graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.names = [h.name for h in network.heads if not h.anchored]

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """Last layer, and the answers of the heads in their order."""
        hidden = self.network(ids, torch.ones_like(ids))
        return (hidden, *(self.network.plain[name](hidden) for name in self.names))


class AnchoredAt(nn.Module):
    """An anchored head over one window: last layer [pieces, size] and anchors [n] → [n, pieces, width]."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, hidden: Tensor, anchors: Tensor) -> Tensor:
        """The answers."""
        found: Tensor = self.inner(hidden[None], rows=torch.zeros_like(anchors), anchors=anchors)
        return found


def export(network: Network, *, folder: Path, tokenizer: Path, exact: bool = False) -> None:
    """Writes the files into ``folder``; ``exact`` keeps 32 bits. ``tokenizer`` is the file of the encoder's tokenizer."""
    network.float().eval()
    folder.mkdir(parents=True, exist_ok=True)
    plain = Plain(network)
    _write(plain, (torch.ones((1, 16), dtype=torch.long),), folder / "reader.onnx", exact=exact, prefixes={"network.": ""},
           axes={"input_names": ["ids"], "output_names": ["hidden", *plain.names], "dynamic_axes": {"ids": {1: "pieces"}}})  # fmt: skip
    axes = {
        "input_names": ["hidden", "anchors"],
        "output_names": ["answers"],
        "dynamic_axes": {"hidden": {0: "pieces"}, "anchors": {0: "n"}},
    }
    for head in network.heads:
        if head.anchored:
            given = (torch.zeros((16, network.shape["hidden_size"])), torch.zeros(3, dtype=torch.long))
            _write(AnchoredAt(network.anchored[head.name]), given, folder / f"{head.name}.onnx", exact=exact,
                   prefixes={"inner.": f"anchored.{head.name}."}, axes=axes)  # fmt: skip
    _write_json(folder / "heads.json", described(network.heads))
    _write_json(folder / "config.json", network.shape)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _write(
    module: nn.Module, given: tuple[Tensor, ...], path: Path, *, exact: bool, prefixes: dict[str, str], axes: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory() as scratch, _quietly():
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(module.eval(), given, str(whole), opset_version=OPSET, dynamo=False, **axes)
        onnx.save(named(onnx.load(str(whole)), module, prefixes=prefixes), str(whole))
        onnx.checker.check_model(str(whole))
        if exact:
            shutil.copyfile(whole, path)
        else:
            quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


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


def named(model: Any, module: nn.Module, *, prefixes: dict[str, str]) -> Any:
    """``model`` with the parameters of ``module`` under their own names, found by value where the exporter gave them a number.

    The exporter writes two parameters of equal values once, so that biases that are all 0 have one name: its metadata name the others.
    """
    known = {name: value.detach().numpy() for name, value in module.named_parameters()}
    left = dict(known)
    names = {one.name: _own_name(one, left) for one in model.graph.initializer}
    for one in model.graph.initializer:
        one.name = _prefixed(names[one.name], prefixes)
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = _prefixed(names[name], prefixes) if name in names else name
    for name, value in left.items():
        same = next((n for n in known if n not in left and np.array_equal(known[n], value)), None)
        if same is not None:
            model.metadata_props.add(key=SAME + _prefixed(name, prefixes), value=_prefixed(same, prefixes))
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


def _prefixed(name: str, prefixes: dict[str, str]) -> str:
    for old, new in prefixes.items():
        if name.startswith(old):
            return new + name.removeprefix(old)
    return name
