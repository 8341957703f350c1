"""On whose word an event stands: codes and words."""

from dataclasses import replace

import pytest

from invented_reports import Builder, bomb_page, capture_of, document_of
from purport.model import Entity, EntityKind, EventType, Factuality, Report, Role, SourceKind, Stance
from purport.status import StatusCode, quote_of, status_code, status_of

TEXT = "A bomb went off, Bel Radio reported, citing rebels and a man held by them. The army denied it. Allegedly, a monitor said."
Telling = tuple[str | None, str, Stance, SourceKind, dict[str, bool]]

REBELS: Telling = ("rebels", "citing", Stance.CLAIMS, SourceKind.ARMED_GROUP, {"party": True})
RADIO: Telling = ("Bel Radio", "reported", Stance.SAYS, SourceKind.AGENCY, {"named": True})
CAPTIVE: Telling = ("a man held by them", "citing", Stance.ADMITS, SourceKind.CAPTIVE, {"duress": True})
MONITOR: Telling = ("a monitor", "said", Stance.SAYS, SourceKind.NGO, {})
ARMY: Telling = ("The army", "denied", Stance.DENIES, SourceKind.OFFICIAL, {"party": True})
HEARSAY: Telling = (None, "Allegedly", Stance.CLAIMS, SourceKind.UNKNOWN, {})
THREAT: Telling = ("rebels", "citing", Stance.THREATENS, SourceKind.ARMED_GROUP, {"party": True})


def report_of(*chains: tuple[Telling, ...], **derived: object) -> Report:
    """A bombing that rests on these chains, each from the one nearest the outlet to the innermost."""
    build = Builder(document_of(capture_of(TEXT.encode()), TEXT))
    claims = []
    for chain in chains:
        parent = None
        for source, cue, stance, kind, flags in chain:
            parent = build.says(source, cue, stance, kind=kind, parent=parent, **flags)
        claims.append((Role.TYPE, EventType("bombing"), "bomb", parent))
    event = build.event("bomb", "bombing", claims, **derived)
    build.events[0] = replace(event, claims=event.claims[1:] or event.claims)
    return build.report()


SOURCES = {"voice": "sources"}


def negated_by_monitor() -> Report:
    report = report_of((MONITOR,), **SOURCES, reality="negated")
    claims = tuple(replace(claim, factuality=Factuality.NOT_CERTAIN) for claim in report.events[0].claims)
    return replace(report, events=(replace(report.events[0], claims=claims),))


CASES: list[tuple[str, Report, StatusCode, str]] = [
    ("fact", report_of(), StatusCode.FACT, "reported by the outlet as fact"),
    ("one source", report_of((MONITOR,), **SOURCES), StatusCode.CLAIMED, "said by a monitor; not independently reported"),
    (
        "a party's claim, via",
        report_of((RADIO, REBELS), **SOURCES),
        StatusCode.PARTY_CLAIM,
        "claimed by rebels (a party to the conflict), via Bel Radio; not independently reported",
    ),
    (
        "a party and another",
        report_of((REBELS,), (MONITOR,), **SOURCES),
        StatusCode.CLAIMED,
        "claimed by rebels (a party to the conflict); said by a monitor; not independently reported",
    ),
    (
        "a captive",
        report_of((RADIO, CAPTIVE), **SOURCES),
        StatusCode.CLAIMED,
        "admitted by a man held by them (under duress), via Bel Radio; not independently reported",
    ),
    ("hearsay", report_of((HEARSAY,), **SOURCES, certainty="possible"), StatusCode.ALLEGED, "alleged as possible, source not named"),
    ("sources without any", report_of(**SOURCES), StatusCode.ALLEGED, "alleged, source not named"),
    (
        "hedged source",
        report_of((MONITOR,), **SOURCES, certainty="probable"),
        StatusCode.CLAIMED,
        "said by a monitor as probable; not independently reported",
    ),
    ("hedged outlet", report_of(certainty="probable"), StatusCode.ALLEGED, "held probable by the outlet"),
    (
        "threat",
        report_of((THREAT,), **SOURCES, reality="unrealised"),
        StatusCode.UNREALISED,
        "threatened by rebels (a party to the conflict); not told as having happened",
    ),
    (
        "plan",
        report_of(reality="unrealised"),
        StatusCode.UNREALISED,
        "planned, feared or hypothetical; not told as having happened",
    ),
    ("denied", report_of((ARMY,), **SOURCES, reality="negated"), StatusCode.DENIED, "denied by the army (a party to the conflict)"),
    ("said not to have happened", negated_by_monitor(), StatusCode.DENIED, "denied by a monitor"),
    ("negated by the outlet", report_of(reality="negated"), StatusCode.DENIED, "reported as not having happened"),
    (
        "disputed",
        report_of((REBELS,), (ARMY,), **SOURCES, disputed=True),
        StatusCode.DISPUTED,
        "disputed: claimed by rebels (a party to the conflict); not independently reported; denied by the army (a party to the conflict)",
    ),
    (
        "fact that is denied",
        report_of((ARMY,), disputed=True),
        StatusCode.DISPUTED,
        "disputed: reported by the outlet as fact; denied by the army (a party to the conflict)",
    ),
]


@pytest.mark.parametrize(("report", "code", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_status(report: Report, code: StatusCode, words: str) -> None:
    event = report.events[0]
    assert (status_code(event, report), status_of(event, report)) == (code, words)


def test_an_outlet_that_is_a_party_states_a_partys_claim() -> None:
    report = replace(report_of(), entities=(Entity("e", "the harbour courier", EntityKind.OUTLET, party=True),))
    assert status_code(report.events[0], report) is StatusCode.PARTY_CLAIM
    assert "itself a party to the conflict" in status_of(report.events[0], report)


def test_a_claim_of_negative_factuality_is_a_denial() -> None:
    report = report_of((REBELS,), (MONITOR,), **SOURCES, disputed=True)
    event = report.events[0]
    denied = replace(event.claims[1], factuality=Factuality.NOT_CERTAIN)
    event = replace(event, claims=(event.claims[0], denied))
    assert status_of(event, report).endswith("; denied by a monitor")


def test_talk_never_reads_as_fact() -> None:
    talk = [report for name, report, code, _ in CASES if code is not StatusCode.FACT]
    assert len(talk) == len(CASES) - 1
    assert not any(status_of(report.events[0], report).startswith("reported by the outlet as fact") for report in talk)


def test_many_sources_are_cut_short() -> None:
    _, report = bomb_page()
    links = tuple(
        replace(report.attributions[0], id=f"att-{n}", stance=stance) for n, stance in enumerate(Stance) if stance is not Stance.DENIES
    )
    claims = tuple(replace(report.events[0].claims[0], attribution_id=link.id) for link in links)
    report = replace(report, attributions=links, events=(replace(report.events[0], claims=claims),))
    assert "; and 5 more;" in status_of(report.events[0], report)


def test_quotes_in_pieces_are_joined_visibly() -> None:
    _, report = bomb_page()
    spans = tuple(link.source.spans[0] for link in report.attributions[:2] if link.source)
    assert quote_of(report.document.text, spans) == "the governor … the Tidewater Agency"
