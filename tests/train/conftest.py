"""A tokenizer of a few words, and weights of a few numbers."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tokenizer() -> object:
    """Skips where the learned reader's packages are missing."""
    pytest.importorskip("tokenizers", reason="the learned reader's packages are not installed")
    from small_encoder import made_tokenizer

    return made_tokenizer()


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder of the form BERT that knows nothing; skips where training cannot be."""
    for name in ("torch", "transformers", "safetensors", "onnx", "onnxruntime"):
        pytest.importorskip(name, reason='the extra "train" is not installed')
    from small_encoder import write_encoder

    return write_encoder(tmp_path_factory.mktemp("encoder"))
