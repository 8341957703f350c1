"""Reading → Reading with toponyms: place names found, told from people and organisations, and looked up in the gazetteer."""

from dataclasses import replace

from purport.model import PlaceCandidate, Reading, Span, Toponym
from purport.read.gazetteer import Row, gazetteer
from purport.read.toponym_accept import accepted
from purport.read.toponym_context import is_literal, loosened, part
from purport.read.toponym_resolve import resolve
from purport.read.toponym_spans import Candidate, candidates
from purport.settings import Settings

#: How precise a place of each kind is; supplement rows carry their precision as kind.
PRECISION = {"city": "exact", "admin1": "province", "admin2": "district", "admin3": "district", "admin0": "region"}
MAX_CANDIDATES = 5

Ranked = tuple[tuple[Row, float], ...]


def find_toponyms(reading: Reading, *, settings: Settings) -> Reading:
    """``reading`` with its toponyms in text order, adjectives of place among them (``adjective``). Raises ResourceError if the gazetteer
    index can be neither found nor made."""
    found = accepted(reading, candidates(reading, gazetteer=gazetteer(settings)))
    ranked = resolve(reading, found, home=settings.home_country)
    return replace(reading, toponyms=tuple(_toponym(reading, c, ranked.get(c.words, ())) for c in found))


def _toponym(reading: Reading, candidate: Candidate, ranked: Ranked) -> Toponym:
    if candidate.adjective:
        return _adjective(candidate)
    near, piece = loosened(reading, candidate), part(reading, candidate)
    literal = is_literal(reading, candidate)
    if not ranked:
        return Toponym(candidate.span, candidate.words, precision="near" if near else "unknown", literal=literal, relation=near or piece)
    best = ranked[0][0]
    return Toponym(
        candidate.span,
        candidate.words,
        geonames_id=best.geonames_id,
        country=best.country,
        admin1=best.admin1,
        latitude=best.latitude,
        longitude=best.longitude,
        precision=_precision(best, near=near, piece=piece),
        candidates=tuple(_candidate(row, score) for row, score in ranked[:MAX_CANDIDATES]),
        literal=literal,
        relation=near or piece,
    )


def _precision(row: Row, *, near: Span | None, piece: Span | None) -> str:
    if near:
        return "near"
    kind = PRECISION.get(row.kind, row.kind)
    return "region" if piece and kind == "country" else kind


def _candidate(row: Row, score: float) -> PlaceCandidate:
    return PlaceCandidate(row.geonames_id, row.name, row.country, row.admin1, row.latitude, row.longitude, score)


def _adjective(candidate: Candidate) -> Toponym:
    row = next((row for row, _ in candidate.places if row.kind == "country"), None)
    if row is None:
        return Toponym(candidate.span, candidate.words, adjective=True, literal=False)
    return Toponym(
        candidate.span,
        candidate.words,
        geonames_id=row.geonames_id,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        precision="country",
        adjective=True,
        literal=False,
    )
