"""Weights → the ONNX files of the package: ``python -m training.export WEIGHTS.pt [--out FOLDER] [--fp32]``; see ``purport.train.export``."""

import argparse
from pathlib import Path

import torch

from purport.train.export import export
from training.minilm import TOKENIZER, encoder_folder, network

MODELS = Path(__file__).parent.parent / "src/purport/models"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--fp32", action="store_true")
    given = parser.parse_args()
    made = network()
    made.load_state_dict(torch.load(given.weights, weights_only=True))
    export(made, folder=given.out, tokenizer=encoder_folder() / TOKENIZER, exact=given.fp32)


if __name__ == "__main__":
    main()
