"""How long and how fast to learn, and how far it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. Rates as of AdamW; ``warm`` is the share of steps in which the rate rises.

    ``layers``: so many of the encoder's last layers learn, None all of it. ``rough``: products in bfloat16, three times as fast on
    processors that have it. ``batch_pieces``: word pieces of a batch, filling included.
    """

    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    seed: int = 7
    layers: int | None = None
    rough: bool = True
    batch_pieces: int = 4096


@dataclass(frozen=True, slots=True)
class Step:
    """How far learning is: ``step`` of ``steps``, the mean loss of late, and how many seconds are left if it goes on so."""

    epoch: int
    step: int
    steps: int
    loss: float
    seconds_left: float
