"""What a single line of a news page is, told by its words alone: furniture, rights line, byline, credit, caption, dateline."""

import re
from dataclasses import dataclass
from functools import cache

from purport.resources import yaml_of

#: A longer line is text even if it opens like furniture ("Sign up for the army, the minister urged …").
LONGEST_FURNITURE = 320
LONGEST_BYLINE = 120
LONGEST_CAPTION = 500
LONGEST_CREDIT = 120
LONGEST_DATELINE = 160

_DASH = r"(?:--+|[-–—―_])"
_DASH_OR_COLON = r"(?:--+|[-–—―_]|:(?=\s))"
_TOWN = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’`-]*(?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’`-]+){0,3}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’`-]+(?:[ /](?:al-|[A-ZÀ-ÖØ-Þ])[\w.'’`-]+){0,3}"
_REGION = rf"(?:, ?(?!\d){_NAME}\.?){{0,2}}"
_MONTH = r"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = rf"(?:,? ?(?:{_WEEKDAY},? )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? (?:\d{{4}}|\d{{2}}))?|,? ?{_WEEKDAY}|, NO DATE)"
_AGENCY = r"[\[(](?P<agency>[A-Z][^()\[\]\n]{1,50})[\])]"
_MARK = r"(?:\s*\[[A-Z][^\]\n]{2,80}\])*"
_SLASH_AGENCY = r"\.? ?/[A-Z][\w .-]{1,30}/\.?"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # BEIRUT, March 3 (Reuters) - …   ERBIL (Kurdistan 24) – …   KABUL — …   (CNN) --
        rf"(?:{_TOWN}{_REGION}{_DAY}?)?\s*[,.]?\s*{_AGENCY}\s*{_DASH_OR_COLON}{_MARK}\s+(?=\S)",
        rf"{_NAME}{_REGION}{_DAY}?\s*[,.]?\s*{_AGENCY}\s*{_DASH_OR_COLON}{_MARK}\s+(?=\S)",
        rf"{_TOWN}{_REGION}{_DAY}?\s*{_DASH}{_MARK}\s+(?=\S)",
        rf"{_TOWN}{_REGION}[,.]{_DAY}{_SLASH_AGENCY}\s*(?:{_DASH}\s+)?(?=\S)",
        rf"{_DAY}\s*{_AGENCY}\s*{_DASH_OR_COLON}{_MARK}\s+(?=\S)",
    )
)
#: The capitalised form without agency ("Damascus – The army …"): only with one dash nearby: "Aleppo – Syria's pride – fell" stays whole.
_PLAIN_DATELINE = re.compile(rf"{_NAME}{_REGION}{_DAY}?\s*(?:--|[–—]) +(?=[A-Z\"“‘'])(?!.{{0,140}} (?:--|[–—]) )")
_DATELINE_ALONE = re.compile(rf"(?:{_TOWN}|{_NAME}){_REGION}{_DAY}?\s*[,.]?\s*{_AGENCY}\s*{_DASH}?$|{_TOWN}{_REGION}{_DAY}?\s*{_DASH}$")
_SIGNATORY = r"[^/|,()\[\]]{2,40}"
_LAST_BRACKET = re.compile(r"\s*(?P<open>[\[(])(?P<inside>[^()\[\]\n]{2,80})[\])]\s*\.?$")

_PHOTO = r"(?:photo(?:graph)?s?|image|picture|photo credit|image credit|credit)"
_CREDIT_LABEL = re.compile(rf"(?:(?<=[.!?\"”’)])\s+|\s+[/|–—]\s+)(?={_PHOTO}(?:\s?[:/]\s?|\s+by\s+)\w.{{0,80}}$)", re.IGNORECASE)
_PHOTO_BY = re.compile(rf"(?:[A-Z][\w.&-]*\s){{0,3}}(?i:{_PHOTO})\s?(?:[/:,]\s?|by\s)[A-Z][\w.'’ /-]{{1,50}}")


@dataclass(frozen=True, slots=True)
class Wording:
    """The compiled expressions of ``resources/extract/lines.yaml``."""

    furniture: re.Pattern[str]
    related: re.Pattern[str]
    teasers: re.Pattern[str]
    page: re.Pattern[str]
    rights: re.Pattern[str]
    about: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    byline: re.Pattern[str]
    bracket: re.Pattern[str]


@cache
def wording() -> Wording:
    """The wording that tells lines apart, compiled once."""
    table = yaml_of("extract/lines.yaml")
    agencies = "|".join(sorted((re.escape(name) for name in yaml_of("extract/agencies.yaml")), key=len, reverse=True))
    signer = rf"(?:{agencies}|{'|'.join(table['credit_words'])})"
    return Wording(
        furniture=_either(table["furniture"]),
        related=_either(table["related"]),
        teasers=_either(table["teasers"]),
        page=_either(table["page"]),
        rights=_either(table["rights"]),
        about=re.compile("|".join(table["about"]["start"])),
        caption=_either(table["captions"]),
        credit=_either(table["credits"]),
        byline=_either(table["bylines"], flags=0),
        bracket=re.compile(
            rf"(?i:(?:{_SIGNATORY}\s?[/|,]\s?|(?:photo|image|via|by|credit|source)s?:? )*{signer}(?:\s?[/|,]\s?{_SIGNATORY})*)"
        ),
    )


def _either(group: dict[str, list[str]], *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    whole = [rf"(?:{pattern})\W*$" for pattern in group.get("whole", ())]
    return re.compile("|".join((*(f"(?:{pattern})" for pattern in group.get("start", ())), *whole)), flags)


def is_furniture(line: str, *, captured: bool) -> bool:
    """True for page furniture. ``captured``: the line comes from a page as captured, where more may be left out than from a given text."""
    if len(line) > LONGEST_FURNITURE:
        return False
    line = " ".join(line.split())
    return bool(wording().furniture.match(line) or announces_others(line, captured=captured) or (captured and wording().page.match(line)))


def announces_others(line: str, *, captured: bool) -> bool:
    """True for a line that announces headlines of other pages ("Related stories"; in a captured page "Read more" too)."""
    return len(line) <= LONGEST_BYLINE and bool(wording().related.match(line) or (captured and wording().teasers.match(line)))


def is_rights(line: str) -> bool:
    """True for "© 2020 …", "All rights reserved" and their like."""
    return len(line) <= LONGEST_FURNITURE and bool(wording().rights.match(line))


def is_byline(line: str) -> bool:
    """True for a line that only says who wrote ("By Jane Doe, Reuters")."""
    found = wording().byline.match(line) if len(line) <= LONGEST_BYLINE else None
    if not found or line.rstrip().endswith((".", "?", "!", ":")):
        return False
    words = re.split(r"[\s,/|]+", line[found.end() :].strip())
    capitals = sum(word[:1].isupper() or word in {"and", "in", "for", "&", "•", "de", "van", "al", "bin", "-", "–"} for word in words)
    return 0 < len(words) <= 16 and capitals >= len(words) - 1


def is_credit(line: str) -> bool:
    """True for a line that is nothing but a credit ("Photo: Jane Doe/Reuters", "(AFP)")."""
    bare = line.strip().strip("()[]").strip()
    bracketed = line.strip()[:1] in {"(", "["} and wording().bracket.fullmatch(bare)
    return len(line) <= LONGEST_CREDIT and bool(wording().credit.match(line) or bracketed)


def credit_start(line: str) -> int | None:
    """Where the credit in brackets that ends a caption begins ("… fighter (AFP)"), or None."""
    found = _LAST_BRACKET.search(line) if len(line) <= LONGEST_CAPTION else None
    return found.start("open") if found and found.start() and wording().bracket.fullmatch(found["inside"].strip()) else None


def credit_of_caption(line: str) -> int | None:
    """Where the credit at the end of a line known to be a caption begins, or None. Beside what ``credit_start`` takes: a label ("… Gossi /
    Photo: A. Doe"), a bracket with a label ("(OCM Photo/A. Doe)") and short capitals that are not the words before them ("(OCM)")."""
    label = _CREDIT_LABEL.search(line) if len(line) <= LONGEST_CAPTION else None
    found = _LAST_BRACKET.search(line) if len(line) <= LONGEST_CAPTION else None
    if found and found.start() and _is_signature(found["inside"].strip(), line[: found.start()]):
        return found.start("open")
    return label.end() if label else None


def _is_signature(inside: str, before: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", before)).upper()
    shortened = inside.isupper() and inside.isalpha() and 2 <= len(inside) <= 6 and not initials.endswith(inside)
    return shortened or bool(_PHOTO_BY.fullmatch(inside))


def bracketed_end(line: str) -> tuple[int, str] | None:
    """Where the bracket that ends a line begins, and the words in it; None without one."""
    found = _LAST_BRACKET.search(line) if len(line) <= LONGEST_CAPTION else None
    return (found.start("open"), found["inside"].strip()) if found and found.start() else None


def opens_caption(line: str) -> bool:
    """True if the line opens as only captions do ("File photograph of …")."""
    return len(line) <= LONGEST_CAPTION and bool(wording().caption.match(line))


def dateline_end(paragraph: str, *, first: bool) -> int:
    """Where the dateline at the head of a paragraph ends and its text begins; 0 without one. ``first``: the first of the body."""
    patterns = (*_DATELINES, _PLAIN_DATELINE) if first else _DATELINES[:2]
    head = paragraph[: LONGEST_DATELINE + 160]
    found = next((match for pattern in patterns if (match := pattern.match(head))), None)
    return found.end() if found and found.end() <= LONGEST_DATELINE else 0


def is_dateline(line: str) -> bool:
    """True if the line is a dateline and nothing else ("HAVANA (AP) --")."""
    return len(line) <= LONGEST_BYLINE and bool(_DATELINE_ALONE.match(line.strip()))


def outlet_named(line: str) -> str | None:
    """The outlet that speaks of itself in this line ("X delivers independent … coverage …"), or None."""
    found = wording().about.match(line)
    return found["name"] if found else None
