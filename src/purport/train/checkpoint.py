"""What is learnt so far, in a file of tensors: written after every epoch, so that a run that was stopped can go on."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from purport.errors import SettingsError
from purport.train.learning import Learned

_PARAMETER, _MOMENT = "parameter:", "moment:"


def save(learned: Learned, *, path: Path) -> None:
    """Writes it, whole or not at all."""
    tensors = {_PARAMETER + name: value.detach().contiguous() for name, value in learned.state.items()}
    tensors |= {_MOMENT + name: value.detach().contiguous() for name, value in learned.moments.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    save_file(tensors, str(beside), metadata={"epoch": str(learned.epoch), "loss": json.dumps(learned.loss)})
    beside.replace(path)


def restored(path: Path) -> Learned | None:
    """What was saved there, or None if there is nothing. Raises SettingsError if it is broken."""
    if not path.is_file():
        return None
    try:
        with safe_open(str(path), framework="pt") as file:
            said = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        epoch, loss = int(said["epoch"]), float(json.loads(said["loss"]))
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise SettingsError(f"cannot be gone on with ({error})", where=str(path), remedy="remove it and begin anew") from error
    parameters = {n.removeprefix(_PARAMETER): t for n, t in tensors.items() if n.startswith(_PARAMETER)}
    moments = {n.removeprefix(_MOMENT): t for n, t in tensors.items() if n.startswith(_MOMENT)}
    return Learned(epoch, loss, parameters, moments)
