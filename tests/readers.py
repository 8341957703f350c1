"""The readers that the tests run, and the weights of the learned one."""

import os
from importlib.resources import files
from pathlib import Path

from purport.settings import Settings

#: Another folder of weights to test with, before they become the package's.
OTHER = os.environ.get("PURPORT_TEST_MODELS")
MODELS = Path(OTHER) if OTHER else Path(str(files("purport.models")))
HAS_WEIGHTS = (MODELS / "reader.onnx").is_file()
READERS = ("rules", "learned") if HAS_WEIGHTS else ("rules",)


def settings_for(reader: str) -> Settings:
    """Settings with that reader; longer texts than usual are let in."""
    models = MODELS if OTHER and reader == "learned" else None
    return Settings(reader=reader, models_dir=models, max_text_chars=3_000_000)
