"""What a folder of weights says of itself: ``training.json`` for programs, ``card.md`` for people."""

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from purport.model import Failure
from purport.scoring import FIGURES, Figure, Scores
from purport.train.figures import HEAD_FIGURES
from purport.train.heads import Heads, described
from purport.train.plan import Plan

PACKAGES = ("purport", "torch", "transformers", "safetensors", "onnx", "onnxruntime", "tokenizers", "numpy", "spacy")


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of the pages held out, before (with what the training started from) and after; empty and None if nothing was held out."""

    pages: int = 0
    heads_before: Mapping[str, Figure] | None = None
    heads_after: Mapping[str, Figure] | None = None
    before: Scores | None = None
    after: Scores | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Everything that the card tells."""

    start: str
    start_digest: str
    gold: Mapping[str, str]
    pages: int
    events: int
    left_out: Sequence[Failure]
    heads: Heads
    plan: Plan
    folds: int
    held_out: tuple[str, ...]
    measured: Measured


def write(made: Made, *, folder: Path) -> None:
    """Writes both files."""
    record = _record(made, folder=folder)
    (folder / "training.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "card.md").write_text("\n".join(_card(made, record)) + "\n", encoding="utf-8")


def digest_of_folder(folder: Path, *, names: Sequence[str]) -> str:
    """One digest of the files of these names."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def _record(made: Made, *, folder: Path) -> dict[str, Any]:
    files = sorted(p for p in folder.rglob("*") if p.suffix == ".onnx" and "unfinished" not in p.parts)
    return {
        "start": {"weights": made.start, "sha256": made.start_digest},
        "gold": [{"file": Path(name).name, "sha256": digest} for name, digest in made.gold.items()],
        "pages": made.pages,
        "events": made.events,
        "left_out": [f"{f.where}: {f.what}" for f in made.left_out],
        "heads": described(made.heads),
        "plan": asdict(made.plan),
        "folds": made.folds,
        "held_out": list(made.held_out),
        "figures": {"heads": _heads(made.measured), "reading": _reading(made.measured)},
        "files": {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files},
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _heads(measured: Measured) -> dict[str, Any]:
    told = {"before": measured.heads_before, "after": measured.heads_after}
    return {when: {name: _figure(f) for name, f in figures.items()} for when, figures in told.items() if figures is not None}


def _reading(measured: Measured) -> dict[str, Any]:
    told = {"before": measured.before, "after": measured.after}
    return {
        when: {**{name: _figure(f) for name, f in scores.figures.items()}, **scores.shares}
        for when, scores in told.items()
        if scores is not None
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"f": round(figure.f, 4), "hits": figure.hits, "read": figure.read, "gold": figure.gold}


# ------------------------------------------------------------------ for people
def table(measured: Measured) -> Iterator[str]:
    """The figures as lines of text: name, before, after, how many there are in the gold."""
    if not measured.pages or measured.heads_after is None or measured.after is None:
        yield "No page was held out: nothing was measured."
        return
    yield f"{'figure (F)':24} {'before':>7} {'after':>7} {'gold':>5}"
    for name in HEAD_FIGURES:
        yield _row(f"heads: {name}", measured.heads_before, figures=measured.heads_after, name=name)
    for name in FIGURES:
        if measured.after.figures[name].gold:
            yield _row(name, measured.before.figures if measured.before else None, figures=measured.after.figures, name=name)
    for name, share in measured.after.shares.items():
        old = measured.before.shares[name] if measured.before else None
        yield f"{name:24} {_share(old):>7} {_share(share):>7}"


def _row(title: str, before: Mapping[str, Figure] | None, *, figures: Mapping[str, Figure], name: str) -> str:
    old = f"{before[name].f:.3f}" if before else "-"
    return f"{title:24} {old:>7} {figures[name].f:>7.3f} {figures[name].gold:>5}"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _card(made: Made, record: Mapping[str, Any]) -> Iterator[str]:
    yield from ("# Weights of the learned reader, trained with `purport train`", "")
    yield f"- Started from: {made.start} (sha256 {made.start_digest[:16]}…)"
    yield f"- Learnt from: {made.pages - len(made.held_out)} of {made.pages} coded pages, {made.events} events"
    yield from (f"  - {one['file']} (sha256 {one['sha256'][:16]}…)" for one in record["gold"])
    yield f"- Left out, because they could not be read: {len(made.left_out)} lines"
    yield from (f"- Head `{h.name}`: {', '.join(h.labels)}" for h in made.heads if h.name in ("trigger", "event"))
    yield f"- Plan: {', '.join(f'{name} {value}' for name, value in record['plan'].items())}"
    yield f"- Versions: Python {record['python']}, {', '.join(f'{n} {v}' for n, v in record['packages'].items() if v)}"
    yield from ("", f"## Figures on {_pages(made)}", "", "```", *table(made.measured), "```", "")
    yield from (*_LIMITS, "")


def _pages(made: Made) -> str:
    if made.folds:
        return (
            f"all {made.measured.pages} pages, each by weights that had not seen it ({made.folds} folds); the weights here learnt from all"
        )
    return f"pages that were held out: {made.measured.pages}"


_LIMITS = (
    "`heads:` figures are what the network says by itself; roles and sources are asked about the triggers and cues of the gold. The",
    "others are those of `purport evaluate`: the whole reading, in which rules have their say. Few pages give rough figures: read the",
    "differences, too. Gold does not say what a source's words are; that part is as the weights had it before.",
)
