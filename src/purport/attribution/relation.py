"""What the finders hand on: one cue with its content and its speaker, not yet named, judged or nested."""

from dataclasses import dataclass, replace

from purport.model import Spans, Stance


@dataclass(frozen=True, slots=True)
class Relation:
    """A cue with what it introduces. ``source`` is a head token; ``pattern`` names the finder that saw it; ``kind`` is the cue's."""

    pattern: str
    cue: Spans
    content: Spans
    head: int  #: the token that the cue stands on
    stance: Stance
    kind: str = "speech"
    source: int | None = None
    links: tuple["Relation", ...] = ()  #: through whom else it came ("told Reuters"), the innermost first

    def with_content(self, content: Spans, *, pattern: str | None = None) -> "Relation":
        return replace(self, content=content, pattern=pattern or self.pattern)


def size_of(spans: Spans) -> int:
    return sum(len(s) for s in spans)


def covers(spans: Spans, character: int) -> bool:
    return any(s.start <= character < s.end for s in spans)


#: Characters to a bucket of ``buckets``: about a paragraph, so that few contents reach over many.
BUCKET = 512


def buckets(spans: Spans) -> range | list[int]:
    """The numbers of the stretches of text that ``spans`` touch, to look up what covers a character without looking at everything."""
    if len(spans) == 1:
        return range(spans[0].start // BUCKET, spans[0].end // BUCKET + 1)
    return sorted({b for s in spans for b in range(s.start // BUCKET, s.end // BUCKET + 1)})


def bucket_of(character: int) -> int:
    return character // BUCKET
