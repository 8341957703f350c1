"""``purport merge``: events of several pages into incidents, and people's word on what is one and what is not."""

import getpass
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from purport.cli import options
from purport.cli.exits import INTERRUPTED, explained, say
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.incident import Link, LinkJudgement, LinkVerdict
    from purport.linkage import LinkRun, LinkStep
    from purport.store import Store

TWO = "two events or incidents, by id or its beginning"
Two = tuple[str, str] | None
Same = Annotated[Two, typer.Option("--same", metavar="A B", help=f"Say that {TWO}, are one incident.", show_default=False)]
Different = Annotated[Two, typer.Option("--different", metavar="A B", help=f"Say that {TWO}, are not one incident.", show_default=False)]
Undo = Annotated[Two, typer.Option("--undo", metavar="A B", help="Take back what you said of the two.", show_default=False)]
Coder = Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; your user name if not given.", show_default=False)]
Note = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
Proposals = Annotated[bool, typer.Option("--proposals", help="List what waits for a person: incidents that may be one.")]
Limit = Annotated[int, typer.Option(metavar="N", min=1, help="With --proposals, at most so many.")]
Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", min=0, max=64, help="Processes that share the describing; 0: one for each core, 8 at most.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object (with --proposals one a line).")]


@explained
def merge(
    db: options.Database,
    same: Same = None,
    different: Different = None,
    undo: Undo = None,
    coder: Coder = None,
    note: Note = "",
    proposals: Proposals = False,
    limit: Limit = 20,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Bring the events of several pages together that tell of one incident. Only what is new, or touched by it, is looked at.

    What is likely but not sure is proposed and joins nothing. `--same` and `--different` are a person's word: kept with name, time and
    note, above the machine's, and taken back with `--undo`. To split an event off, say `--different` of it and its incident.
    """
    from purport.store import Store

    with Store(db) as store:
        if proposals:
            _list_proposals(store, limit=limit, as_json=as_json)
            return
        judgement = _asked(same, different, undo)
        judgements, run = _work(store, judgement, coder=coder or getpass.getuser(), note=note, quiet=as_json, jobs=jobs)
        counts = {"incidents": store.count_incidents(), "of_several_pages": _of_several_pages(store)}
    _print(judgements, run, counts=counts, as_json=as_json)
    if run.interrupted:
        say("stopped; what is done is kept, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED)


def _asked(same: Two, different: Two, undo: Two) -> "tuple[LinkVerdict, tuple[str, str]] | None":
    from purport.errors import SettingsError
    from purport.incident import LinkVerdict

    given = zip((LinkVerdict.SAME, LinkVerdict.DIFFERENT, LinkVerdict.WITHDRAWN), (same, different, undo), strict=True)
    found = [(verdict, pair) for verdict, pair in given if pair]
    if len(found) > 1:
        raise SettingsError("only one judgement at a time", remedy="give one of --same, --different, --undo")
    return found[0] if found else None


def _work(
    store: "Store", asked: "tuple[LinkVerdict, tuple[str, str]] | None", *, coder: str, note: str, quiet: bool, jobs: int
) -> "tuple[tuple[LinkJudgement, ...], LinkRun]":
    from purport import merging, sharing

    if asked is None:
        return (), merging.merge(store, progress=None if quiet else _progress(), jobs=jobs or sharing.most_jobs())
    verdict, ids = asked
    return merging.judge_links(store, ids, verdict=verdict, coder=coder, note=note)


def _progress() -> "Any":
    """Says every few hundred pages how far the run is, on standard error."""

    def tell(step: "LinkStep") -> None:
        doing = {"compare": "pages compared", "settle": "events settled", "describe": "incidents described"}[step.stage]
        if step.total > 1000:
            say(f"{step.done} of {step.total} {doing}")

    return tell


def _of_several_pages(store: "Store") -> int:
    from purport.store import IncidentFilter

    return store.count_incidents(IncidentFilter(min_pages=2))


def _print(judgements: "tuple[LinkJudgement, ...]", run: "LinkRun", *, counts: dict[str, int], as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        print(json.dumps({**asdict(run), **counts, "judgements": [asdict(made) for made in judgements]}, ensure_ascii=False))
        return
    for made in judgements:
        print(print_safe(f"{made.id}: {made.first} {made.second} {made.verdict.value}, {made.coder}, {made.made_at}"))
    print(f"{run.pages} pages compared: {run.joined} pairs joined, {run.proposed} proposed, {run.parted} parted, {run.moved} events moved")
    print(f"{counts['incidents']} incidents, {counts['of_several_pages']} of them told by several pages")


def _list_proposals(store: "Store", *, limit: int, as_json: bool) -> None:
    found = list(store.proposals(limit=limit))
    for link, one, other in found:
        print(_proposal_json(link, one, other=other) if as_json else print_safe(_proposal(link, one, other=other)))
    if not found and not as_json:
        print("nothing waits for a person")


def _proposal(link: "Link", one: str, *, other: str) -> str:
    why = ", ".join(f"{told} ({weight:+.1f})" for told, weight in link.reasons[:5])
    return f"{link.score:.2f}  {one} and {other}: {why}\n      {link.first} {link.second}"


def _proposal_json(link: "Link", one: str, *, other: str) -> str:
    record = {"score": link.score, "incidents": [one, other], "events": [link.first, link.second], "reasons": link.reasons, "by": link.by}
    return json.dumps(record, ensure_ascii=False)
