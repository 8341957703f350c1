"""What training needs beside the packages of the reading."""

from importlib.util import find_spec

from purport.errors import SettingsError

#: Modules of the extra ``train`` of pyproject.toml.
NEEDED = ("torch", "transformers", "safetensors", "onnx")


def check_installed() -> None:
    """Raises SettingsError, with the line that installs them, if packages are missing."""
    missing = [name for name in NEEDED if not _is_there(name)]
    if missing:
        raise SettingsError(f"training needs {', '.join(missing)}", where="purport train", remedy='pip install "purport[train]"')


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # a module that was put out of reach has no spec
        return False
