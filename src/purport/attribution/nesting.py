"""Which attribution holds which: the innermost content that a cue stands in, or the one it came through."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from purport.attribution.relation import bucket_of, buckets, covers, size_of
from purport.model import Attribution, Spans, Stance

REFUSING = frozenset({Stance.DENIES, Stance.DOUBTS})
FIRST_PERSON = frozenset({"i", "we", "us", "my", "our", "me"})


@dataclass(frozen=True, slots=True)
class Routes:
    """What is known of the way a word took before contents are looked at, by id: ``under`` says through whom it came; ``links`` are those
    who only passed it on; ``last`` says for the outermost link whose word it passed on."""

    under: Mapping[str, str]
    links: Collection[str]
    last: Mapping[str, str]


def nested(attributions: Sequence[Attribution], *, text: str, routes: Routes) -> tuple[Attribution, ...]:
    """The attributions with ``parent_id`` set: by their route, else to the smallest content around each one's cue.

    The outermost link hangs on what holds the word it passed on. One source is one link: what a speaker says inside its own speech
    hangs on what that speech hangs on. A denial holds nobody's word.
    """
    under, links, last = routes.under, routes.links, routes.last
    holders = sorted((a for a in attributions if a.id not in links and a.stance not in REFUSING), key=lambda a: size_of(a.content))
    shelves = _shelved(holders)
    held_by = {a.id: _holder(a, shelves.get(bucket_of(_place(a)), ())) for a in attributions if a.id not in links}
    parents = {a.id: under.get(a.id) or held_by.get(last.get(a.id, a.id)) for a in attributions}
    by_id = {a.id: a for a in attributions}
    attributions = [_self(a, holder=by_id.get(parents[a.id] or ""), text=text) for a in attributions]
    by_id = {a.id: a for a in attributions}
    return tuple(replace(a, parent_id=_other_speaker(a, parents=parents, by_id=by_id, text=text)) for a in attributions)


def _self(attribution: Attribution, *, holder: Attribution | None, text: str) -> Attribution:
    """ "We believe" inside somebody's speech: the speaker."""
    source = attribution.source
    if source is None or holder is None or holder.source is None or _words(source.spans, text) not in FIRST_PERSON:
        return attribution
    return replace(attribution, source=replace(holder.source, spans=source.spans))


def _shelved(holders: Iterable[Attribution]) -> Mapping[int, list[Attribution]]:
    """Holders by the stretch of text that their content touches, the smallest first."""
    shelves: dict[int, list[Attribution]] = {}
    for holder in holders:
        for bucket in buckets(holder.content):
            shelves.setdefault(bucket, []).append(holder)
    return shelves


def _place(attribution: Attribution) -> int:
    """Where a cue stands: at its last character ("allegedly confesses" stands on the verb)."""
    return attribution.cue[0].end - 1


def _holder(attribution: Attribution, by_size: Sequence[Attribution]) -> str | None:
    at = _place(attribution)
    for other in by_size:
        if other.id != attribution.id and covers(other.content, at) and not _holds_back(attribution, other):
            return other.id
    return None


def _holds_back(attribution: Attribution, other: Attribution) -> bool:
    """Whether each stands in the other's content: then the one that begins first is the outer one ("X said that …, Y reported")."""
    return covers(attribution.content, other.cue[0].start) and attribution.content[0].start <= other.content[0].start


def _other_speaker(
    attribution: Attribution, *, parents: Mapping[str, str | None], by_id: Mapping[str, Attribution], text: str
) -> str | None:
    """The nearest holder that is somebody else."""
    seen = {attribution.id}
    parent = parents[attribution.id]
    while parent is not None and parent not in seen and _same_speaker(attribution, by_id[parent], text=text):
        seen.add(parent)
        parent = parents[parent]
    return None if parent in seen else parent


def _same_speaker(one: Attribution, other: Attribution, *, text: str) -> bool:
    a, b = one.source, other.source
    if a is None or b is None:
        return False
    return (a.entity_id is not None and a.entity_id == b.entity_id) or _words(a.named_spans, text) == _words(b.named_spans, text)


def _words(spans: Spans, text: str) -> str:
    return " ".join(s.of(text) for s in spans).casefold()
