"""The whole of ``purport train``: gold → weights with their figures, in parts that can be stopped and gone on with."""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from purport import models
from purport.errors import InputError, SettingsError
from purport.model import Failure
from purport.read.encoder import CLOSING, OPENING
from purport.scoring import Figure, score
from purport.settings import Settings
from purport.train import card, checkpoint
from purport.train.export import export
from purport.train.figures import head_figures, read_pages
from purport.train.gold import Gold, Record, annotated, gold_of, heads_for
from purport.train.heads import HEADS, Heads
from purport.train.learning import Learned, learn
from purport.train.network import Network, heads_in, with_encoder, with_weights
from purport.train.parts import Part, parts_of
from purport.train.plan import Plan, Step
from purport.train.targets import Example, examples_of

UNFINISHED = "unfinished"
#: Seconds between two lines of progress.
BETWEEN = 5.0
#: Windows from which is measured what goes into the products in 8 bits.
MOST_SEEN = 60


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for. ``start``: a folder of weights; ``encoder``: a folder with an encoder that knows no head yet, in place of it."""

    gold: tuple[Path, ...]
    out: Path
    plan: Plan
    start: Path | None = None
    encoder: Path | None = None
    hold_out: float = 0.2
    folds: int = 0
    exact: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: figures as lines of text, and what was left out of the gold."""

    lines: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """A job with what was read for it."""

    job: Job
    gold: Gold
    heads: Heads
    origin: Path  #: the folder that training starts from
    say: Callable[[str], None]

    @property
    def tokenizer_file(self) -> Path:
        return self.origin / "tokenizer.json"

    def records(self, numbers: Sequence[int]) -> list[Record]:
        return [self.gold.records[n] for n in numbers]


def train(job: Job, *, say: Callable[[str], None]) -> Outcome:
    """Trains, measures, and writes the weights into ``job.out``. ``say`` hears of the progress.

    Raises InputError for gold or an encoder that cannot be used, SettingsError for a folder that holds something else. What was learnt is
    kept when it is interrupted.
    """
    is_new = not job.out.exists()
    _check_out(job)
    try:
        work = _prepared(job, say=say)
    except BaseException:
        _remove_if_empty(job.out, is_new=is_new)
        raise
    parts = parts_of(len(work.gold.records), hold_out=job.hold_out, folds=job.folds, seed=job.plan.seed)
    events = sum(len(r["events"]) for r in work.gold.records)
    say(f"{len(work.gold.records)} pages with {events} events; types: {', '.join(_labels(work.heads, 'trigger'))}")
    answers = [_trained(part, work=work) for part in parts]
    measured = _measured(parts, answers, work=work)
    held_out = tuple(str(r["id"]) for part in parts if part.is_last for r in work.records(part.held_out))
    made = card.Made(start=job.encoder.name if job.encoder else _name(job), start_digest=_start_digest(work.origin), gold=work.gold.digests,
                     pages=len(work.gold.records), events=events, left_out=work.gold.failures, heads=work.heads, plan=job.plan,
                     folds=job.folds, held_out=held_out, measured=measured)  # fmt: skip
    card.write(made, folder=job.out)
    shutil.rmtree(job.out / UNFINISHED, ignore_errors=True)
    return Outcome(tuple(card.table(measured)), work.gold.failures)


def _name(job: Job) -> str:
    return "the package's weights" if job.start is None else job.start.name


def _labels(heads: Heads, name: str) -> tuple[str, ...]:
    return next(h.labels for h in heads if h.name == name)


# ------------------------------------------------------------------ before
def _check_out(job: Job) -> None:
    begun, done = (job.out / UNFINISHED).is_dir(), (job.out / "heads.json").exists()
    if job.out.exists() and not job.out.is_dir():
        raise SettingsError("is no folder", where=str(job.out), remedy="give the path of a folder with --out")
    if begun and not job.resume:
        raise SettingsError(
            "a training was begun here", where=str(job.out), remedy="go on with --resume, or give another folder with --out"
        )
    if done and not begun:
        raise SettingsError("holds weights already", where=str(job.out), remedy="give another folder with --out")
    if job.resume and not begun:
        raise SettingsError("no training was begun here", where=str(job.out), remedy="leave --resume out")
    (job.out / UNFINISHED).mkdir(parents=True, exist_ok=True)


def _prepared(job: Job, *, say: Callable[[str], None]) -> _Work:
    gold = gold_of(job.gold)
    origin = job.encoder or models.folder_of(Settings(reader="learned", models_dir=job.start))
    heads = heads_for(gold.records, known=HEADS if job.encoder else heads_in(origin), is_new=job.encoder is not None)
    work = _Work(job, gold, heads, origin, say)
    _begun(work)  # so that weights which cannot be used are named before anything else
    _check_tokenizer(work.tokenizer_file)
    _check_same(job.out / UNFINISHED / "job", _digest(job, gold, origin=origin))
    for failure in gold.failures:
        say(f"{failure.where}: left out: {failure.what}")
    return work


def _remove_if_empty(out: Path, *, is_new: bool) -> None:
    """A training that never began leaves no trace."""
    for folder in (out / UNFINISHED, *([out] if is_new else [])):
        if not any(folder.iterdir()):
            folder.rmdir()


def _check_tokenizer(path: Path) -> None:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise InputError(f"no tokenizer ({error})", where=str(path), remedy="give a folder with tokenizer.json") from error
    pieces = tokenizer.get_vocab()
    if not {OPENING, CLOSING} <= pieces.keys() or not any(piece.startswith("##") for piece in pieces):
        raise InputError("no word pieces as BERT has them", where=str(path), remedy="give an encoder whose pieces go on with ##")


def _check_same(path: Path, digest: str) -> None:
    """Notes what is trained, or compares it with what was begun."""
    if path.is_file() and path.read_text(encoding="utf-8") != digest:
        raise SettingsError(
            "was begun with other pages, weights or options", where=str(path.parent), remedy="give the same again, or another --out"
        )
    path.write_text(digest, encoding="utf-8")


def _digest(job: Job, gold: Gold, *, origin: Path) -> str:
    """What must be the same for a training to be gone on with: all but the number of epochs."""
    plan = {name: value for name, value in asdict(job.plan).items() if name != "epochs"}
    told = [sorted(gold.digests.values()), plan, job.hold_out, job.folds, _start_digest(origin)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _start_digest(origin: Path) -> str:
    names = [p.name for p in origin.iterdir() if p.suffix in (".onnx", ".safetensors") or p.name in ("heads.json", "tokenizer.json")]
    return card.digest_of_folder(origin, names=names)


# ------------------------------------------------------------------ learning
def _trained(part: Part, *, work: _Work) -> list[dict[str, Any]]:
    """Trains one part and says what its weights read on the pages held out: for each, the page and the figures of the heads."""
    kept_answers = work.job.out / UNFINISHED / f"{part.name}-{work.job.plan.epochs}.json"
    if kept_answers.is_file() and not part.is_last:
        found: list[dict[str, Any]] = json.loads(kept_answers.read_text(encoding="utf-8"))
        return found
    windows = list(_examples(part, work=work))
    network = _learnt(part, windows, work=work)
    seen = [torch.from_numpy(one.ids)[None] for one in windows[:MOST_SEEN]]
    with tempfile.TemporaryDirectory() as scratch:
        folder = work.job.out if part.is_last else Path(scratch)
        export(network, folder=folder, tokenizer=work.tokenizer_file, windows=seen)
        if part.is_last and work.job.exact:
            export(network, folder=folder / "fp32", tokenizer=work.tokenizer_file, exact=True)
        answers = _answers(part, folder=folder, work=work)
    if not part.is_last:
        kept_answers.write_text(json.dumps(answers), encoding="utf-8")
    return answers


def _learnt(part: Part, windows: Sequence[Example], *, work: _Work) -> Network:
    job, path = work.job, work.job.out / UNFINISHED / f"{part.name}.safetensors"
    torch.manual_seed(job.plan.seed)
    network = _begun(work)
    kept = None if job.encoder else with_weights(work.origin).eval()
    before = checkpoint.restored(path) if job.resume else None
    done = before.epoch if before else 0
    teller = _Teller(work.say, part=part.name, epochs=job.plan.epochs)
    latest = before
    try:
        for learned in learn(network, windows, plan=job.plan, kept=kept, before=before, told=teller.step):
            checkpoint.save(learned, path=path)
            latest, done = learned, learned.epoch
            teller.epoch(learned)
    except KeyboardInterrupt:
        work.say(f"{part.name}: {done} of {job.plan.epochs} epochs are kept in {path.parent}; go on with --resume{_or_take(done)}")
        raise
    if latest is not None:
        network.load_state_dict(latest.state)
    return network


def _or_take(done: int) -> str:
    return f", or take what is there with --resume --epochs {done}" if done else ""


def _begun(work: _Work) -> Network:
    if work.job.encoder:
        return with_encoder(work.job.encoder, heads=work.heads)
    return with_weights(work.origin, heads=work.heads)


def _examples(part: Part, *, work: _Work) -> list[Example]:
    tokenizer: Tokenizer = Tokenizer.from_file(str(work.tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pages = (annotated(r, heads=work.heads, is_partial=work.job.encoder is None) for r in work.records(part.learnt))
    return [e for page in pages for e in examples_of(page, tokenizer=tokenizer, heads=work.heads)]


class _Teller:
    """Lines of progress: every epoch, and every so many seconds between."""

    def __init__(self, say: Callable[[str], None], *, part: str, epochs: int) -> None:
        self._say = say
        self._part = part
        self._epochs = epochs
        self._last = time.monotonic()

    def step(self, step: Step) -> None:
        """Says how far it is, if the last line is old."""
        if time.monotonic() - self._last >= BETWEEN:
            self._last = time.monotonic()
            where = f"{self._part}: epoch {step.epoch} of {self._epochs}, step {step.step} of {step.steps}"
            self._say(f"{where}, loss {step.loss:.3f}, {_spoken(step.seconds_left)} left")

    def epoch(self, learned: Learned) -> None:
        """Says that an epoch is kept."""
        if learned.epoch == self._epochs:
            self._say(f"{self._part}: {learned.epoch} epochs, loss {learned.loss:.3f}")


def _spoken(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


# ------------------------------------------------------------------ measuring
def _answers(part: Part, *, folder: Path, work: _Work) -> list[dict[str, Any]]:
    records = work.records(part.held_out)
    if not records:
        return []
    work.say(f"{part.name}: measuring on {len(records)} pages")
    read = read_pages(records, settings=Settings(reader="learned", models_dir=folder))
    heads = head_figures(records, folder=folder, heads=work.heads)
    counts = {name: [f.hits, f.read, f.gold] for name, f in heads.items()}
    return [{"read": read, "heads": counts}]


def _measured(parts: Sequence[Part], answers: Sequence[list[dict[str, Any]]], *, work: _Work) -> card.Measured:
    """The figures of all pages held out, each read by weights that had not seen it, beside those of the start."""
    records = [r for part in parts for r in work.records(part.held_out)]
    if not records:
        return card.Measured()
    found = [answer for one in answers for answer in one]
    heads = {name: Figure(*(sum(a["heads"][name][n] for a in found) for n in range(3))) for name in found[0]["heads"]}
    after = score(records, [page for answer in found for page in answer["read"]])
    if work.job.encoder:
        before = score(records, read_pages(records, settings=Settings(reader="rules")))
        return card.Measured(len(records), None, heads, before, after)
    before = score(records, read_pages(records, settings=Settings(reader="learned", models_dir=work.origin)))
    before_heads = head_figures(records, folder=work.origin, heads=work.heads)
    return card.Measured(len(records), before_heads, heads, before, after)
