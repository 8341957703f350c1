"""``purport train``: weights of the learned reader from a user's own gold."""

from pathlib import Path
from typing import Annotated

import typer

from purport.cli.exits import explained, report_failures, say

#: F of typed triggers on 6 pages held out, learnt from 10 of Wikinews (before: .05): 12 epochs at 5e-4 and 5e-5, two layers .05;
#: 20 epochs at 1e-3 and 1e-4, all layers .22; these .30. Sources, which the weights knew before, stay as they were (.63, .62).
EPOCHS, RATE, ENCODER_RATE, LAYERS = 20, 2e-3, 3e-4, 3
SEED, HOLD_OUT = 7, 0.2
#: Word pieces of a batch: four windows, so that a handful of pages still makes several steps an epoch. With two, and 30 epochs, four pages
#: were learnt by heart: F of typed triggers on two others fell from .27 to .11.
BATCH_PIECES = 1024

Gold = Annotated[
    list[Path], typer.Argument(metavar="GOLD.jsonl…", help="Coded pages in the form of docs/codebook.md, one a line.", show_default=False)
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the weights go; give it to --models.", show_default=False)]
Epochs = Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="How often each page is learnt from.")]
Rate = Annotated[float, typer.Option("--rate", metavar="X", min=0, help="How fast the heads learn.")]
EncoderRate = Annotated[float, typer.Option("--encoder-rate", metavar="X", min=0, help="How fast the layers of the encoder learn.")]
Layers = Annotated[
    int | None,
    typer.Option("--layers", metavar="N", min=0, help="How many of its last layers learn; 3, or all of them with --encoder."),
]
Start = Annotated[Path | None, typer.Option("--start", metavar="FOLDER", help="Start from these weights, not from the package's.")]
Encoder = Annotated[
    Path | None,
    typer.Option("--encoder", metavar="FOLDER", help="Start from another encoder of the form BERT, for another language."),
]
HoldOut = Annotated[float, typer.Option("--hold-out", metavar="SHARE", min=0, max=0.9, help="Share of the pages kept to measure on.")]
Folds = Annotated[
    int, typer.Option("--folds", metavar="K", min=0, help="Measure on every page, by K trainings; the weights learn from all.")
]
Exact = Annotated[bool, typer.Option("--fp32", help="Also write the weights in 32 bits, in FOLDER/fp32.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Of the order of pages and of all chance.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a training that was stopped.")]


@explained
def train(
    gold: Gold,
    out: Out,
    epochs: Epochs = EPOCHS,
    rate: Rate = RATE,
    encoder_rate: EncoderRate = ENCODER_RATE,
    layers: Layers = None,
    start: Start = None,
    encoder: Encoder = None,
    hold_out: HoldOut = HOLD_OUT,
    folds: Folds = 0,
    exact: Exact = False,
    seed: Seed = SEED,
    resume: Resume = False,
) -> None:
    """Teach the learned reader from pages that you have coded, with your own types of event, and measure it on pages that it has not seen.

    Needs `pip install "purport[train]"`. Ctrl-C keeps what is learnt; --resume goes on.
    """
    from purport.errors import SettingsError
    from purport.train.plan import Plan
    from purport.train.requirements import check_installed

    if encoder is not None and start is not None:
        raise SettingsError("a start and an encoder", where="--encoder", remedy="give one of --start and --encoder")
    if folds == 1:
        raise SettingsError("one fold leaves no page to learn from", where="--folds", remedy="give 2 or more, or leave it out")
    check_installed()
    from purport.train.run import Job, train

    learnt = layers if layers is not None or encoder is not None else LAYERS
    plan = Plan(epochs, encoder_rate, rate, seed=seed, layers=learnt, rough=False, batch_pieces=BATCH_PIECES)
    job = Job(tuple(gold), out, plan, start=start, encoder=encoder, hold_out=hold_out, folds=folds, exact=exact, resume=resume)
    outcome = train(job, say=say)
    print("\n".join(outcome.lines))
    say(f"Weights: {out}. Read with them: purport read --reader learned --models {out} PATH")
    report_failures(outcome.failures)
