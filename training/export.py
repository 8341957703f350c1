"""Weights → the ONNX files of the package: ``python -m training.export WEIGHTS.pt [--out FOLDER] [--fp32]``.

``reader.onnx``: pieces of one window → last layer and the answers of the plain heads; ``HEAD.onnx``: last layer and anchors → answers of an
anchored head. Matrix products are in 8 bits with a scale for each column (dynamic quantisation); the word table has 8 bits as well.
``heads.json`` says what the numbers mean.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.heads import HEADS
from training.network import Network, encoder_folder

MODELS = Path(__file__).parent.parent / "src/purport/models"
#: Numbers of one piece in the last layer.
SIZE = 384


class Plain(nn.Module):
    """Encoder and plain heads as one graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.names = [h.name for h in HEADS if not h.anchored]

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        hidden = self.network(ids, torch.ones_like(ids))
        return (hidden, *(self.network.plain[name](hidden) for name in self.names))


class AnchoredAt(nn.Module):
    """An anchored head over one window: last layer [pieces, size] and anchors [n] → [n, pieces, width]."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, hidden: Tensor, anchors: Tensor) -> Tensor:
        found: Tensor = self.inner(hidden[None], torch.zeros_like(anchors), anchors)
        return found


def export(network: Network, *, folder: Path, exact: bool) -> None:
    """Writes the files into ``folder``; ``exact`` keeps 32 bits."""
    network.float().eval()
    folder.mkdir(parents=True, exist_ok=True)
    plain = Plain(network)
    _write(plain, (torch.ones((1, 16), dtype=torch.long),), folder / "reader.onnx", exact=exact,
           names=(["ids"], ["hidden", *plain.names]), sizes={"ids": {1: "pieces"}})  # fmt: skip
    for head in HEADS:
        if head.anchored:
            given = (torch.zeros((16, SIZE)), torch.zeros(3, dtype=torch.long))
            _write(AnchoredAt(network.anchored[head.name]), given, folder / f"{head.name}.onnx", exact=exact,
                   names=(["hidden", "anchors"], ["answers"]), sizes={"hidden": {0: "pieces"}, "anchors": {0: "n"}})  # fmt: skip
    heads = [{"name": h.name, "answer": h.answer.value, "labels": h.labels, "anchored": h.anchored} for h in HEADS]
    (folder / "heads.json").write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")


def _write(
    module: nn.Module,
    given: tuple[Tensor, ...],
    path: Path,
    *,
    exact: bool,
    names: tuple[list[str], list[str]],
    sizes: dict[str, dict[int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(module.eval(), given, str(whole), input_names=names[0], output_names=names[1], dynamic_axes=sizes,
                          opset_version=17, dynamo=False)  # fmt: skip
        onnx.checker.check_model(str(whole))
        if exact:
            shutil.copy(whole, path)
        else:
            quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--fp32", action="store_true")
    given = parser.parse_args()
    network = Network()
    network.load_state_dict(torch.load(given.weights, weights_only=True))
    export(network, folder=given.out, exact=given.fp32)


if __name__ == "__main__":
    main()
