"""Drawings of an incident as inline SVG: how the report travelled, and how the toll moved. No script, no style of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from purport.accounts import Leg, Route, Stop, TollPoint
from purport.html.markup import element, text_of
from purport.incident import Origin
from purport.model import Count
from purport.timing import date_words
from purport.wording import count_range

BOX_WIDTH, BOX_HEIGHT, ROW, COLUMN_GAP, HEAD = 196, 30, 40, 56, 28
LONGEST_NAME, LONGEST_LABEL = 24, 38  #: characters that a box, and the margin of the chart, hold at 12 px
CHART_WIDTH, LEAST_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 920, 240, 46, 316, 16, 34
LABEL_HEIGHT, MOST_LABELS = 16, 16


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: float

    @property
    def middle(self) -> float:
        return self.y + BOX_HEIGHT / 2


# ------------------------------------------------------------------ how it travelled
def route_drawing(route: Route, *, links: Mapping[str, str]) -> str:
    """Origins on the left, those who carried it, then pages by day of publication; ``links`` are the addresses of pages by document id."""
    columns = _columns(route)
    if not columns:
        return ""
    boxes = _placed(columns, route)
    width = len(columns) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2
    height = HEAD + max(len(stops) for _, stops in columns) * ROW + 4
    parts = [_column_title(title, number) for number, (title, _) in enumerate(columns)]
    stops = {stop.id: stop for stop in route.stops}
    drawn = [leg for leg in route.legs if leg.first in boxes and leg.second in boxes]
    parts += [_leg(leg, boxes, stops=stops, number=number) for number, leg in enumerate(drawn)]
    parts += [_box(stop, boxes[stop.id], links=links) for stop in route.stops if stop.id in boxes]
    label = f"How the report travelled: {len(route.stops)} stops, {len(route.legs)} legs"
    return _svg("".join(parts), width=width, height=round(height), label=label, kind="route")


def _columns(route: Route) -> list[tuple[str, list[Stop]]]:
    """Titles and stops of each column: origins, carriers, then pages by day, a copy always right of what it copies."""
    origins = [stop for stop in route.stops if stop.kind == "origin"]
    carriers = [stop for stop in route.stops if stop.kind == "carrier"]
    pages = [stop for stop in route.stops if stop.kind == "page"]
    depths = _depths(pages, route.legs)
    steps = sorted({(stop.day[:10] if stop.day else "9999", depths[stop.id]) for stop in pages})
    columns = [("where it comes from", origins), ("through whom", carriers)]
    for day, depth in steps:
        own = [stop for stop in pages if (stop.day[:10] if stop.day else "9999", depths[stop.id]) == (day, depth)]
        columns.append(("undated" if day == "9999" else date_words(day), own))
    return [(title, stops) for title, stops in columns if stops]


def _depths(pages: Sequence[Stop], legs: Iterable[Leg]) -> dict[str, int]:
    """How many pages of the same day a page came through."""
    days = {stop.id: stop.day for stop in pages}
    depths = dict.fromkeys(days, 0)
    between = [leg for leg in legs if leg.first in days and leg.second in days and days[leg.first] == days[leg.second]]
    for _ in range(min(len(pages), 6)):  # a circle ends here; six copies of copies in one day are drawn, more share a column
        for leg in between:
            depths[leg.second] = min(max(depths[leg.second], depths[leg.first] + 1), 6)
    return depths


def _placed(columns: Sequence[tuple[str, Sequence[Stop]]], route: Route) -> dict[str, _Box]:
    """Boxes; in each column the stops in the order of the middles of what leads to them, so that few legs cross."""
    tallest = max(len(stops) for _, stops in columns)
    boxes: dict[str, _Box] = {}
    for number, (_, stops) in enumerate(columns):
        first = (tallest - len(stops)) // 2
        ordered = sorted(stops, key=lambda stop: (_pull(stop, route.legs, boxes=boxes), stop.name, stop.id)) if number else list(stops)
        for row, stop in enumerate(ordered, start=first):
            boxes[stop.id] = _Box(1 + number * (BOX_WIDTH + COLUMN_GAP), HEAD + ROW * row + (ROW - BOX_HEIGHT) / 2)
    return boxes


def _pull(stop: Stop, legs: Iterable[Leg], *, boxes: Mapping[str, _Box]) -> float:
    middles = [boxes[leg.first].middle for leg in legs if leg.second == stop.id and leg.first in boxes]
    return sum(middles) / len(middles) if middles else 0.0


def _column_title(title: str, number: int) -> str:
    return _text(title, x=1 + number * (BOX_WIDTH + COLUMN_GAP), y=14, class_="column")


def _leg(leg: Leg, boxes: Mapping[str, _Box], *, stops: Mapping[str, Stop], number: int) -> str:
    """A line from box to box; past a column in between it runs in the lane between two rows, where no box stands."""
    start, end = boxes[leg.first], boxes[leg.second]
    x1, x2, y1, y2 = start.x + BOX_WIDTH, end.x, start.middle, end.middle
    half = COLUMN_GAP / 2
    if x2 - x1 <= COLUMN_GAP:
        path = f"M{x1} {y1:.0f} C{x1 + half:.0f} {y1:.0f} {x2 - half:.0f} {y2:.0f} {x2} {y2:.0f}"
    else:
        lane = y2 + (-ROW if y1 < y2 else ROW) / 2 + number % 3 * 2 - 2
        enter = f"C{x1 + half:.0f} {y1:.0f} {x1 + half:.0f} {lane:.0f} {x1 + COLUMN_GAP} {lane:.0f}"
        leave = f"C{x2 - half:.0f} {lane:.0f} {x2 - half:.0f} {y2:.0f} {x2} {y2:.0f}"
        path = f"M{x1} {y1:.0f} {enter} H{x2 - COLUMN_GAP} {leave}"
    return element("path", _title(leg.why), d=path, class_=f"leg {standing_class(stops[leg.first].standing)}")


def _box(stop: Stop, box: _Box, *, links: Mapping[str, str]) -> str:
    kind = f"stop {stop.kind} {standing_class(stop.standing)}"
    frame = f'<rect x="{box.x}" y="{box.y:.0f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
    words = _text(shortened(stop.name), x=box.x + 9, y=round(box.y) + 20)
    full = stop.name + (f", {stop.standing.value}" if stop.standing else "")
    group = element("g", _title(full) + frame + words, class_=kind)
    target = links.get(stop.document_id or "")
    return element("a", group, href=target, aria_label=full) if target else group


def standing_class(standing: object) -> str:
    """The class that colours what an origin's standing colours; empty without one."""
    return str(standing).replace(" ", "_") if standing else ""


# ------------------------------------------------------------------ how the toll moved
def toll_drawing(points: Sequence[TollPoint], *, origins: Mapping[str, Origin], links: Mapping[str, str] | None = None) -> str:
    """Counts by day of publication, a line for each source; a range is a bar, an open end has an arrow. Empty with nothing to draw.

    ``links``: addresses of the evidence by the ids of claims.
    """
    drawn = [point for point in points if point.low is not None or point.high is not None]
    if not drawn:
        return ""
    days = sorted({point.day[:10] for point in drawn if point.day})
    top = max(max(point.low or 0, point.high or 0) for point in drawn) or 1
    lines: dict[str, list[TollPoint]] = {}
    for point in drawn:
        lines.setdefault(f"{point.source}{f' ({point.who})' if point.who else ''}", []).append(point)
    height = max(LEAST_HEIGHT, TOP + BOTTOM + (min(len(lines), MOST_LABELS) + 1) * LABEL_HEIGHT)
    scale = _Scale(days, top, height, undated=any(not point.day for point in drawn))
    parts = [_axes(scale)]
    parts += [_line(own, scale, standing=_standing(own[0], origins), links=links or {}) for own in lines.values()]
    parts += _labels(lines, scale, origins=origins)
    return _svg("".join(parts), width=CHART_WIDTH, height=height, label=f"{drawn[0].kind.capitalize()} over time, by source", kind="toll")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day and a number stand in the chart."""

    days: Sequence[str]
    top: int
    height: int
    undated: bool

    def x(self, day: str | None) -> float:
        first = LEFT + (60 if self.undated else 0) + 14
        if not day:
            return LEFT + 24
        numbers = [_ordinal(each) for each in self.days]
        if len(numbers) < 2 or numbers[-1] == numbers[0]:
            return first
        return first + (CHART_WIDTH - RIGHT - first) * (_ordinal(day[:10]) - numbers[0]) / (numbers[-1] - numbers[0])

    def y(self, number: float) -> float:
        return self.height - BOTTOM - (self.height - TOP - BOTTOM) * number / (self.top * 1.08)


def _ordinal(day: str) -> int:
    """The number of a day; a month or a year counts as its first day."""
    parts = [*day.split("-"), "01", "01"]
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2])).toordinal()
    except ValueError:
        return 0


def _axes(scale: _Scale) -> str:
    steps = _ticks(scale.top)
    grid = [
        f'<path class="grid" d="M{LEFT} {scale.y(n):.0f} H{CHART_WIDTH - RIGHT + 14}"/>'
        + _text(f"{n:,}", x=LEFT - 8, y=round(scale.y(n)) + 4, class_="tick end")
        for n in steps
    ]
    shown, last = [], -100.0
    for day in ([""] if scale.undated else []) + list(scale.days):
        x = scale.x(day or None)
        if x - last >= 84:
            shown.append(_text(date_words(day) if day else "undated", x=round(x), y=scale.height - 10, class_="tick middle"))
            last = x
    return "".join([*grid, *shown])


def _ticks(top: int) -> list[int]:
    """Three or four round numbers from nought."""
    step = 1
    while top / step > 4:
        step *= 2 if str(step)[0] in "15" else 5
        if str(step)[0] == "1" or step % 10 == 0 or step in (2, 5):
            continue
    return list(range(0, top + 1, step))


def _line(points: Sequence[TollPoint], scale: _Scale, *, standing: str, links: Mapping[str, str]) -> str:
    dated = sorted((point for point in points if point.day), key=lambda point: point.day or "")
    spots = [f"{scale.x(point.day):.0f} {scale.y(_middle(point)):.0f}" for point in dated]
    joined = f'<path class="trend" d="M{" L".join(spots)}"/>' if len(spots) > 1 else ""
    drawn = "".join(_point(point, scale, target=links.get(point.claim_id)) for point in points)
    return element("g", joined + drawn, class_=f"series {standing}")


def _middle(point: TollPoint) -> float:
    known = [end for end in (point.low, point.high) if end is not None]
    return sum(known) / len(known)


def _point(point: TollPoint, scale: _Scale, *, target: str | None) -> str:
    x = round(scale.x(point.day))
    count = f"{count_range(Count(point.kind, point.low, point.high))} {point.kind}{f' ({point.who})' if point.who else ''}"
    words = f"{count}, {point.source}, {point.outlet}"
    if point.low is not None and point.high is not None and point.low != point.high:
        shape = f'<path class="bar" d="M{x} {scale.y(point.low):.0f} V{scale.y(point.high):.0f}"/>'
    elif point.high is None or point.low is None:
        y, way = scale.y(_middle(point)), -1 if point.high is None else 1
        arrow = f'<path class="bar" d="M{x} {y:.0f} v{way * 16} m-4 {-way * 5} l4 {way * 5} l4 {-way * 5}"/>'
        shape = f'{arrow}<circle cx="{x}" cy="{y:.0f}" r="4"/>'
    else:
        shape = f'<circle cx="{x}" cy="{scale.y(point.low or 0):.0f}" r="4"/>'
    group = element("g", _title(words) + shape)
    return element("a", group, href=target, aria_label=words) if target else group


def _labels(lines: Mapping[str, Sequence[TollPoint]], scale: _Scale, *, origins: Mapping[str, Origin]) -> list[str]:
    """The name of each source beside its last count, moved apart where they would touch."""
    wanted = sorted(((scale.y(_middle(own[-1])), name, own[-1]) for name, own in lines.items()), key=lambda each: (each[0], each[1]))
    room = min(len(wanted), MOST_LABELS)
    parts, last = [], float(TOP)
    for left, (y, name, point) in zip(range(room, 0, -1), wanted, strict=False):
        at = min(max(y + 4, last), scale.height - BOTTOM - (left - 1) * LABEL_HEIGHT)
        last = at + LABEL_HEIGHT
        x = CHART_WIDTH - RIGHT + 26
        hook = f'<path class="hook" d="M{scale.x(point.day) + 6:.0f} {y:.0f} L{x - 5} {at - 4:.0f}"/>'
        parts.append(
            element(
                "g", hook + _text(shortened(name, longest=LONGEST_LABEL), x=x, y=round(at)), class_=f"series {_standing(point, origins)}"
            )
        )
    if len(wanted) > room:
        parts.append(_text(f"and {len(wanted) - room} more", x=CHART_WIDTH - RIGHT + 26, y=round(last), class_="tick"))
    return parts


def _standing(point: TollPoint, origins: Mapping[str, Origin]) -> str:
    origin = origins.get(point.origin_id or "")
    return standing_class(origin.standing.value if origin else "unknown")


# ------------------------------------------------------------------ pieces
def _svg(content: str, *, width: int, height: int, label: str, kind: str) -> str:
    inside = _title(label) + content
    role = "group" if "<a " in content else "img"  # what is inside an image cannot be reached by those who hear the page
    drawn = element(
        "svg", inside, viewBox=f"0 0 {width} {height}", width=str(width), height=str(height), role=role, class_=f"drawing {kind}"
    )
    return element("div", drawn, class_="scrolled", tabindex="0", role="region", aria_label=label)


def _title(words: str) -> str:
    return element("title", text_of(words))


def _text(words: str, *, x: float, y: float, class_: str | None = None) -> str:
    return element("text", text_of(words), x=str(x), y=str(y), class_=class_)


def shortened(name: str, *, longest: int = LONGEST_NAME) -> str:
    """A name as it fits in a box."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
