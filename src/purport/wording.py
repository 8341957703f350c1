"""A claim's value, its source and how sure it is, in words for people; for the terminal, the HTML report and whatever shows claims."""

import re
from collections.abc import Iterable
from functools import cache

from purport.accounts import Account, Contest
from purport.codebook import in_use, incident_status, own_role, own_status, role_name
from purport.model import Attribution, Claim, Count, Document, Event, EventType, Factuality, Place, Report, Role, Stance, Thing, Time
from purport.resources import rows_of
from purport.status import quote_of, source_words, status_code
from purport.timing import date_words, precision_of

PRECISION = {
    "exact": "named place",
    "near": "near there",
    "district": "district",
    "province": "province",
    "country": "country",
    "region": "region",
    "unknown": "not resolved",
}
STANCES = {
    Stance.SAYS: "says",
    Stance.CLAIMS: "claims",
    Stance.ACCUSES: "accuses",
    Stance.ADMITS: "admits",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.THREATENS: "threatens",
    Stance.BELIEVES: "believes",
    Stance.PURPORTS: "purports to show",
}
FACTUALITIES = {
    Factuality.CERTAIN: "certain",
    Factuality.PROBABLE: "probable",
    Factuality.POSSIBLE: "possible",
    Factuality.NOT_CERTAIN: "as not so",
    Factuality.NOT_PROBABLE: "as probably not so",
    Factuality.NOT_POSSIBLE: "as possibly not so",
    Factuality.CERTAIN_UNKNOWN: "without saying whether",
    Factuality.UNDERSPECIFIED: "not as having happened",
}
UNNAMED = "source not named"
OUTLET = "the outlet itself"
SHORT_DIGEST = 12
PROVINCE_CODE = re.compile(r"[A-Z]{2}\.\w+")


def label(code: str) -> str:
    """A code as words: ``armed_assault`` → "armed assault"; what the codebook in use calls it, if it has it."""
    return in_use().labels.get(code) or code.replace("_", " ")


def capital(words: str) -> str:
    """The words with a capital at the beginning; the others stay as they are ("IED")."""
    return words[:1].upper() + words[1:]


def header_words(document: Document) -> str:
    """Date with where it was found, or "undated"; language; what was not read."""
    date = date_or_undated(document)
    found = f" ({document.published_from})" if document.published and document.published_from else ""
    unread = f"not read: {document.unread}" if document.unread else f"language: {document.language}"
    return f"{date}{found} · {unread}"


def date_or_undated(document: Document) -> str:
    """The publication date in words, or "undated"."""
    return date_words(document.published) if document.published else "undated"


def short_digest(digest: str) -> str:
    """The first twelve hexadecimal digits, enough to tell pages apart by eye."""
    return digest.removeprefix("sha256:")[:SHORT_DIGEST]


# ------------------------------------------------------------------ values
def count_range(count: Count) -> str:
    """ "12", "at least 12", "at most 20", "12–20", or "an unknown number"."""
    match (count.low, count.high):
        case (None, None):
            return "an unknown number"
        case (low, None):
            return f"at least {low:,}"
        case (None, high):
            return f"at most {high:,}"
        case (low, high) if low == high:
            return f"{low:,}"
        case (low, high):
            return f"{low:,}–{high:,}"


def count_words(count: Count) -> str:
    """ "at least 16 killed (civilian)"."""
    return f"{count_range(count)} {label(count.kind)}" + (f" ({label(count.who)})" if count.who else "")


def place_words(place: Place) -> str:
    """Name, province and country, each once, and the precision: "Raqqa, Syria (named place)"."""
    names = [place.name, _province(place), country_name(place.country) if place.country else ""]
    different = list(dict.fromkeys(name for name in names if name))
    return f"{', '.join(different)} ({PRECISION.get(place.precision, place.precision)})"


def _province(place: Place) -> str:
    """The name of the province; a bare code of the gazetteer ("RU.48") says nothing to people."""
    return "" if place.admin1 is None or PROVINCE_CODE.fullmatch(place.admin1) else place.admin1


def time_words(time: Time) -> str:
    """The date in words with its precision; "date not known" where text and date do not tell."""
    if time.edtf is None:
        return "date not known"
    words = date_words(time.edtf, timex=time.value)
    precision = precision_of(time.edtf)
    return f"{words} ({precision})" if precision else words


def thing_words(thing: Thing) -> str:
    return thing.name


def value_words(claim: Claim) -> str:
    """What the claim says, in words."""
    match claim.value:
        case Count() as count:
            return count_words(count)
        case Place() as place:
            return place_words(place)
        case Time() as time:
            return time_words(time)
        case EventType(code=code):
            return label(code)
        case Thing() as thing:
            return thing_words(thing)


def adds_to_quote(claim: Claim) -> bool:
    """Whether the value says more than the words that are quoted for it."""
    return not isinstance(claim.value, EventType) and value_words(claim).casefold() != claim.words.casefold()


@cache
def _countries() -> dict[str, str]:
    return {row["iso"]: row["name"] for row in rows_of("places/countries.tsv")}


def country_name(code: str) -> str:
    """The name of a country by its ISO 3166 code, else the code."""
    return _countries().get(code, code)


# ------------------------------------------------------------------ on whose word
def link_words(link: Attribution, text: str) -> str:
    """What to call one link of a chain: "the captive (under duress)"; "“alleged”, source not named" for hearsay."""
    words = source_words(link.source, text) or _hearsay(link, text)
    marks = [mark for mark, holds in _marks(link) if holds]
    return f"{words} ({', '.join(marks)})" if marks else words


def _hearsay(link: Attribution, text: str) -> str:
    cue = quote_of(text, link.cue)
    return f"“{cue}”, {UNNAMED}" if cue else UNNAMED


def _marks(link: Attribution) -> list[tuple[str, bool]]:
    source = link.source
    return [("a party", bool(source and source.party)), ("under duress", bool(source and source.duress))]


def chain_words(attribution_id: str | None, report: Report) -> str:
    """Who says it, the innermost first: "The captive (under duress) ← NBC"; "the outlet itself" for its own voice."""
    links = report.chain(attribution_id)
    return " ← ".join(link_words(link, report.document.text) for link in reversed(links)) or OUTLET


def stance_words(claim: Claim, report: Report) -> str:
    """How the innermost source says it; "tells" for the outlet's own voice."""
    links = report.chain(claim.attribution_id)
    return STANCES[links[-1].stance] if links else "tells"


def how_words(claim: Claim, report: Report) -> str:
    """ "says"; "claims, possible" where the voice is not certain."""
    sure = surety_words(claim)
    return stance_words(claim, report) + ("" if claim.factuality is Factuality.CERTAIN else f", {sure}")


def surety_words(claim: Claim) -> str:
    """How sure the innermost voice is."""
    return FACTUALITIES[claim.factuality]


# ------------------------------------------------------------------ how likely it is read right
#: What the figure beside a claim is a chance of; it speaks of the reading, never of the truth of what is told.
READ_RIGHT = "chance of being read right"
CONFIDENCE_MEANING = f"{READ_RIGHT}, as measured on pages coded by people; it does not say whether what is told is true"


def confidence_words(claim: Claim) -> str:
    """ "62%"."""
    return f"{claim.confidence:.0%}"


def confidence_in_full(claim: Claim) -> str:
    """ "62% chance of being read right"."""
    return f"{confidence_words(claim)} {READ_RIGHT}"


def likeliest(claims: Iterable[Claim]) -> Claim:
    """The claim most likely read right, of several that say the same on one word: what is shown for them all; the first of equals."""
    return max(claims, key=lambda claim: claim.confidence)


def reality_words(event: Event) -> str:
    """ "actual, certain", "unrealised", "negated, disputed" …"""
    certainty = event.certainty if event.reality == "actual" else ""
    return ", ".join(word for word in (event.reality, certainty, "disputed" if event.disputed else "") if word)


ROLE_LABELS = {Role.TYPE: "told as", Role.NAME: "named as"}
ROLE_ORDER = tuple(Role)


def role_label(role: Role) -> str:
    return ROLE_LABELS.get(role, role.value)


def roles_label(role: Role, types: Iterable[str], *, count: str = "") -> str:
    """What a role of events of these types is called: by the codebook in use, if that has one name for them all."""
    return role_name(role, types, count=count) or (label(count) if count else role_label(role))


def contest_label(contest: Contest, account: Account) -> str:
    """ "perpetrator", "killed (children)"; what the codebook in use calls it in events of these types."""
    name = roles_label(contest.role, (event.type for event in account.incident.events), count=contest.kind)
    return f"{name} ({contest.who})" if contest.who else name


def status_label(event: Event, report: Report) -> str:
    """How an event is told, in a word or two: as the codebook in use calls it, else the package's."""
    own = own_status(event, report)
    return own.label if own else label(status_code(event, report))


def grade_label(account: Account) -> str:
    """The status of an incident in a word or two: as the codebook in use calls it, else the package's."""
    own = incident_status(account)
    return own.label if own else label(account.grade.code)


def claim_role(claim: Claim, type: str) -> str:
    """What a claim of an event of this type is about, as the codebook in use calls it."""
    own = own_role(claim, type)
    return own.label if own else role_label(claim.role)


def claims_in_order(event: Event) -> list[Claim]:
    """The event's claims role by role, in the order of the text inside each."""
    return sorted(event.claims, key=lambda claim: (ROLE_ORDER.index(claim.role), claim.spans[0].start if claim.spans else 0))
