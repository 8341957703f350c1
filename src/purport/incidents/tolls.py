"""How the toll moved: every count of the dead and hurt by day of publication and by origin."""

from collections.abc import Iterable

from purport.accounts import Contest, TollPoint
from purport.incident import Origin
from purport.model import Count, Role

KINDS = ("killed", "injured", "casualties", "missing")


def toll_of(contests: Iterable[Contest], origins: Iterable[Origin]) -> tuple[TollPoint, ...]:
    """Counts that somebody gives (denied ones are none), the earliest first, undated ones last; one a page, origin and count."""
    names = {origin.id: origin.name for origin in origins}
    points: dict[tuple[object, ...], TollPoint] = {}
    for contest in contests:
        if contest.role is not Role.COUNT or contest.kind not in KINDS:
            continue
        for value in contest.values:
            for saying in value.sayings:
                if isinstance(value.value, Count) and not saying.denies:
                    count = value.value
                    source = names.get(saying.origin_id or "", saying.who)
                    key = (contest.kind, contest.who, count.low, count.high, saying.origin_id or saying.who, saying.document_id)
                    points.setdefault(
                        key,
                        TollPoint(
                            saying.published,
                            contest.kind,
                            count.low,
                            count.high,
                            contest.who,
                            saying.origin_id,
                            source,
                            saying.outlet,
                            saying.document_id,
                            saying.claim_id,
                        ),
                    )
    return tuple(sorted(points.values(), key=_order))


def _order(point: TollPoint) -> tuple[object, ...]:
    return (KINDS.index(point.kind), bool(point.who), point.who, point.day or "9999", point.low or 0, point.source, point.claim_id)
