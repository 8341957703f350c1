"""The network as a graph for the reader: the same answers from fewer and better-behaved products.

A run is one window, so that there is no filling and no mask; the scale of attention is in the weights of the queries; all plain heads are
one product; and what goes into the products of 8 bits is *eased*: columns of the hidden states with outliers, which would set the scale of
all others, are made smaller, and the weights that meet them larger (Xiao et al. 2023, "SmoothQuant", clipping in place of their exponent).
``PATHS`` and ``times`` say how the parameters of the network are found again in the graph (``weights``).
"""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn

from purport.train.network import Anchored, Network

#: A column whose greatest value is over so many medians of all is eased down to them. Error in 8 bits, in standard deviations of the last
#: layer: .097 at 1, .095 at 2, .095 to .244 with exponents of .5 to 1 in place of clipping, .170 without easing.
CLIP = 2.0
#: Parts of a layer of the graph, and of the network.
PATHS = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "said": "attention.output.dense",
    "first": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense", "second": "output.LayerNorm",
}  # fmt: skip
#: Greatest values by layer and product, of each column.
Greatest = dict[tuple[int, str], Tensor]


class Eased(nn.Module):
    """x @ W as (x * ease) @ (W / ease); without ``greatest`` plainly x @ W. The result is ``times`` as large."""

    def __init__(self, linear: nn.Linear, *, greatest: Tensor | None, times: float = 1.0) -> None:
        super().__init__()
        weight = linear.weight.detach().clone() * times
        self.bias = nn.Parameter(linear.bias.detach().clone() * times)
        if greatest is not None:
            self.register_buffer("ease", 1 / (greatest / (CLIP * greatest.median())).clamp(min=1))
            weight = weight / self.ease
        self.is_eased = greatest is not None
        self.weight = nn.Parameter(weight)

    def forward(self, x: Tensor) -> Tensor:
        """The product."""
        return nn.functional.linear(x * self.ease if self.is_eased else x, self.weight, self.bias)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, layer: nn.Module, *, number: int, heads: int, greatest: Greatest) -> None:
        super().__init__()
        attention = layer.attention.self
        self.heads = heads
        self.times = (attention.query.in_features // heads) ** -0.5
        self.query = Eased(attention.query, greatest=greatest.get((number, "in")), times=self.times)
        self.key = Eased(attention.key, greatest=greatest.get((number, "in")))
        self.value = Eased(attention.value, greatest=greatest.get((number, "in")))
        self.said, self.first = layer.attention.output.dense, layer.attention.output.LayerNorm
        self.wide = Eased(layer.intermediate.dense, greatest=greatest.get((number, "wide")))
        self.narrow = Eased(layer.output.dense, greatest=greatest.get((number, "narrow")))
        self.bend, self.second = layer.intermediate.intermediate_act_fn, layer.output.LayerNorm
        self.seen: dict[str, Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Hidden states [1, pieces, size] → the same."""
        self._note("in", x)
        chances = torch.softmax(self._split(self.query(x)).transpose(1, 2) @ self._split(self.key(x)).permute(0, 2, 3, 1), dim=-1)
        told = (chances @ self._split(self.value(x)).transpose(1, 2)).transpose(1, 2).reshape(x.shape)
        x = self.first(self.said(told) + x)
        self._note("wide", x)
        wide = self.bend(self.wide(x))
        self._note("narrow", wide)
        found: Tensor = self.second(self.narrow(wide) + x)
        return found

    def _split(self, x: Tensor) -> Tensor:
        return x.view(1, x.shape[1], self.heads, x.shape[2] // self.heads)

    def _note(self, name: str, x: Tensor) -> None:
        if self.seen is not None:
            greatest = x.abs().amax((0, 1))
            self.seen[name] = torch.maximum(self.seen.get(name, greatest), greatest)


class Lean(nn.Module):
    """Encoder and plain heads."""

    def __init__(self, network: Network, *, greatest: Greatest | None = None) -> None:
        super().__init__()
        encoder, heads = network.encoder, [h for h in network.heads if not h.anchored]
        self.names = [h.name for h in heads]
        self.widths = [h.width for h in heads]
        self.embeddings = encoder.embeddings
        count = network.shape["num_attention_heads"]
        layers = (Layer(one, number=n, heads=count, greatest=greatest or {}) for n, one in enumerate(encoder.encoder.layer))
        self.layers = nn.ModuleList(layers)
        self.answers = nn.Linear(network.shape["hidden_size"], sum(self.widths)) if heads else None
        if self.answers is not None:
            with torch.no_grad():
                self.answers.weight.copy_(torch.cat([network.plain[name].weight for name in self.names]))
                self.answers.bias.copy_(torch.cat([network.plain[name].bias for name in self.names]))

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """Last layer, and the answers of the heads in their order."""
        parts = self.embeddings
        places = parts.position_embeddings.weight[: ids.shape[1]]
        x = parts.LayerNorm(parts.word_embeddings(ids) + parts.token_type_embeddings(torch.zeros_like(ids)) + places)
        for layer in self.layers:
            x = layer(x)
        return (x,) if self.answers is None else (x, *self.answers(x).split(self.widths, dim=-1))

    def prefixes(self) -> dict[str, str]:
        """Beginnings of names in the graph, and of the same in the network."""
        layers = {
            f"layers.{n}.{ours}.": f"encoder.encoder.layer.{n}.{theirs}." for n in range(len(self.layers)) for ours, theirs in PATHS.items()
        }
        return {"embeddings.": "encoder.embeddings.", **layers}

    def times(self) -> dict[str, float]:
        """Parts of the network whose weights are so many times as large in the graph."""
        return {f"encoder.encoder.layer.{n}.{PATHS['query']}.": layer.times for n, layer in enumerate(self.layers)}


class Asked(nn.Module):
    """An anchored head over one window: last layer [pieces, size] and anchors [n] → [n, pieces, width]."""

    def __init__(self, inner: Anchored) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, hidden: Tensor, anchors: Tensor) -> Tensor:
        """The answers; what hangs on the pieces alone is made once."""
        inner = self.inner
        added, times = inner.own(hidden).chunk(2, dim=-1)
        asked_added, asked_times = inner.asked(hidden[anchors]).chunk(2, dim=-1)
        farthest = (inner.distance.num_embeddings - 1) // 2
        apart = (torch.arange(hidden.shape[0])[None] - anchors[:, None]).clamp(-farthest, farthest) + farthest
        together = added[None] + asked_added[:, None] + times[None] * asked_times[:, None] + inner.distance(apart)
        found: Tensor = inner.answer_of(together)
        return found


def greatest_of(network: Network, windows: Iterable[Tensor]) -> Greatest:
    """The greatest values met in windows of pieces [1, pieces]; nothing without any."""
    lean = Lean(network).eval()
    for layer in lean.layers:
        layer.seen = {}
    with torch.no_grad():
        for window in windows:
            lean(window)
    return {(number, name): value for number, layer in enumerate(lean.layers) for name, value in _seen(layer)}


def _seen(layer: Layer) -> Iterator[tuple[str, Tensor]]:
    yield from (layer.seen or {}).items()
