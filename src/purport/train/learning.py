"""The loss of a batch, batches of like length, and the loop that learns."""

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from purport.train.heads import Answer, Head
from purport.train.network import Network
from purport.train.plan import Plan, Step
from purport.train.targets import UNKNOWN, Example


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """After ``epoch``: the mean loss, the parameters, and what is needed to go on (the optimizer's moments)."""

    epoch: int
    loss: float
    state: dict[str, Tensor]
    moments: dict[str, Tensor]


def batches(examples: Sequence[Example], *, random_: random.Random, pieces: int) -> list[list[Example]]:
    """Batches of examples of like length and of the same heads, in random order."""
    keyed: dict[tuple[str, ...], list[Example]] = {}
    for example in examples:
        keyed.setdefault(tuple(sorted({*example.targets, "" if example.anchors else "-"})), []).append(example)
    made: list[list[Example]] = []
    for group in keyed.values():
        random_.shuffle(group)
        group.sort(key=lambda e: len(e.ids) // 16)
        batch: list[Example] = []
        for example in group:
            if batch and len(example.ids) * (len(batch) + 1) > pieces:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    random_.shuffle(made)
    return made


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Pieces [windows, longest] and where they are no filling."""
    longest = max(len(e.ids) for e in batch)
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    mask = torch.zeros((len(batch), longest), dtype=torch.long)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.from_numpy(example.ids)
        mask[row, : len(example.ids)] = 1
    return ids, mask


def loss_of(network: Network, batch: Sequence[Example], *, kept: Network | None = None) -> Tensor:
    """The weighted sum of the losses of all heads that the batch was annotated for.

    With ``kept``, a network that must not be forgotten, also of the difference from its answers where nothing was annotated.
    """
    ids, mask = padded(batch)
    hidden = network(ids, mask)
    total = hidden.new_zeros((), dtype=torch.float32)
    for head in network.heads:
        if not head.anchored and any(head.name in e.targets for e in batch):
            total = total + head.weight * _plain_loss(network.plain[head.name](hidden).float(), head, batch)
        if head.anchored and any(head.name in e.anchors for e in batch):
            target = asked_targets(head, batch, length=hidden.shape[1])
            scores = network.anchored[head.name](hidden, **places_of(head, batch))
            total = total + head.weight * spans_loss(scores.float(), target, labels=len(head.labels))
    if kept is not None:
        from purport.train.keeping import keeping_loss

        total = total + keeping_loss(network, kept, batch=batch, hidden=hidden)
    return total


def places_of(head: Head, batch: Sequence[Example]) -> dict[str, Tensor]:
    """Rows and places of the anchors of a batch."""
    asked = [(row, e.anchors[head.name][0]) for row, e in enumerate(batch) if head.name in e.anchors]
    rows = [row for row, positions in asked for _ in positions]
    return {"rows": torch.tensor(rows), "anchors": torch.from_numpy(np.concatenate([positions for _, positions in asked]))}


def asked_targets(head: Head, batch: Sequence[Example], *, length: int) -> Tensor:
    """[anchors, pieces, labels], filled to ``length``."""
    targets = [e.anchors[head.name][1] for e in batch if head.name in e.anchors]
    filled = [np.pad(t, ((0, 0), (0, length - t.shape[1]), (0, 0)), constant_values=UNKNOWN) for t in targets]
    return torch.from_numpy(np.concatenate(filled))


def spans_loss(scores: Tensor, target: Tensor, *, labels: int) -> Tensor:
    """Cross entropy over outside, begins, inside: summed over labels, mean over the pieces that count."""
    flat = scores.reshape(*scores.shape[:-1], labels, 3)
    losses = nn.functional.cross_entropy(flat.reshape(-1, 3), target.reshape(-1), ignore_index=UNKNOWN, reduction="sum")
    return losses / (target != UNKNOWN).any(-1).sum().clamp(min=1)


def _plain_loss(scores: Tensor, head: Head, batch: Sequence[Example]) -> Tensor:
    wanted = plain_targets(head, batch, length=scores.shape[1])
    if head.answer is Answer.SCORE:
        known = ~torch.isnan(wanted)
        return nn.functional.l1_loss(scores[known], wanted[known]) if known.any() else scores.sum() * 0
    if head.answer is Answer.SPANS:
        return spans_loss(scores, wanted, labels=len(head.labels))
    if head.answer is Answer.CLASS:
        wanted = wanted.squeeze(-1)
        losses = nn.functional.cross_entropy(
            scores.reshape(-1, len(head.labels)), wanted.reshape(-1), ignore_index=UNKNOWN, reduction="sum"
        )
        return losses / (wanted != UNKNOWN).sum().clamp(min=1)
    known = wanted != UNKNOWN
    losses = nn.functional.binary_cross_entropy_with_logits(scores, wanted.clamp(min=0).float(), reduction="none")
    return (losses * known).sum() / known.any(-1).sum().clamp(min=1)


def plain_targets(head: Head, batch: Sequence[Example], *, length: int) -> Tensor:
    """[windows, pieces, labels], or 1 in place of labels for a class or score; masked where nothing was annotated."""
    fill = np.nan if head.answer is Answer.SCORE else UNKNOWN
    width = 1 if head.answer in (Answer.SCORE, Answer.CLASS) else len(head.labels)
    parts = []
    for example in batch:
        target = example.targets.get(head.name)
        if target is None:
            target = np.full((len(example.ids), width), fill)
        target = target if target.ndim == 2 else target[:, None]
        parts.append(np.pad(target, ((0, length - len(target)), (0, 0)), constant_values=fill))
    stacked = torch.from_numpy(np.stack(parts))
    return stacked.float() if head.answer is Answer.SCORE else stacked.long()


def is_learnt(name: str, *, of: int, layers: int | None) -> bool:
    """Whether a parameter changes if only the last ``layers`` of ``of`` layers of the encoder learn."""
    if layers is None or not name.startswith("encoder."):
        return True
    parts = name.split(".")
    return parts[1] == "encoder" and int(parts[3]) >= of - layers


class Masters:
    """The parameters that change, in 32 bits, beside a network that may be in 16.

    Small steps would be lost in bfloat16, and its products are three times as fast.
    """

    def __init__(self, network: Network, *, plan: Plan) -> None:
        of = network.shape["num_hidden_layers"]
        for name, parameter in network.named_parameters():
            parameter.requires_grad = is_learnt(name, of=of, layers=plan.layers)
        self._network = network
        self.names = [name for name, p in network.named_parameters() if p.requires_grad]
        self._fixed = {name: p.detach().float().clone() for name, p in network.named_parameters() if not p.requires_grad}
        self.exact = [p.detach().float().clone() for p in network.parameters() if p.requires_grad]
        if plan.rough:
            network.bfloat16()
        self.rough = [p for p in network.parameters() if p.requires_grad]

    def groups(self, plan: Plan) -> list[dict[str, object]]:
        """Parameter groups with their rates; a rate of 0 leaves its part as it is."""
        slow = [p for n, p in zip(self.names, self.exact, strict=True) if n.startswith("encoder.")]
        fast = [p for n, p in zip(self.names, self.exact, strict=True) if not n.startswith("encoder.")]
        return [group for group in ({"params": slow, "lr": plan.encoder_rate}, {"params": fast, "lr": plan.head_rate}) if group["params"]]

    def take_gradients(self) -> None:
        """Moves the clipped gradients over; a parameter that took no part has none."""
        nn.utils.clip_grad_norm_(self.rough, 1.0)
        for exact, rough in zip(self.exact, self.rough, strict=True):
            exact.grad = None if rough.grad is None else rough.grad.float()
            rough.grad = None

    def give_back(self) -> None:
        """Moves the parameters that were stepped back into the network."""
        with torch.no_grad():
            for exact, rough in zip(self.exact, self.rough, strict=True):
                if exact.grad is not None:
                    rough.copy_(exact)

    def state(self) -> dict[str, Tensor]:
        """All parameters in 32 bits."""
        return {**self._fixed, **dict(zip(self.names, self.exact, strict=True))}

    def moments(self, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
        """What the optimizer remembers of each parameter, by ``WHAT:NAME``."""
        found: dict[str, Tensor] = {}
        for name, exact in zip(self.names, self.exact, strict=True):
            found.update({f"{what}:{name}": value for what, value in optimizer.state.get(exact, {}).items()})
        return found

    def restore(self, learned: Learned, *, optimizer: torch.optim.Optimizer) -> None:
        """Takes up what was learnt before."""
        with torch.no_grad():
            for name, exact, rough in zip(self.names, self.exact, self.rough, strict=True):
                exact.copy_(learned.state[name])
                rough.copy_(exact)
                known = {what: learned.moments.get(f"{what}:{name}") for what in ("step", "exp_avg", "exp_avg_sq")}
                if known["step"] is not None:
                    optimizer.state[exact] = {what: value.clone() for what, value in known.items() if value is not None}


def learn(
    network: Network,
    examples: Sequence[Example],
    *,
    plan: Plan,
    kept: Network | None = None,
    before: Learned | None = None,
    told: Callable[[Step], None] = lambda _: None,
) -> Iterator[Learned]:
    """Learns; after each epoch what is known, so that the caller can measure and save. ``before``: goes on from there, to the same end.

    ``told`` hears of every step.
    """
    masters = Masters(network, plan=plan)
    optimizer = torch.optim.AdamW(masters.groups(plan), weight_decay=0.01)
    by_epoch = [batches(examples, random_=random.Random(plan.seed + epoch), pieces=plan.batch_pieces) for epoch in range(plan.epochs)]
    steps = sum(map(len, by_epoch))
    first = 0
    if before is not None:
        masters.restore(before, optimizer=optimizer)
        first = before.epoch
    step = sum(map(len, by_epoch[:first]))
    begun, started = step, time.monotonic()
    network.train()
    for epoch in range(first, plan.epochs):
        torch.manual_seed(plan.seed + epoch)
        losses: list[float] = []
        for batch in by_epoch[epoch]:
            _set_rates(optimizer, plan=plan, share=rate(step, steps=steps, warm=plan.warm))
            loss = loss_of(network, batch, kept=kept)
            loss.backward()
            masters.take_gradients()
            optimizer.step()
            masters.give_back()
            losses.append(loss.item())
            step += 1
            left = (time.monotonic() - started) / (step - begun) * (steps - step)
            told(Step(epoch + 1, step, steps, float(np.mean(losses[-50:])), left))
        yield Learned(epoch + 1, float(np.mean(losses)), masters.state(), masters.moments(optimizer))


def _set_rates(optimizer: torch.optim.Optimizer, *, plan: Plan, share: float) -> None:
    for group in optimizer.param_groups:
        group.setdefault("full", group["lr"])
        group["lr"] = group["full"] * share


def rate(step: int, *, steps: int, warm: float) -> float:
    """A linear rise, then half a cosine down to a twentieth."""
    risen = max(1, int(steps * warm))
    if step < risen:
        return (step + 1) / risen
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - risen) / max(1, steps - risen))))
