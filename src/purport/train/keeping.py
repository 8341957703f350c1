"""What must not be forgotten: where the gold says nothing, a network learns to answer as the one that it started from.

Source: Li and Hoiem 2016, "Learning without forgetting"; here the old network also answers for the labels that the gold leaves open.
"""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn

from purport.train.heads import Answer, Head
from purport.train.learning import asked_targets, padded, places_of, plain_targets
from purport.train.network import Network
from purport.train.targets import UNKNOWN, Example


def keeping_loss(network: Network, kept: Network, *, batch: Sequence[Example], hidden: Tensor) -> Tensor:
    """The weighted sum, over the heads that both have with the same labels, of how far the answers are apart where nothing was annotated.

    ``hidden`` is the last layer of ``network`` for ``batch``.
    """
    ids, mask = padded(batch)
    with torch.no_grad():
        old = kept(ids, mask)
    total = hidden.new_zeros((), dtype=torch.float32)
    for head in _shared(network, kept):
        if head.anchored and not any(head.name in e.anchors for e in batch):
            continue
        answers, known = [], None
        for one, layer in ((network, hidden), (kept, old)):
            answers.append(_answer(one, head, batch=batch, hidden=layer))
        known = _known(head, batch, length=hidden.shape[1])
        real = mask[places_of(head, batch)["rows"]] if head.anchored else mask
        total = total + head.weight * _apart(answers[0].float(), answers[1].float(), head=head, open_=~known & (real[..., None] != 0))
    return total


def _shared(network: Network, kept: Network) -> Iterator[Head]:
    before = {h.name: h for h in kept.heads}
    return (h for h in network.heads if h.name in before and before[h.name].labels == h.labels)


def _answer(network: Network, head: Head, *, batch: Sequence[Example], hidden: Tensor) -> Tensor:
    if not head.anchored:
        found: Tensor = network.plain[head.name](hidden)
        return found
    asked: Tensor = network.anchored[head.name](hidden, **places_of(head, batch))
    return asked


def _known(head: Head, batch: Sequence[Example], *, length: int) -> Tensor:
    """[…, pieces, labels]: where something was annotated."""
    target = asked_targets(head, batch, length=length) if head.anchored else plain_targets(head, batch, length=length)
    return ~torch.isnan(target) if head.answer is Answer.SCORE else target != UNKNOWN


def _apart(new: Tensor, old: Tensor, *, head: Head, open_: Tensor) -> Tensor:
    """Mean over the open pieces: divergence of the chances, or the square of the difference of numbers."""
    if head.answer is Answer.SCORE:
        apart = (new - old) ** 2
    elif head.answer is Answer.MARKS:
        chances = torch.sigmoid(old)
        apart = nn.functional.binary_cross_entropy_with_logits(new, chances, reduction="none")
        apart = apart - nn.functional.binary_cross_entropy_with_logits(old, chances, reduction="none")
    else:
        ways = 3 if head.answer is Answer.SPANS else len(head.labels)
        logs = [torch.log_softmax(x.reshape(*x.shape[:-1], -1, ways), dim=-1) for x in (new, old)]
        apart = (logs[1].exp() * (logs[1] - logs[0])).sum(-1)
    return (apart * open_).sum() / open_.any(-1).sum().clamp(min=1)
