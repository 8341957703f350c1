"""The words, actors and codes that a codebook adds."""

from collections.abc import Iterable, Mapping
from typing import Any

from purport.codebook.form import Form
from purport.codebook.naming import KINDS, SCHEMES, SOURCE_KINDS, STANCES, instrument_types
from purport.codebook.records import Lexicons

LEXICONS = ("cue_verbs", "cue_nouns", "hearsay", "sources", "instruments")
CUE_FRAMES = (
    "clause",
    "quote",
    "infinitive",
    "object",
    "passive",
    "of",
    "as",
    "for",
    "about",
    "to",
    "with",
    "against",
    "on",
    "in",
    "at",
    "over",
)
ACTOR_KEYS = ("code", "name", "aliases", "kind", "country", "party", "mouthpiece_of", "exact", "source")
Row = Mapping[str, str]


def lexicons_of(form: Form) -> Lexicons:
    """The words as rows of the package's own files."""
    form.allow(*LEXICONS)
    return Lexicons(
        tuple(_cue(each) for each in form.form("cue_verbs").members()),
        tuple(_cue(each) for each in form.form("cue_nouns").members()),
        tuple(_hearsay(each) for each in form.form("hearsay").members()),
        tuple(_source(each) for each in form.form("sources").members()),
        tuple(_instrument(each) for each in form.form("instruments").members()),
    )


def _cue(form: Form) -> Row:
    form.allow("word", "stance", "frames")
    frames = form.form("frames").some_of(CUE_FRAMES) or ("clause", "quote")
    stance = form.form("stance").one_of(STANCES, default="says")
    return {"lemma": form.form("word").needed().lower(), "stance": stance, "kind": "speech", "frames": " ".join(frames)}


def _hearsay(form: Form) -> Row:
    form.allow("word", "part", "stance")
    part = form.form("part").one_of(("adverb", "adjective", "predicate"), default="adverb")
    return {"word": form.form("word").needed().lower(), "part": part, "stance": form.form("stance").one_of(STANCES, default="claims")}


def _source(form: Form) -> Row:
    form.allow("word", "kind", "party")
    kind = form.form("kind").one_of(SOURCE_KINDS, default="unknown")
    return {"word": form.form("word").needed().lower(), "kind": kind, "party": "yes" if form.form("party").flag() else "no"}


def _instrument(form: Form) -> Row:
    form.allow("word", "type")
    return {"word": form.form("word").needed().lower(), "type": form.form("type").one_of(instrument_types(), default="armed_assault")}


# ------------------------------------------------------------------ actors
def actors_of(form: Form, *, listed: str) -> tuple[Row, ...]:
    """The rows of an actor list, inline or (``listed``) of the TSV beside the file."""
    if isinstance(form.part.value, str):
        return tuple(_listed(listed, form=form)) if listed else ()
    found: list[Row] = []
    for each in form.members():
        each.allow(*ACTOR_KEYS)
        row = {name: each.form(name).text() for name in ACTOR_KEYS if name not in ("aliases", "kind", "party", "exact")}
        row["aliases"] = "|".join(each.form("aliases").words())
        row["kind"] = each.form("kind").one_of(KINDS)
        row |= {name: "yes" if each.form(name).flag() else "no" for name in ("party", "exact")}
        for needed in ("code", "name", "kind"):
            if not row[needed]:
                each.form(needed).needed()
        if row["code"] and row["name"] and row["kind"]:
            found.append(row)
    return tuple(found)


def _listed(text: str, *, form: Form) -> Iterable[Row]:
    """Rows by column; a row without code, name or kind is noted with its line in the list."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip() and not line.startswith("#")]
    columns = lines[0][1].split("\t") if lines else []
    unknown = [name for name in columns if name not in ACTOR_KEYS]
    if unknown or not {"code", "name", "kind"} <= set(columns):
        form.wrong(f"columns {', '.join(columns) or 'none'}", remedy=f"use {', '.join(ACTOR_KEYS)}, parted by tabs")
        return
    for number, line in lines[1:]:
        row = dict(zip(columns, line.split("\t") + [""] * len(columns), strict=False))
        if not row["code"] or not row["name"] or row["kind"] not in KINDS:
            form.wrong(f"row in line {number} of the list lacks a code, a name or a known kind", remedy="mend that row")
        else:
            yield row


# ------------------------------------------------------------------ codes of other schemes
def crosswalks_of(form: Form, *, types: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Codes by type and scheme, in the form of ``export/crosswalks.yaml``; a scheme that has nothing for a type is None."""
    found = {}
    for code, each in form.each():
        if code not in types:
            each.wrong("is no type of the codebook", remedy="give the code of a type")
            continue
        each.allow(*SCHEMES)
        found[code] = {scheme: codes_of(entry, scheme) for scheme, entry in each.each() if scheme in SCHEMES}
    return found


def codes_of(form: Form, scheme: str) -> Any:
    """What a scheme makes of a type; None for nothing."""
    if isinstance(form.part.value, str) and (form.part.is_empty or form.text() == "none"):
        return None
    if scheme in ("gtd", "ucdp"):
        number = form.number()
        most = 9 if scheme == "gtd" else 3
        if number is not None and not 1 <= number <= most:
            form.wrong(f"no code of {scheme.upper()}: {number}", remedy=f"use 1 to {most}, or none")
        return number
    words = [each.text() for each in form.members()]
    if len(words) != 3:
        form.wrong(
            f"{len(words)} values",
            remedy={"plover": "write [CATEGORY, mode, quad]", "cameo": "write [code, Goldstein value, quad]"}.get(
                scheme, "write [disorder type, event type, sub-event type]"
            ),
        )
        return None
    return _numbered(form, words, scheme=scheme) if scheme in ("plover", "cameo") else words


def _numbered(form: Form, words: list[str], *, scheme: str) -> Any:
    try:
        return [words[0], words[1] if scheme == "plover" else float(words[1]), int(words[2])]
    except ValueError:
        form.wrong(
            f"no numbers in {', '.join(words)}", remedy="the quad class is a number from 1 to 4, the Goldstein value one from -10 to 10"
        )
        return None
