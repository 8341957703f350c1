"""The roles and statuses of a codebook."""

from typing import Any

from purport.codebook.form import Form
from purport.codebook.naming import CERTAINTIES, CODE, COUNT_KINDS, FILLED, GRADES, REALITIES, STATUSES, THINGS, VOICES
from purport.codebook.parsing_types import filling_of
from purport.codebook.records import Filling, OwnRole, OwnStatus
from purport.model import Role

BY_HAND = ("question", "form", "level", "compare", "choices", "asked", "unsaid")
ROLE_KEYS = ("label", "definition", "of", "fills", "count", "only", "by", *BY_HAND)
#: What is asked by hand, and how its answers are measured and compared where the codebook does not say.
FORMS = {
    "choice": ("nominal", "code"),
    "words": ("nominal", "words"),
    "place": ("nominal", "place"),
    "date": ("nominal", "days"),
    "count": ("ratio", "number"),
}
LEVELS = ("nominal", "ordinal", "interval", "ratio")
COMPARISONS = ("code", "actor", "words", "place", "days", "number")
STATUS_KEYS = ("label", "definition", "when")
STATUS_WHEN = ("status", "reality", "voice", "certainty", "disputed", "sources")
#: Names of the package's own fields, which a field by hand cannot take.
TAKEN = (
    "event",
    "type",
    "perpetrator",
    "target",
    "instrument",
    "place",
    "date",
    "killed",
    "injured",
    "reality",
    "voice",
    "certainty",
    "disputed",
)


def roles_of(form: Form, *, types: tuple[str, ...]) -> dict[str, OwnRole]:
    """Roles by code."""
    found = {}
    for code, each in form.each():
        if not CODE.fullmatch(code):
            each.wrong("is no code", remedy="use small letters, digits and _, beginning with a letter")
        else:
            found[code] = _role(each, code, types=types)
    return found


def _role(form: Form, code: str, *, types: tuple[str, ...]) -> OwnRole:
    form.allow(*ROLE_KEYS)
    label = form.form("label").text() or code.replace("_", " ")
    of = form.form("of").some_of(types)
    by_hand = form.has("by") and bool(form.form("by").one_of(("hand",)))
    if by_hand == form.has("fills"):
        form.wrong("is filled by nobody" if not by_hand else "is filled twice", remedy="give either `fills: ROLE` or `by: hand`")
    if by_hand:
        if code in TAKEN:
            form.wrong("has the name of a field that there is", remedy=f"call it {code}_2, or leave it out")
        definition = form.form("definition").text()
        return OwnRole(code, label, definition, of, asked=_field(form, label=label), line=form.line)
    fills = form.form("fills").one_of([role.value for role in FILLED])
    if fills == Role.COUNT and not form.has("count"):
        form.wrong("does not say which count", remedy=f"add `count: …`, one of {', '.join(COUNT_KINDS)}")
    count = form.form("count").one_of(COUNT_KINDS)
    return OwnRole(code, label, form.form("definition").text(), of, Role(fills or "name"), count, _only(form, fills), line=form.line)


def _only(form: Form, fills: str) -> Filling:
    if form.has("only") and fills not in set(THINGS):
        form.form("only").wrong(f"a value of {fills or 'nothing'} has no kind", remedy="leave it out")
        return Filling()
    return filling_of(form.form("only"))


def _field(form: Form, *, label: str) -> dict[str, Any]:
    """The field of ``review/fields.yaml`` that coders answer."""
    kind = form.form("form").one_of(FORMS, default="words")
    level, compare = FORMS[kind]
    choices = _choices(form.form("choices"))
    if (kind == "choice") != bool(choices):
        form.wrong("choices without `form: choice`" if choices else "a choice without choices", remedy="give both or neither")
    return {
        "label": label,
        "question": form.form("question").text() or f"{label}?",
        "form": kind,
        "level": form.form("level").one_of(LEVELS, default=level),
        "compare": form.form("compare").one_of(COMPARISONS, default=compare),
        "choices": choices,
        "unsaid": form.form("unsaid").flag(default=True),
        "asked": form.form("asked").flag(default=True),
    }


def _choices(form: Form) -> dict[str, str]:
    """Answers by key; a plain list gets the keys 1, 2, 3 …"""
    if isinstance(form.part.value, tuple):
        return {str(number): word for number, word in enumerate(form.words(), start=1)}
    found: dict[str, str] = {}
    for key, each in form.each():
        if len(key) != 1 or not key.isalnum():
            each.wrong(f"{key!r} is no key", remedy="write one letter or digit")
        found[key] = each.needed()
    return found


# ------------------------------------------------------------------ statuses
def statuses_of(form: Form) -> tuple[OwnStatus, ...]:
    """Statuses in the order in which they are tried."""
    return tuple(_status(each, code) for code, each in form.each() if _is_code(each, code))


def _is_code(form: Form, code: str) -> bool:
    if not CODE.fullmatch(code):
        form.wrong("is no code", remedy="use small letters, digits and _, beginning with a letter")
    return bool(CODE.fullmatch(code))


def _status(form: Form, code: str) -> OwnStatus:
    form.allow(*STATUS_KEYS)
    when = form.form("when").allow(*STATUS_WHEN)
    return OwnStatus(
        code,
        form.form("label").text() or code.replace("_", " "),
        form.form("definition").text(),
        when.form("status").some_of(tuple(dict.fromkeys((*STATUSES, *GRADES)))),
        when.form("reality").some_of(REALITIES),
        when.form("voice").some_of(VOICES),
        when.form("certainty").some_of(CERTAINTIES),
        when.form("disputed").flag(),
        when.form("sources").number(default=0) or 0,
        form.line,
    )
