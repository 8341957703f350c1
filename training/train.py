"""Trains the encoder and its heads on the corpora: ``python -m training.train --out FOLDER --silver FOLDER [--epochs N] [--only A,B]``."""

import argparse
from collections.abc import Iterable
from pathlib import Path

import torch

from purport.train.annotated import Annotated
from purport.train.learning import learn
from purport.train.plan import Plan, Step
from purport.train.targets import Example, examples_of
from training.corpora import CORPORA, silver
from training.minilm import network, tokenizer

#: How often an epoch sees the windows of re3d, which has 12 thousand pieces beside two million.
REPEATED = 8
#: Of windows in which the rule reader sees no event one in so many is kept.
QUIET = 3
#: Steps between two lines of progress.
BETWEEN = 50


def examples(half: str, *, only: frozenset[str], silver_folder: Path | None) -> list[Example]:
    """The windows of all corpora asked for; silver ones are ``silver_NAME.jsonl`` in their folder."""
    pieces = tokenizer()
    texts = [t for name, read in CORPORA.items() if not only or name in only for t in read(half)]
    paths = sorted(silver_folder.glob("silver_*.jsonl")) if silver_folder else []
    merged = joined([*texts, *(t for path in paths for t in silver(path))])
    made = [e for t in merged for e in examples_of(t, tokenizer=pieces) for _ in range(REPEATED if "entity" in e.targets else 1)]
    return [e for number, e in enumerate(made) if number % QUIET == 0 or "trigger" not in e.targets or e.anchors]


def joined(texts: Iterable[Annotated]) -> list[Annotated]:
    """One text for each id, with what every layer says of it."""
    found: dict[str, Annotated] = {}
    for text in texts:
        found[text.id] = found[text.id].with_layer(text) if text.id in found else text
    return list(found.values())


def tell(step: Step) -> None:
    """Prints a line every so many steps."""
    if step.step % BETWEEN == 0:
        minutes = step.seconds_left / 60
        print(f"epoch {step.epoch}: step {step.step} of {step.steps}, loss {step.loss:.4f}, {minutes:.0f} minutes left", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--silver", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--start", type=Path, help="go on from these weights")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    made = network()
    if given.start:
        made.load_state_dict(torch.load(given.start, weights_only=True))
    windows = examples("train", only=frozenset(filter(None, given.only.split(","))), silver_folder=given.silver)
    print(f"{len(windows)} windows, {sum(len(e.ids) for e in windows)} pieces", flush=True)
    for learned in learn(made, windows, plan=Plan(epochs=given.epochs), told=tell):
        torch.save(learned.state, given.out / "weights.pt")
        print(f"epoch {learned.epoch}: loss {learned.loss:.4f}; saved", flush=True)


if __name__ == "__main__":
    main()
