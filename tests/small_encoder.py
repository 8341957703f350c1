"""A tokenizer of a few words, and an encoder of a few numbers."""

import json
from pathlib import Path

import pytest

tokenizers = pytest.importorskip("tokenizers", reason="the learned reader's packages are not installed")

TINY = {
    "model_type": "bert", "vocab_size": 200, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32,
    "hidden_act": "gelu", "max_position_embeddings": 256, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "pad_token_id": 0,
}  # fmt: skip
#: One a line or so; letters make up the rest.
WORDS = (
    "a car bomb ##ing ##s killed 12 people in aleppo on tuesday , . the governor said strike shell ##ed town dawn",
    "border police ministry denied rebels took raid guard monday road mine village",
)


def made_tokenizer() -> "tokenizers.Tokenizer":
    """Word pieces as BERT has them: the words above, and letters for all else."""
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789"]
    pieces = dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *" ".join(WORDS).split(), *letters, *(f"##{letter}" for letter in letters)])
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def write_encoder(folder: Path) -> Path:
    """Writes an encoder of the form BERT that knows nothing."""
    import torch
    from safetensors.torch import save_file

    from purport.train.network import Network

    torch.manual_seed(1)
    made = Network((), shape=TINY)
    save_file({name: value.contiguous() for name, value in made.encoder.state_dict().items()}, str(folder / "model.safetensors"))
    (folder / "config.json").write_text(json.dumps(TINY))
    made_tokenizer().save(str(folder / "tokenizer.json"))
    return folder
