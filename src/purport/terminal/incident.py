"""An incident: what it is on whose word, who says what, where that comes from, how the toll moved, what cannot all be true."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from purport.accounts import Account, GradeCode, Resolution, Told, TollPoint
from purport.incident import Folded, Origin, Standing
from purport.model import Count, Role
from purport.terminal.screen import NARROW
from purport.terminal.styles import CHAIN, HEADLINE, QUIET, ROLE, words
from purport.timing import date_words
from purport.wording import contest_label, count_range, grade_label, label, role_label

GRADES = {
    GradeCode.CONFIRMED: "bold green",
    GradeCode.FAIR: "bold green",
    GradeCode.WEAK: "bold yellow",
    GradeCode.CONTESTED: "bold red",
    GradeCode.DENIED: "bold red",
    GradeCode.PARTY_CLAIM: "bold magenta",
    GradeCode.UNREALISED: "bold cyan",
}
STANDINGS = {Standing.THIRD_PARTY: "green", Standing.UNKNOWN: "yellow", Standing.PARTY: "magenta", Standing.CAPTIVE: "red"}
MOST_WHO, MOST_PAGES, INDENT = 3, 12, 3


def incident_view(account: Account, *, columns: int, resolution: Resolution | None = None) -> RenderableType:
    """Everything about one incident; narrow terminals get who says a value under it rather than beside it."""
    parts: list[RenderableType] = [incident_title(account), words(account.summary), words(account.grade.sentence), ""]
    parts += [_heading("Who says what"), _indented(claims_table(account, columns=columns)), ""]
    parts += [_heading("Where it comes from"), _indented(origins_tree(account)), ""]
    if account.toll:
        parts += [_heading("The toll over time"), _indented(toll_table(account.toll, columns=columns)), ""]
    parts += [_heading("What cannot all be true"), *(_indented(line) for line in dispute_lines(account)), ""]
    if resolution:
        parts += [_heading(f"Resolved by policy {resolution.policy}"), *(_indented(line) for line in resolution_lines(resolution)), ""]
    return Group(*parts, words(account.incident.id, QUIET))


def incident_title(account: Account) -> Text:
    """ "AIR STRIKE  contested", the status in its colour."""
    types = dict.fromkeys(event.type for event in account.incident.events)
    style = GRADES[account.grade.code]
    return Text.assemble((", ".join(map(label, types)).upper(), style), "  ", (grade_label(account), style))


def _heading(title: str) -> Text:
    return words(title, HEADLINE)


def _indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, INDENT))


# ------------------------------------------------------------------ claims
def claims_table(account: Account, *, columns: int) -> Table:
    """Role, value, and who gives it or denies it."""
    is_narrow = columns < NARROW
    table = Table.grid(padding=(0, 2))
    rest = columns - INDENT - 20
    for width in (16, rest if is_narrow else rest * 2 // 5, *([] if is_narrow else [rest - rest * 2 // 5 - 2])):
        table.add_column(width=width)
    for contest in account.contests:
        for position, value in enumerate(contest.values):
            title = words("" if position else contest_label(contest, account), ROLE)
            what, who = value_text(value), who_text(value, account)
            table.add_row(title, *([Group(what, who)] if is_narrow else [what, who]))
    return table


def value_text(value: Told) -> Text:
    """The value, struck through if nobody holds it, quiet if something took its place."""
    shown = count_range(value.value) if isinstance(value.value, Count) else value.words
    if not value.affirmed:
        return words(f"not {shown}", QUIET)
    return Text.assemble(words(shown, QUIET if value.replaced_by else ""), words(" (earlier figure)" if value.replaced_by else "", QUIET))


def who_text(value: Told, account: Account) -> Text:
    """Origins that give it with the day it was first seen, then those who deny it."""
    giving = names_of(value, account)
    first = f", first seen {date_words(value.first_seen)}" if value.first_seen and giving else ""
    denying = names_of(value, account, denying=True)
    parts = [words(_listed(giving), CHAIN), words(first, QUIET)] if giving else []
    parts += [words("; " if giving else ""), words(f"denied by {_listed(denying)}", "red")] if denying else []
    return Text.assemble(*parts)


def names_of(value: Told, account: Account, *, denying: bool = False) -> list[str]:
    """Names of the origins, or the words of the chain where a claim rests on none."""
    named = [origin.name for each in value.origins(denying=denying) if (origin := account.origin(each))]
    others = [saying.who for saying in value.sayings if saying.denies == denying and saying.origin_id is None]
    return list(dict.fromkeys([*named, *([] if named else others)]))


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_WHO
    return ", ".join(names[:MOST_WHO]) + (f" and {more} more" if more > 0 else "")


# ------------------------------------------------------------------ origins
def origins_tree(account: Account) -> Tree:
    """Each origin with its standing and the pages that rest on it, each with the reason."""
    number = len(account.incident.independent_sources())
    tree = Tree(words(f"{number} independent {'source' if number == 1 else 'sources'} behind {_pages(account)}"), guide_style=QUIET)
    for origin in account.incident.origins:
        branch = tree.add(origin_text(origin))
        for folded in origin.folded[:MOST_PAGES]:
            branch.add(page_text(folded, account))
        if len(origin.folded) > MOST_PAGES:
            branch.add(words(f"and {len(origin.folded) - MOST_PAGES} more pages", QUIET))
    return tree


def _pages(account: Account) -> str:
    number = len(account.documents)
    return f"{number} {'page' if number == 1 else 'pages'}"


def origin_text(origin: Origin) -> Text:
    """ "White Helmets  third party: watches or helps …"."""
    only = "" if origin.tells else "; only denies or doubts"
    style = STANDINGS[origin.standing]
    return Text.assemble(words(origin.name, "bold"), "  ", (origin.standing.value, style), words(f": {origin.standing_why}{only}", QUIET))


def page_text(folded: Folded, account: Account) -> Text:
    """ "The Harbour Courier, 13 February 2020: near-copy of …"."""
    document = next((d for d in account.documents if d.id == folded.document_id), None)
    outlet = (document.outlet if document else None) or "outlet not known"
    day = f", {date_words(document.published)}" if document and document.published else ""
    via = f" (via {', '.join(folded.via)})" if folded.via else ""
    return Text.assemble(words(outlet), words(f"{day}: {folded.why}{via}", QUIET))


# ------------------------------------------------------------------ the toll, disputes, policies
def toll_table(points: Iterable[TollPoint], *, columns: int) -> Table:
    """Day, count, whose count, and the page."""
    table = Table.grid(padding=(0, 2))
    for width in (16, 22, None, *([] if columns < NARROW else [None])):
        table.add_column(width=width)
    for point in points:
        day = date_words(point.day) if point.day else "undated"
        who = f" ({point.who})" if point.who else ""
        count = f"{count_range(Count(point.kind, point.low, point.high))} {point.kind}{who}"
        source = Text.assemble(words(point.source, CHAIN))
        table.add_row(words(day, QUIET), words(count), source, *([] if columns < NARROW else [words(point.outlet, QUIET)]))
    return table


def dispute_lines(account: Account) -> Iterator[Text]:
    """One line a contest; a line that says so if there is none."""
    if not account.disputes:
        yield words("Nothing: all values can be true at once.", QUIET)
    for contest in account.disputes:
        yield Text.assemble((f"{contest_label(contest, account)}: ", ROLE), words(contest.why))


def resolution_lines(resolution: Resolution) -> Iterator[Text]:
    """What the policy is, and what it makes of each role."""
    yield words(f"{resolution.stated}.", QUIET)
    for each in resolution.resolved:
        title = (f"{each.kind} ({each.who})" if each.who else each.kind) or role_label(each.role)
        bounds = [str(bound) for bound in (each.low, each.best, each.high) if bound is not None] if each.kind else []
        figures = f" [{' / '.join(bounds)}]" if len(set(bounds)) > 1 else ""
        yield Text.assemble((f"{title}: ", ROLE), words(f"{each.words}{figures}"), words(f"  {each.why}", QUIET))


def incident_line(account: Account, *, resolution: Resolution | None = None) -> RenderableType:
    """One incident in a list: title, id, summary, and the dead by a policy."""
    title = Text.assemble(incident_title(account), "  ", words(account.incident.id, QUIET))
    lines: list[RenderableType] = [words(account.summary)]
    killed = resolution.of(Role.COUNT, "killed") if resolution else None
    if resolution and killed:
        bounds = "/".join(str(bound) for bound in (killed.low, killed.best, killed.high) if bound is not None)
        lines.append(words(f"killed by policy {resolution.policy}: {bounds or killed.words} ({killed.why})", QUIET))
    return Group(title, Padding(Group(*lines), (0, 0, 1, INDENT)))
