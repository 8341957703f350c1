"""The network: one encoder, and small heads on its last layer.

A head that is anchored scores every piece against the piece it is asked about: an additive and a multiplicative part and a learned offset
for their distance, after the biaffine scorers of Dozat and Manning (2017) with tags in place of arcs.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from purport.errors import InputError, ResourceError
from purport.train.heads import HEADS, Answer, Head, Heads, heads_of
from purport.train.weights import carried, state_of

#: Numbers in which an anchored head compares two pieces.
INNER = 160
#: Distances, in pieces, that have an offset of their own; farther ones share the last.
FARTHEST = 64
#: What ``config.json`` says of an encoder; all that is needed to build it.
SHAPE = ("model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
         "max_position_embeddings", "type_vocab_size", "layer_norm_eps", "pad_token_id")  # fmt: skip


class Anchored(nn.Module):
    """Numbers [anchors, pieces, width] from hidden states [windows, pieces, size] and the anchors' rows and places in them."""

    def __init__(self, head: Head, *, size: int) -> None:
        super().__init__()
        self.own = nn.Linear(size, 2 * INNER)
        self.asked = nn.Linear(size, 2 * INNER)
        self.distance = nn.Embedding(2 * FARTHEST + 1, INNER)
        self.norm = nn.LayerNorm(INNER)
        self.inner = nn.Linear(INNER, INNER)
        self.answer = nn.Linear(INNER, head.width)
        quiet(self.answer, head)

    def forward(self, hidden: Tensor, *, rows: Tensor, anchors: Tensor) -> Tensor:
        """The numbers for the anchors at ``anchors`` of the windows ``rows``."""
        added, times = self.own(hidden)[rows].chunk(2, dim=-1)
        asked_added, asked_times = self.asked(hidden[rows, anchors]).chunk(2, dim=-1)
        places = torch.arange(hidden.shape[1], device=hidden.device)
        apart = (places[None, :] - anchors[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        together = added + asked_added[:, None] + times * asked_times[:, None] + self.distance(apart)
        return self.answer_of(together)

    def answer_of(self, together: Tensor) -> Tensor:
        """The numbers from what is known of a piece and an anchor together."""
        first = nn.functional.gelu(self.norm(together))
        answer: Tensor = self.answer(first + nn.functional.gelu(self.inner(first)))
        return answer


def quiet(layer: nn.Linear, head: Head) -> None:
    """Starts a head of spans or marks with "outside" likely."""
    with torch.no_grad():
        if head.answer is Answer.SPANS:
            layer.bias.copy_(torch.tensor([2.0, -2.0, -1.0]).repeat(len(head.labels)))
        elif head.answer is Answer.MARKS:
            layer.bias.fill_(-3.0)


class Network(nn.Module):
    """``forward`` gives hidden states; ``plain`` and ``anchored`` hold the heads."""

    def __init__(self, heads: Sequence[Head] = HEADS, *, shape: Mapping[str, Any]) -> None:
        super().__init__()
        config = BertConfig(**{name: shape[name] for name in SHAPE if name in shape and name != "model_type"})
        config._attn_implementation = "sdpa"
        config.attention_probs_dropout_prob = 0.0  # with it the fast attention cannot be used
        config.hidden_dropout_prob = 0.0
        self.heads: Heads = tuple(heads)
        self.shape = {name: getattr(config, name) for name in SHAPE}
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.plain = nn.ModuleDict({h.name: nn.Linear(config.hidden_size, h.width) for h in self.heads if not h.anchored})
        self.anchored = nn.ModuleDict({h.name: Anchored(h, size=config.hidden_size) for h in self.heads if h.anchored})
        for head in self.heads:
            if not head.anchored:
                quiet(self.plain[head.name], head)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The last layer [windows, pieces, size]."""
        hidden: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.dropout(hidden)


def shape_of(folder: Path) -> dict[str, Any]:
    """What ``config.json`` in ``folder`` says of its encoder. Raises ResourceError if it is not of BERT's form."""
    path = folder / "config.json"
    try:
        shape: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        form = shape["model_type"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"no description of an encoder ({error})", where=str(path), remedy="give a folder with config.json") from error
    if form != "bert":
        raise ResourceError(f"an encoder of the form {form!r}", where=str(path), remedy="give one of the form 'bert'")
    return shape


def with_encoder(folder: Path, *, heads: Sequence[Head]) -> Network:
    """A network with the encoder of ``folder`` (config.json, model.safetensors) and heads that know nothing yet."""
    network = Network(heads, shape=shape_of(folder))
    path = folder / "model.safetensors"
    if not path.is_file():
        raise InputError("no weights", where=str(path), remedy="give a folder with config.json, model.safetensors and tokenizer.json")
    state = {name.removeprefix("bert."): value.float() for name, value in load_file(str(path)).items()}
    try:
        missing, _ = network.encoder.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise InputError(f"weights that do not fit config.json ({error})", where=str(path), remedy="give files that go together") from error
    lacking = [name for name in missing if "position_ids" not in name]
    if lacking:
        raise InputError(f"lacks {lacking[0]}", where=str(path), remedy="give the weights of a whole encoder of the form 'bert'")
    return network


def with_weights(folder: Path, *, heads: Sequence[Head] | None = None) -> Network:
    """The network whose ONNX files are in ``folder``; ``heads`` with other labels keep what is known of the labels of the same name."""
    old = heads_in(folder)
    network = Network(old if heads is None else heads, shape=shape_of(folder))
    state = carried(_arrays(network), state_of(folder, heads=old), old=old, new=network.heads)
    load(network, state, where=folder)
    return network


def heads_in(folder: Path) -> Heads:
    """The heads of the weights in ``folder``. Raises ResourceError if there are none."""
    path = folder / "heads.json"
    try:
        return heads_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"no weights to start from ({error})", where=str(path), remedy="give a folder of weights, or --encoder"
        ) from error


def load(network: Network, state: Mapping[str, NDArray[Any]], *, where: Path) -> None:
    """Sets the parameters. Raises ResourceError if one is missing or of another shape."""
    try:
        network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in state.items()})
    except RuntimeError as error:
        raise ResourceError(
            f"weights of another version of purport ({error})", where=str(where), remedy="take those of this one"
        ) from error


def _arrays(network: Network) -> dict[str, NDArray[Any]]:
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}
