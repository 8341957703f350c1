"""Draws ``docs/pictures`` from the example pages: ``make pictures``. Needs Chromium (Debian: ``apt-get install chromium``)."""

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from workbench_pictures import draw_workbench

from purport import Page, pages
from purport.html import write
from purport.incident import Incident, Telling, incident_id
from purport.incidents import account_of
from purport.terminal import page_view

PICTURES = Path(__file__).parent / "pictures"
EXAMPLES = Path(str(files("purport.resources").joinpath("examples/pages")))
REPORT_PAGE, REPORT_MARK = "c1-captive-video.html", ">seized<"
TERMINAL_PAGE = "c1-captive-video.html"
INCIDENT_PAGES, INCIDENT_TYPE = ("b1", "b2", "b3", "b4", "b5"), "air_strike"  #: of the strike on Ariha
MOST_BYTES = 400_000
SWITCHED_OFF = ("gpu", "quic", "background-networking", "component-update", "sync")
FLAGS = ("--headless", "--no-sandbox", "--no-first-run", "--hide-scrollbars", *(f"--disable-{name}" for name in SWITCHED_OFF))
COLOURS = {"force_terminal": True, "color_system": "truecolor", "markup": False, "highlight": False}
THEME = TerminalTheme(
    (24, 27, 32),
    (226, 229, 233),
    [(70, 76, 84), (255, 120, 110), (126, 211, 155), (240, 190, 90), (110, 170, 250), (225, 140, 215), (105, 205, 220), (226, 229, 233)],
)
TERMINAL = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; background: {background}; color: {foreground}; }}
pre {{ margin: 0; padding: 22px 26px; font: 15px/1.22 "DejaVu Sans Mono", monospace; }}
</style><pre><code style="font-family:inherit">$ purport read {name}

{code}</code></pre>"""


def main() -> int:
    """Draw the pictures; 1 if there is no Chromium or a picture is too large."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no chromium on this machine (apt-get install chromium)", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = screenshot(chromium, report_markup(), name="report", size=(1280, 1060), folder=Path(folder))
        terminal = screenshot(chromium, terminal_markup(), name="terminal", size=(1000, 690), folder=Path(folder))
        incident = screenshot(chromium, incident_markup(), name="incident", size=(1280, 1240), folder=Path(folder))
        workbench = draw_workbench(chromium, pictures=PICTURES, folder=Path(folder))
    return max(map(check, (report, terminal, incident, *workbench)))


def example(name: str) -> Page:
    """One example page, read; its path without the machine's folders."""
    page = next(iter(pages(EXAMPLES / name)))
    if not isinstance(page, Page):
        raise SystemExit(str(page))
    return replace(page, capture=replace(page.capture, origin=name))


def report_markup() -> str:
    """The report of one page, its notice accepted, the eye on one claim."""
    page = example(REPORT_PAGE)
    file = io.StringIO()
    write([(page.capture, page.report)], file)
    markup = file.getvalue().replace('<details class="notice">', '<details class="notice" open>')
    mark = markup.index(REPORT_MARK)
    tag = markup.rindex("<span", 0, mark) + len("<span")
    return f"{markup[:tag]} autofocus{markup[tag:]}"


def incident_markup() -> str:
    """The report of one incident that five pages tell, its notice accepted, without the list of pages."""
    found = [example(path.name) for path in sorted(EXAMPLES.iterdir()) if path.name[:2] in INCIDENT_PAGES]
    tellings = tuple(
        Telling(event, page.report.document, page.report.attributions, page.report.entities)
        for page in found
        for event in page.report.events
        if event.type == INCIDENT_TYPE
    )
    account = account_of(Incident(incident_id(tuple(telling.event.id for telling in tellings)), tellings))
    file = io.StringIO()
    write([(page.capture, page.report) for page in found], file, accounts=[account])
    markup = file.getvalue().replace('<details class="notice">', '<details class="notice" open>')
    hidden = "<style>.contents,.legend,.notice>summary,.top{display:none}</style>"
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', hidden, markup)


def terminal_markup() -> str:
    """The terminal view of one page, as a terminal shows it."""
    page = example(TERMINAL_PAGE)
    console = Console(record=True, width=100, file=io.StringIO(), **COLOURS)
    console.print(page_view(page.report, digest=page.capture.digest))
    code = TERMINAL.replace("{name}", html.escape(TERMINAL_PAGE))
    return console.export_html(theme=THEME, inline_styles=True, code_format=code)


def screenshot(chromium: str, markup: str, *, name: str, size: tuple[int, int], folder: Path) -> Path:
    source, picture = folder / f"{name}.html", PICTURES / f"{name}.png"
    source.write_text(markup, encoding="utf-8")
    window = f"--window-size={size[0]},{size[1]}"
    command = [chromium, *FLAGS, f"--user-data-dir={folder / name}", window, f"--screenshot={picture}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    return picture


def check(picture: Path) -> int:
    size = picture.stat().st_size
    print(f"{picture}: {size:,} bytes")
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
