"""The loss of a batch, batches of like length, and the loop that learns."""

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from training.heads import HEADS, Answer, Head
from training.network import Network
from training.targets import UNKNOWN, Example

#: Word pieces of a batch, filling included.
BATCH_PIECES = 4096


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. Rates as of AdamW; ``warm`` is the share of steps in which the rate rises."""

    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    seed: int = 7


def batches(examples: Sequence[Example], *, random_: random.Random) -> list[list[Example]]:
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
            if batch and len(example.ids) * (len(batch) + 1) > BATCH_PIECES:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    random_.shuffle(made)
    return made


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    longest = max(len(e.ids) for e in batch)
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.from_numpy(example.ids)
    return ids, (ids != 0).long()


def loss_of(network: Network, batch: Sequence[Example]) -> Tensor:
    """The weighted sum of the losses of all heads that the batch was annotated for."""
    hidden = network(*padded(batch))
    answers = {h.name: network.plain[h.name](hidden) for h in HEADS if not h.anchored and any(h.name in e.targets for e in batch)}
    asked = {h.name: _asked(network, h, batch, hidden=hidden) for h in HEADS if h.anchored and any(h.name in e.anchors for e in batch)}
    total = hidden.new_zeros((), dtype=torch.float32)
    for head in HEADS:
        if head.name in answers:
            total = total + head.weight * _plain_loss(answers[head.name].float(), head, batch)
        if head.name in asked:
            scores, target = asked[head.name]
            total = total + head.weight * spans_loss(scores.float(), target, labels=len(head.labels))
    return total


def _asked(network: Network, head: Head, batch: Sequence[Example], *, hidden: Tensor) -> tuple[Tensor, Tensor]:
    rows, places, targets = [], [], []
    for row, example in enumerate(batch):
        if head.name in example.anchors:
            positions, target = example.anchors[head.name]
            rows.extend([row] * len(positions))
            places.extend(positions.tolist())
            fill = hidden.shape[1] - target.shape[1]
            targets.append(np.pad(target, ((0, 0), (0, fill), (0, 0)), constant_values=UNKNOWN))
    scores = network.anchored[head.name](hidden, torch.tensor(rows), torch.tensor(places))
    return scores, torch.from_numpy(np.concatenate(targets))


def spans_loss(scores: Tensor, target: Tensor, *, labels: int) -> Tensor:
    """Cross entropy over outside, begins, inside: summed over labels, mean over the pieces that count."""
    flat = scores.reshape(*scores.shape[:-1], labels, 3)
    losses = nn.functional.cross_entropy(flat.reshape(-1, 3), target.reshape(-1), ignore_index=UNKNOWN, reduction="sum")
    return losses / (target != UNKNOWN).any(-1).sum().clamp(min=1)


def _plain_loss(scores: Tensor, head: Head, batch: Sequence[Example]) -> Tensor:
    if head.answer is Answer.SCORE:
        wanted = _stacked(head, batch, length=scores.shape[1], fill=np.nan).squeeze(-1)
        known = ~torch.isnan(wanted)
        return nn.functional.smooth_l1_loss(scores.squeeze(-1)[known], wanted[known]) if known.any() else scores.sum() * 0
    wanted = _stacked(head, batch, length=scores.shape[1], fill=UNKNOWN)
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


def _stacked(head: Head, batch: Sequence[Example], *, length: int, fill: float) -> Tensor:
    parts = []
    for example in batch:
        target = example.targets.get(head.name)
        if target is None:
            target = np.full((len(example.ids), len(head.labels)), fill)
        target = target if target.ndim == 2 else target[:, None]
        parts.append(np.pad(target, ((0, length - len(target)), (0, 0)), constant_values=fill))
    stacked = torch.from_numpy(np.stack(parts))
    return stacked.float() if head.answer is Answer.SCORE else stacked.long()


class Masters:
    """Parameters in 32 bits beside a network in 16: small steps would be lost in bfloat16, and its products are three times as fast."""

    def __init__(self, network: Network) -> None:
        self.names = [n for n, _ in network.named_parameters()]
        self.exact = [p.detach().float().clone() for p in network.parameters()]
        network.bfloat16()
        self.rough = list(network.parameters())

    def groups(self, plan: Plan) -> list[dict[str, object]]:
        """Parameter groups with their rates; a rate of 0 leaves its part as it is."""
        slow = [p for n, p in zip(self.names, self.exact, strict=True) if n.startswith("encoder.")]
        fast = [p for n, p in zip(self.names, self.exact, strict=True) if not n.startswith("encoder.")]
        return [{"params": slow, "lr": plan.encoder_rate}, {"params": fast, "lr": plan.head_rate}]

    def take_gradients(self) -> None:
        """Moves the clipped gradients over; a parameter that took no part has none."""
        nn.utils.clip_grad_norm_(self.rough, 1.0)
        for exact, rough in zip(self.exact, self.rough, strict=True):
            exact.grad = None if rough.grad is None else rough.grad.float()
            rough.grad = None

    def give_back(self) -> None:
        with torch.no_grad():
            for exact, rough in zip(self.exact, self.rough, strict=True):
                if exact.grad is not None:
                    rough.copy_(exact)

    def state(self) -> dict[str, Tensor]:
        return dict(zip(self.names, self.exact, strict=True))


def learn(network: Network, examples: Sequence[Example], *, plan: Plan) -> Iterator[tuple[int, float, dict[str, Tensor]]]:
    """Learns; after each epoch its number, mean loss and weights, so that the caller can measure and save. Prints progress."""
    random_ = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    masters = Masters(network)
    optimizer = torch.optim.AdamW(masters.groups(plan), weight_decay=0.01)
    steps = plan.epochs * len(batches(examples, random_=random.Random(plan.seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: rate(s, steps=steps, warm=plan.warm))
    network.train()
    started, step = time.monotonic(), 0
    for epoch in range(plan.epochs):
        losses = []
        for batch in batches(examples, random_=random_):
            loss = loss_of(network, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            masters.take_gradients()
            optimizer.step()
            masters.give_back()
            schedule.step()
            losses.append(loss.item())
            step += 1
            if step % 50 == 0:
                left = (time.monotonic() - started) / step * (steps - step)
                print(
                    f"epoch {epoch + 1}: step {step} of about {steps}, loss {np.mean(losses[-50:]):.4f}, {left / 60:.0f} minutes left",
                    flush=True,
                )
        yield epoch + 1, float(np.mean(losses)), masters.state()


def rate(step: int, *, steps: int, warm: float) -> float:
    """A linear rise, then half a cosine down to a twentieth."""
    risen = max(1, int(steps * warm))
    if step < risen:
        return (step + 1) / risen
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - risen) / max(1, steps - risen))))
