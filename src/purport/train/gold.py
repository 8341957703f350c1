"""Gold pages (docs/codebook.md, "Record") as annotated texts: cues with their sources, triggers with their types and roles.

The gold says nothing of what a source's words are (``content``), nor of sources of anything but events: both stay masked, and so does a
source that stands in another sentence than its cue, where the text has a pronoun and the gold what it stands for.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.errors import InputError, PurportError
from purport.goldform import checked
from purport.model import Failure
from purport.train.annotated import Annotated, Asked, Labelled
from purport.train.heads import Head, Heads, head

Record = Mapping[str, Any]
COUNT = "count"
#: Heads that gold teaches.
TAUGHT = ("cue", "attribution", "trigger", "event")
#: A sentence ends here, or an abbreviation: then a source is masked that need not be.
_SENTENCE_ENDS = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]*[^\Wa-z])|\n")
_REMEDY = "write it as docs/codebook.md says under Record"


@dataclass(frozen=True, slots=True)
class Gold:
    """The pages of some files, with the digests of the files and what could not be read in them."""

    records: tuple[Record, ...]
    digests: Mapping[str, str]
    failures: tuple[Failure, ...]


def gold_of(paths: Iterable[Path]) -> Gold:
    """The pages of all files; a line that is no gold becomes a failure. Raises InputError if there is no event in any of them."""
    records: dict[str, Record] = {}
    digests: dict[str, str] = {}
    failures: list[Failure] = []
    for path in paths:
        content = path.read_bytes()
        digests[str(path)] = hashlib.sha256(content).hexdigest()
        for where, line in _lines(content, path=path):
            try:
                record = _record(line, where=where)
                if record["id"] in records:
                    raise InputError(f"the id {record['id']!r} stood in an earlier line", where=where, remedy="give each page its own id")
                records[record["id"]] = record
            except PurportError as error:
                failures.append(Failure(where=error.where, what=error.what, remedy=error.remedy, stage="read"))
    if not any(record["events"] for record in records.values()):
        raise InputError(
            _nothing(failures), where=", ".join(digests), remedy="give coded pages in the form of docs/codebook.md, one a line"
        )
    return Gold(tuple(records.values()), digests, tuple(failures))


def _nothing(failures: Sequence[Failure]) -> str:
    first = f"; {failures[0].where}: {failures[0].what}" if failures else ""
    return f"no event to learn from{first}"


def _lines(content: bytes, *, path: Path) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield f"{path}, line {number}", line


def _record(line: bytes, *, where: str) -> Record:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", where=where, remedy="save the file as UTF-8") from error
    record = checked(text, where=where)
    for event in record["events"]:
        _check_event(event, record["text"], where=where)
    return record


def _check_event(event: Record, text: str, *, where: str) -> None:
    """What training needs and scoring does not: names that are words, cues that lie in the text."""
    names = [event["type"], *(role.get("role") for role in event.get("roles", []))]
    wrong = next((name for name in names if not isinstance(name, str) or not name.strip()), None)
    if wrong is not None or None in names:
        raise InputError(f"{wrong!r} is no name of a type or role", where=where, remedy=_REMEDY)
    for link in event.get("attributions", []):
        cue = link.get("cue")
        is_span = isinstance(cue, list) and len(cue) == 2 and all(isinstance(end, int) for end in cue) and 0 <= cue[0] < cue[1] <= len(text)
        if cue is not None and not is_span:
            raise InputError(f"the cue {cue!r} is not a span [start, end) of the text", where=where, remedy=_REMEDY)


# ------------------------------------------------------------------ heads
def heads_for(records: Sequence[Record], *, known: Sequence[Head], is_new: bool) -> Heads:
    """The heads to train: the known ones, with the labels of the gold where it uses others.

    If a head lacks a name that the gold uses, the gold's names replace its labels. ``is_new``: nothing was learnt before; then only the
    heads that gold teaches, without the content of attributions. Raises InputError if one of those is not known.
    """
    lacking = next((name for name in TAUGHT if name not in {h.name for h in known}), None)
    if lacking is not None:
        raise InputError(f"the weights have no head {lacking!r}", where="--start", remedy="start from the package's weights, or --encoder")
    found = {"trigger": types_in(records), "event": roles_in(records)}
    labels = {name: used for name, used in found.items() if is_new or not set(used) <= set(head(name, heads=known).labels)}
    if is_new:
        labels["attribution"] = ("source", "cue")
    kept = [h for h in known if not is_new or h.name in TAUGHT]
    return tuple(_with_labels(h, labels.get(h.name, h.labels)) for h in kept)


def _with_labels(one: Head, labels: tuple[str, ...]) -> Head:
    return Head(one.name, one.answer, labels, one.anchored, one.weight)


def types_in(records: Iterable[Record]) -> tuple[str, ...]:
    """The event types that the gold uses, the most frequent first."""
    return _by_frequency(event["type"] for record in records for event in record["events"])


def roles_in(records: Iterable[Record]) -> tuple[str, ...]:
    """The roles that the gold uses, the most frequent first; counts are one of them."""
    return _by_frequency(role for record in records for event in record["events"] for _, _, role in _roles(event))


def _by_frequency(names: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(names)
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))


# ------------------------------------------------------------------ targets
def annotated(record: Record, *, heads: Sequence[Head], is_partial: bool) -> Annotated:
    """One page. ``is_partial``: cues that the gold does not name may be cues of something else; else they count as none."""
    triggers, asked = events_of(record["events"], heads=heads)
    attributions = tuple(_attributions(record, labels=head("attribution", heads=heads).labels))
    return Annotated(
        record["id"],
        record["text"],
        marks={"trigger": triggers, "cue": tuple(sorted({(*a.anchor, "cue") for a in attributions}))},
        asked={"event": asked, "attribution": attributions},
        partial=frozenset({"cue"}) if is_partial else frozenset(),
    )


def events_of(events: Iterable[Record], *, heads: Sequence[Head]) -> tuple[tuple[Labelled, ...], tuple[Asked, ...]]:
    """Triggers with their types, and each trigger asked for the roles of its event. Labels that the heads lack are left out."""
    types, roles = (frozenset(head(name, heads=heads).labels) for name in ("trigger", "event"))
    marks: set[Labelled] = set()
    asked: dict[tuple[int, int], set[Labelled]] = {}
    for event in events:
        for start, end in event["triggers"]:
            if event["type"] in types:
                marks.add((start, end, event["type"]))
            asked.setdefault((start, end), set()).update(r for r in _roles(event) if r[2] in roles)
    found = (Asked(anchor, tuple(sorted(spans)), roles) for anchor, spans in sorted(asked.items()))
    return tuple(sorted(marks)), tuple(found)


def _roles(event: Record) -> Iterator[Labelled]:
    for role in event.get("roles", []):
        yield role["span"][0], role["span"][1], role["role"]
    for count in event.get("counts", []):
        if "span" in count:
            yield count["span"][0], count["span"][1], COUNT


def _attributions(record: Record, *, labels: Sequence[str]) -> Iterator[Asked]:
    """One for each cue; sources that share a cue belong to it together."""
    by_cue: dict[tuple[int, int], list[Sequence[Sequence[int]]]] = {}
    for event in record["events"]:
        for link in event.get("attributions", []):
            if link.get("cue"):
                by_cue.setdefault((link["cue"][0], link["cue"][1]), []).append(link["chain"])
    for cue, chains in sorted(by_cue.items()):
        sources = {(chain[-1][0], chain[-1][1]) for chain in chains if chain}
        is_near = all(_is_one_sentence(record["text"], cue, other=source) for source in sources)
        said = {"cue", "source"} if is_near else {"cue"}
        spans = [(*cue, "cue"), *((*source, "source") for source in sources if is_near)]
        yield Asked(cue, tuple(sorted(spans)), frozenset(said) & frozenset(labels))


def _is_one_sentence(text: str, cue: tuple[int, int], *, other: tuple[int, int]) -> bool:
    between = text[min(cue[1], other[1]) : max(cue[0], other[0])]
    return not _SENTENCE_ENDS.search(between)
