"""The linker: profiles, blocks, chances and groups as the store walks them, and the same over reports in memory."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from purport.incident import Sketch
from purport.incidents.blocking import keys_of
from purport.incidents.calendar import iso_days, narrow
from purport.incidents.clustering import grouped
from purport.incidents.profile import Profile, profile_of, profiles_of, record_of
from purport.incidents.scoring import can_be_one, chance, log_odds, log_odds_from, odds_of, reasons_for
from purport.linkage import Grouped, Pair, Prepared, Verdicts, pair_of
from purport.model import Report
from purport.resources import text_of

WINDOW = 16  #: neighbours on either side in each block
LEAST = 0.15  #: a pair below is no proposal
#: A pair from here on may hold an incident together. Of 359 pages, cross-validated, two of three pairs joined at .3 are right, seven of ten
#: at .4 and .5, and the last finds a quarter fewer.
ENOUGH = 0.4
IMPOSSIBLE = -12.0  #: log odds of a threat and a deed


@dataclass(frozen=True)
class PageLinker:
    """Links as ``purport merge`` does (the protocol ``linkage.Linker``)."""

    window: int = WINDOW
    least: float = LEAST
    enough: float = ENOUGH

    @cached_property
    def label(self) -> str:
        """Name, version and fingerprint of what it knows."""
        known = "".join(text_of(f"incidents/{name}") for name in ("linking.yaml", "weights.yaml")) + repr(
            (self.window, self.least, self.enough)
        )
        return f"linker {version('purport')}+{hashlib.sha256(known.encode()).hexdigest()[:8]}"

    def prepare(self, report: Report, *, sketch: Sketch | None) -> tuple[Prepared, ...]:
        """One for each event of a page, or for an unread page as a whole."""
        return tuple(_prepared(profile) for profile in profiles_of(report, sketch=sketch))

    def score(self, first: str, second: str) -> float:
        """0 for what cannot be one incident, or is not worth keeping."""
        one, other = profile_of(first), profile_of(second)
        found = log_odds_from(one, other, least=self._least_odds) if can_be_one(one, other) else None
        return 0.0 if found is None else chance(found)

    @cached_property
    def _least_odds(self) -> float:
        return odds_of(self.least)

    def reasons(self, first: str, second: str) -> tuple[tuple[str, float], ...]:
        """Each part of the score: what was found, and its log odds."""
        return reasons_for(profile_of(first), profile_of(second))

    def group(self, records: Mapping[str, str], *, scores: Mapping[Pair, float], verdicts: Verdicts) -> Grouped:
        """Incidents among these events."""
        profiles = {event: profile_of(record) for event, record in records.items()}
        known: dict[Pair, float | None] = {}
        asked = odds_of(self.enough)

        def odds(one: str, other: str) -> float | None:
            pair = pair_of(one, other)
            if pair not in known:
                found = _odds(profiles[pair[0]], profiles[pair[1]])
                known[pair] = None if found is None else found - asked
            return known[pair]

        return grouped(records, scores=scores, odds=odds, enough=self.enough, verdicts=verdicts, by=self.label)


def _odds(one: Profile, other: Profile) -> float | None:
    """Two events of one page say nothing of each other: a page tells one happening in pieces as well as several."""
    if can_be_one(one, other):
        return log_odds(one, other)
    return None if one.document_id == other.document_id else IMPOSSIBLE


def _prepared(profile: Profile) -> Prepared:
    stated = next((days for days in profile.days if narrow(days)), profile.weak)
    first_day, last_day = iso_days(stated) if stated else (None, None)
    return Prepared(profile.id, profile.document_id, record_of(profile), keys_of(profile), first_day, last_day)


def link_in_memory(
    pages: Iterable[tuple[Report, Sketch | None]], *, linker: PageLinker | None = None, verdicts: Verdicts | None = None
) -> Grouped:
    """The incidents of some pages, as the store would find them; for evaluation and small sets."""
    linker = linker or PageLinker()
    prepared = {made.id: made for report, sketch in pages for made in linker.prepare(report, sketch=sketch)}
    records = {event: made.record for event, made in sorted(prepared.items())}
    scores: dict[Pair, float] = {}
    for pair in candidates(prepared.values(), window=linker.window):
        score = linker.score(records[pair[0]], records[pair[1]])
        if score >= linker.least:
            scores[pair] = score
    return linker.group(records, scores=scores, verdicts=verdicts or Verdicts())


def candidates(prepared: Iterable[Prepared], *, window: int) -> set[Pair]:
    """Pairs of neighbours in some block, events of one page left out."""
    blocks: dict[int, list[tuple[int, str, str]]] = {}
    for made in prepared:
        for key in made.keys:
            blocks.setdefault(key.block, []).append((key.place, made.id, made.document_id))
    found: set[Pair] = set()
    for block in blocks.values():
        block.sort()
        for at, (place, event, document) in enumerate(block):
            near = block[at + 1 : at + 1 + window]
            found.update(pair_of(event, other) for there, other, elsewhere in near if elsewhere != document and not (place & there & 1))
    return found
