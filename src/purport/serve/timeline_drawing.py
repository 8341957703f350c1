"""The timeline as a drawing made on the server, for browsers without scripts and as the shape that scripts build on."""

from markupsafe import Markup

from purport.html.markup import attributes_of, element, text_of
from purport.serve.finding import Timeline

WIDTH, HEIGHT, FOOT = 640, 110, 18
MOST_LABELS = 8
NARROWEST = 1.0


def timeline_drawing(timeline: Timeline) -> Markup:
    """An SVG of bars with the numbers in their titles; empty if nothing has a day."""
    if not timeline.bars:
        return Markup("")
    most = max(bar.number for bar in timeline.bars)
    step = WIDTH / len(timeline.bars)
    parts = []
    for place, bar in enumerate(timeline.bars):
        height = round((HEIGHT - FOOT - 6) * bar.number / most, 1)
        box = attributes_of(
            x=f"{place * step:.1f}",
            y=f"{HEIGHT - FOOT - height:.1f}",
            width=f"{max(step - 1, NARROWEST):.1f}",
            height=f"{height}",
            data_first=bar.first,
            data_last=bar.last,
            data_n=str(bar.number),
        )
        parts.append(f"<rect{box}>{element('title', text_of(f'{_span(bar.first, bar.last)}: {bar.number}'))}</rect>")
    every = max(len(timeline.bars) // MOST_LABELS, 1)
    for place, bar in list(enumerate(timeline.bars))[::every]:
        size = {"day": 10, "month": 7, "year": 4}[timeline.unit]
        parts.append(element("text", text_of(bar.first[:size]), x=f"{place * step:.1f}", y=str(HEIGHT - 4)))
    said = f"Incidents by {timeline.unit}, {_span(timeline.bars[0].first, timeline.bars[-1].last)}"
    return Markup(element("svg", "".join(parts), class_="bars", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=said))  # noqa: S704


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
