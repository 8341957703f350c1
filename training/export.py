"""Weights → the ONNX files of the package: ``python -m training.export WEIGHTS.pt [--out FOLDER] [--fp32]``; ``purport.train.export``."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import torch

from purport import extract, ingest
from purport.settings import Settings
from purport.train.annotated import Annotated
from purport.train.export import export
from purport.train.targets import examples_of
from training.minilm import TOKENIZER, encoder_folder, network, tokenizer

MODELS = Path(__file__).parent.parent / "src/purport/models"
PAGES = MODELS.parent / "resources/examples/pages"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--fp32", action="store_true")
    given = parser.parse_args()
    made = network()
    made.load_state_dict(torch.load(given.weights, weights_only=True))
    export(made, folder=given.out, tokenizer=encoder_folder() / TOKENIZER, exact=given.fp32, windows=list(windows()))


def windows() -> Iterator[torch.Tensor]:
    """The windows of the package's example pages."""
    pieces = tokenizer()
    for capture in ingest.captures([str(PAGES)], settings=Settings()):
        text = extract.document(capture, settings=Settings()).text
        for example in examples_of(Annotated(capture.id, text), tokenizer=pieces):
            yield torch.from_numpy(example.ids)[None]


if __name__ == "__main__":
    main()
