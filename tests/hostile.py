"""A page that attacks whoever looks at it: script, terminal escapes, letters turned round, in every field."""

from dataclasses import replace

from invented_reports import Builder, Page, capture_of, document_of
from purport.model import Role, SourceKind, Stance, Thing
from purport.print_safe import HARMFUL

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m"
TURNED = "\u202egpj.exe\u2066"
BREAKOUT = "\"'><svg onload=alert(3)>&lt;/q>"
ATTACK = f"{SCRIPT}{ESCAPE}{TURNED}{BREAKOUT}"
TEXT = f"A bomb {ATTACK} went off, {SCRIPT} the rebels said {ESCAPE} today. </article></details><style>*{{display:none}}</style>"


def hostile_page() -> Page:
    """A capture and a report in which every string that a page can set attacks."""
    capture = replace(capture_of(TEXT.encode("utf-8", "surrogatepass"), origin=f"file {ATTACK}"), url=f"javascript:alert(4)//{ATTACK}")
    document = replace(
        document_of(capture, TEXT, title=f"Title {ATTACK}"),
        outlet=f"Outlet {ATTACK}",
        byline=f"By {ATTACK}",
        rights=f"Rights {ATTACK}",
        published_from=f"meta {ATTACK}",
        language='en" onmouseover="alert(5)',
        furniture=(f"Menu {ATTACK}",),
    )
    build = Builder(document, reader=f"rules {ATTACK}")
    rebels = build.says(f"{SCRIPT} the rebels", f"said {ESCAPE}", Stance.CLAIMS, kind=SourceKind.ARMED_GROUP, party=True)
    target = Thing(f"Name {ATTACK}")
    build.event(f"bomb {ATTACK}", "bombing", [(Role.TARGET, target, f"{ATTACK} went", rebels)], word=rebels, voice="sources")
    return capture, build.report()


def spoken_safely(text: str) -> bool:
    """Whether a terminal could not be made to do anything by it."""
    return not HARMFUL.search(text.replace("\n", ""))
