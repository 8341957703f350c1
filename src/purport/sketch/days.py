"""Days of a page: dates in full or in part, days named from the day of publication, weekdays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from purport.model import Document, Span, TimeExpression
from purport.sketch.lexicon import Lexicon
from purport.sketch.words import Word

EARLIEST, LATEST = 1980, 2100
#: A page may be dated a little before what it tells (time zones, late edits).
SLACK = timedelta(days=2)
#: Of a text without a publication date, where a date counts as the page's own: a line that is little more than the date.
DATE_LINE = 45
#: Characters of a line that are looked at before a date.
LONGEST_LINE = 400
#: Characters between a month and its year.
YEAR_REACH = 12

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"(?<=[/_-])((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as printed: what of it is said. ``back``: days from publication, for "today" and "yesterday"."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    back: int | None = None
    past: bool = False

    def whole(self) -> date | None:
        """The day, if year, month and day are said and there is such a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return made((self.year, self.month, self.day))


def made(parts: Iterable[int]) -> date | None:
    """The day of year, month and day; None if there is no such day."""
    year, month, day = parts
    try:
        return date(year, month, day) if EARLIEST <= year < LATEST else None
    except ValueError:
        return None


def days_in(document: Document, words: Sequence[Word], *, lexicon: Lexicon) -> tuple[TimeExpression, ...]:
    """Time expressions in the order of the text.

    A year that the text leaves out comes from the day of publication, or else from a full date that the page prints and whose
    year fits the weekday; ``anchor`` says which. A day that cannot be known has no ``edtf``.
    """
    dated = sorted([*_numeric(document.text), *_named(words, lexicon=lexicon)], key=lambda d: (d.span.start, -d.span.end))
    found = _joined(dated, document.text)
    published, anchor = _published(document, found)
    years = sorted({d.year for d in found if d.year is not None})
    return tuple(_expression(d, published=published, anchor=anchor, years=years) for d in found)


def _published(document: Document, found: Sequence[Dated]) -> tuple[date | None, str | None]:
    """The day that "today" stands for, and where it is from."""
    for text in (document.published, _in_address(document.url)):
        if text and (day := _iso(text)):
            return day, "published"
    own = next((d for d in found if d.whole() and _is_date_line(d, document.text)), None)
    if own is None and document.title:
        own = next((d for d in _numeric(document.title) if d.whole()), None)
        return (own.whole(), "title") if own else (None, None)
    return (own.whole(), f"document:{own.span.of(document.text)}") if own else (None, None)


def _iso(text: str) -> date | None:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
    return made(map(int, found.groups())) if found else None


def _in_address(url: str | None) -> str | None:
    matches = (pattern.search(url or "") for pattern in _IN_ADDRESS)
    days = (made(map(int, match.groups())) for match in matches if match)
    return next((day.isoformat() for day in days if day), None)


def _is_date_line(dated: Dated, text: str) -> bool:
    """A short line around a date, or a date at the end of a quoted post ("… (@name) March 3, 2021")."""
    before, after = text[max(0, dated.span.start - LONGEST_LINE) : dated.span.start], text[dated.span.end : dated.span.end + DATE_LINE]
    line = before.rpartition("\n")[2] + dated.span.of(text) + after.partition("\n")[0]
    return len(line) <= DATE_LINE or ("@" in line and line.rstrip().endswith(dated.span.of(text)))


def _numeric(text: str) -> Iterator[Dated]:
    plain = text.translate(_DIGITS)
    for match in _YEAR_FIRST.finditer(plain):
        if made((int(match[1]), int(match[3]), int(match[4]))):
            yield Dated(Span(*match.span()), int(match[1]), int(match[3]), int(match[4]))
    for match in _DAY_FIRST.finditer(plain):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if month > 12:
            day, month = month, day
        if made((year, month, day)):
            yield Dated(Span(*match.span()), year, month, day)


def _named(words: Sequence[Word], *, lexicon: Lexicon) -> Iterator[Dated]:
    index = 0
    while index < len(words):
        found = _month_date(words, index, lexicon=lexicon) or _by_day(words, index, lexicon=lexicon)
        if found:
            yield found[1]
        index = found[0] if found else index + 1


def _month_date(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> tuple[int, Dated] | None:
    """ "4 March 2021", "March 4, 2021", "4 March"; a month and year alone say no day and are left out."""
    number = words[index].number
    if number is not None and 1 <= number <= 31:
        return _day_first(words, index, day=number, lexicon=lexicon)
    month = lexicon.months.at(words, index)
    if month and month[0] < len(words) and words[month[0]].joined:
        day = words[month[0]].number
        end, year = _year_at(words, month[0] + 1)
        if day is not None and 1 <= day <= 31 and year is not None:
            return end, Dated(Span(words[index].span.start, words[end - 1].span.end), year, month[1], day)
    return None


def _day_first(words: Sequence[Word], index: int, *, day: int, lexicon: Lexicon) -> tuple[int, Dated] | None:
    at = index + 1
    glue = lexicon.month_glue.at(words, at) if at < len(words) and words[at].joined else None
    at = glue[0] if glue else at
    month = lexicon.months.at(words, at) if at < len(words) and words[at].joined else None
    if month is None:
        return None
    end = month[0]
    second = lexicon.months.at(words, end) if end < len(words) and words[end].joined else None
    end = second[0] if second and second[1] == month[1] else end  # both names of a month: "آب/أغسطس"
    end, year = _year_at(words, end)
    return end, Dated(Span(words[index].span.start, words[end - 1].span.end), year, month[1], day)


def _year_at(words: Sequence[Word], index: int) -> tuple[int, int | None]:
    """The index after a year that stands here, maybe after a word like "of" or "year"."""
    for at in (index, index + 1):
        if at >= len(words) or words[at].span.start - words[index - 1].span.end >= YEAR_REACH:
            break
        if EARLIEST <= (words[at].number or 0) < LATEST:
            return at + 1, words[at].number
    return index, None


def _by_day(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> tuple[int, Dated] | None:
    relative = lexicon.relative.at(words, index)
    if relative:
        return relative[0], Dated(Span(words[index].span.start, words[relative[0] - 1].span.end), back=relative[1])
    weekday = lexicon.weekdays.at(words, index)
    if not weekday:
        return None
    end = weekday[0]
    past = lexicon.past.at(words, end) if end < len(words) and words[end].joined else None
    end = past[0] if past else end
    return end, Dated(Span(words[index].span.start, words[end - 1].span.end), weekday=weekday[1], past=bool(past))


def _joined(found: Sequence[Dated], text: str) -> list[Dated]:
    """Neighbours that say one day together: "today, Wednesday", "Wednesday, 4 March"."""
    merged: list[Dated] = []
    for dated in found:
        before = merged[-1] if merged else None
        if before and dated.span.start < before.span.end:
            continue
        if before and _says_one_day(before, dated, between=text[before.span.end : dated.span.start]):
            merged[-1] = _together(before, dated)
        else:
            merged.append(dated)
    return merged


def _says_one_day(one: Dated, two: Dated, *, between: str) -> bool:
    if len(between) > 4 or between.strip(" \u00a0،,()\u200f.يوم|ـ-–") or "\n" in between:
        return False
    fields = ("day", "weekday", "back")
    return all(getattr(one, key) is None or getattr(two, key) is None for key in fields)


def _together(one: Dated, two: Dated) -> Dated:
    keys = ("year", "month", "day", "weekday", "back")
    values = {key: getattr(two, key) if getattr(one, key) is None else getattr(one, key) for key in keys}
    return Dated(Span(one.span.start, two.span.end), past=one.past or two.past, **values)


def _expression(dated: Dated, *, published: date | None, anchor: str | None, years: Sequence[int]) -> TimeExpression:
    day, basis = _day_of(dated, published=published, anchor=anchor, years=years)
    if day is not None:
        return TimeExpression(dated.span, "DATE", day.isoformat(), day.isoformat(), basis)
    if dated.month is not None and dated.day is not None:
        value = f"XXXX-{dated.month:02}-{dated.day:02}"
        return TimeExpression(dated.span, "DATE", value, value)
    if dated.weekday is not None:
        return TimeExpression(dated.span, "DATE", f"XXXX-WXX-{dated.weekday + 1}", None)
    return TimeExpression(dated.span, "DATE", "PRESENT_REF" if dated.back == 0 else "XXXX-XX-XX", None)


def _day_of(dated: Dated, *, published: date | None, anchor: str | None, years: Sequence[int]) -> tuple[date | None, str | None]:
    if dated.day is not None:
        return (dated.whole(), None) if dated.year is not None else _in_some_year(dated, published=published, anchor=anchor, years=years)
    if published is None:
        return None, None
    if dated.weekday is not None:
        last = published if dated.back is None else published + timedelta(days=dated.back)
        distance = (last.weekday() - dated.weekday) % 7
        return last - timedelta(days=distance or (7 if dated.past else 0)), anchor
    return published + timedelta(days=dated.back or 0), anchor


def _in_some_year(dated: Dated, *, published: date | None, anchor: str | None, years: Sequence[int]) -> tuple[date | None, str | None]:
    """A day and month without a year: the last such day before publication, else in the latest year that the page names and that fits."""
    month, day = dated.month or 1, dated.day or 1
    if published:
        days = (made((year, month, day)) for year in (published.year + 1, published.year, published.year - 1, published.year - 2))
        fitting = [d for d in days if d and d <= published + SLACK and dated.weekday in (None, d.weekday())]
        return (fitting[0], anchor) if fitting else (None, None)
    for year in reversed(years):
        found = made((year, month, day))
        if found and dated.weekday == found.weekday():
            return found, f"document:{year}"
    return None, None
