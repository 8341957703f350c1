"""What is wrong with a codebook whose form is right: what is never filled, what clashes, what no export knows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from purport.codebook.applying import status_in
from purport.codebook.form import Finding, Notes
from purport.codebook.naming import CERTAINTIES, GRADES, package_types
from purport.codebook.records import Codebook, Figure, Origin, OwnRole, OwnStatus, OwnType, When
from purport.resources import yaml_of
from purport.status import StatusCode

#: What lacks rows where a type has no code of a scheme.
LACKING = {"plover": "PLOVER and POLECAT", "acled": "ACLED", "cameo": "GDELT", "gtd": "GTD"}
KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"


def check(book: Codebook, *, where: str) -> list[Finding]:
    """Every finding, by line; what needs the reader is in ``codebook.trying``."""
    notes = Notes(where)
    for look in (_types, _words, _origins, _groups, _keys, _roles, _statuses, _crosswalks, _actors, _cues):
        look(book, notes)
    return sorted(notes.found, key=lambda each: (each.line, not each.is_error))


# ------------------------------------------------------------------ types
def _types(book: Codebook, notes: Notes) -> None:
    if not (book.types or book.roles or book.statuses or book.leaves_out or book.actors or any(_rows(book))):
        notes.warning(1, "it changes nothing", remedy="add types, roles, statuses, lexicons or actors")
    for own in book.types.values():
        if not own.words and not own.origins and own.code not in package_types():
            notes.warning(
                own.line, f"type {own.code}: no words and no `from`, so the reader never finds it", remedy="add `words` or `from`"
            )
        if not own.definition:
            notes.warning(own.line, f"type {own.code}: no definition", remedy="say in a sentence what coders are to take for it")
        if not own.examples:
            notes.warning(own.line, f"type {own.code}: no example", remedy="add a sentence under `examples`; check reads it")
        for name in {*(name for each in own.examples for name in [each.status] if name)} - _status_names(book):
            notes.error(own.line, f"type {own.code}: an example has the unknown status {name!r}", remedy="use a status of the codebook")


def _status_names(book: Codebook) -> set[str]:
    return {each.code for each in book.statuses} | {code.value for code in StatusCode}


def _rows(book: Codebook) -> tuple[Sequence[Any], ...]:
    words = book.lexicons
    return words.cue_verbs, words.cue_nouns, words.hearsay, words.sources, words.instruments


def _words(book: Codebook, notes: Notes) -> None:
    """Words of two types, and words that the package has for another type or for what is harmless."""
    first: dict[tuple[str, str], OwnType] = {}
    for own in book.types.values():
        for part, word in _parts(own):
            line = own.words.lines.get(word, own.line)
            other = first.setdefault((part, word), own)
            if other is not own:
                what = f"type {own.code}: {word!r} is a word of {other.code} already (line {other.words.lines.get(word, other.line)})"
                notes.error(line, what, remedy="leave it to one of them")
            _against_package(own, word, line=line, notes=notes)


def _parts(own: OwnType) -> Iterator[tuple[str, str]]:
    yield from (("verb", word) for words in own.words.verbs.values() for word in words)
    yield from (("noun", word) for word in own.words.nouns)
    yield from (("phrase", word) for words in own.words.phrases.values() for word in words)


def _against_package(own: OwnType, word: str, *, line: int, notes: Notes) -> None:
    excluded = yaml_of("ontology/events.yaml")["exclusions"]
    if word in excluded["phrases"]:
        notes.warning(line, f"type {own.code}: the package holds {word!r} for no event", remedy="now it is one; leave it out if it is not")
    elif word in excluded["causes"] or word in excluded["accidents"]:
        notes.warning(
            line, f"type {own.code}: the package holds {word!r} for an accident", remedy="leave it out unless it is an event here"
        )
    known = _package_words().get(word)
    related = {own.like, own.code, *(origin.type for origin in own.origins)}
    if known is not None and known not in related:
        notes.warning(
            line, f"type {own.code}: {word!r} is the package's word for {known}", remedy=f"add `{known}` to `from`, or leave it out"
        )


def _package_words() -> Mapping[str, str]:
    """Words of the package that name one type only."""
    found: dict[str, str] = {}
    for code, words in yaml_of("ontology/events.yaml")["types"].items():
        listed = [*(word for each in words.get("verbs", {}).values() for word in each), *words.get("nouns", ()), *words.get("phrases", ())]
        found.update(dict.fromkeys(listed, code))
    return found


def _origins(book: Codebook, notes: Notes) -> None:
    """Package types that two types take, and conditions that cannot hold."""
    first: dict[tuple[str, str], tuple[OwnType, Origin]] = {}
    for own in book.types.values():
        for origin in own.origins:
            taker, taken = first.setdefault((origin.type, repr(origin.when)), (own, origin))
            if taken is not origin:
                what = f"type {own.code}: never made from {origin.type}, which {taker.code} takes (line {taken.line})"
                notes.error(origin.line, what, remedy="add a `when`, or leave it to one of them")
            if origin.type in book.leaves_out:
                notes.error(
                    origin.line, f"type {own.code}: {origin.type} stands under leave_out too", remedy="take it out of one of the two"
                )
            if why := _never(origin.when):
                notes.error(origin.line, f"type {own.code}: a condition that never holds ({why})", remedy="mend the `when`")


def _never(when: When) -> str:
    """Why a condition cannot hold, "" if it can."""
    for figure in when.figures:
        if figure.at_most is not None and figure.at_most < figure.at_least:
            return f"at least {figure.at_least} and at most {figure.at_most} {figure.kind}"
    return _undone(when, when.unless) if when.unless else ""


def _undone(when: When, unless: When) -> str:
    for role, filling in when.fillings.items():
        other = unless.fillings.get(role)
        if other is not None and set(filling.kinds) <= set(other.kinds or filling.kinds) and not other.words and not other.codes:
            return f"{role.value} is asked for and ruled out"
    if when.reality and set(when.reality) <= set(unless.reality):
        return "the reality is asked for and ruled out"
    if when.triggers and set(when.triggers) <= set(unless.triggers):
        return "the trigger is asked for and ruled out"
    return "a count is asked for and ruled out" if _shared(when.figures, unless.figures) else ""


def _shared(asked: tuple[Figure, ...], ruled_out: tuple[Figure, ...]) -> bool:
    return any(figure in ruled_out for figure in asked)


def _groups(book: Codebook, notes: Notes) -> None:
    used = {own.group for own in book.types.values()}
    for group in book.groups.values():
        if group.code not in used:
            notes.warning(group.line, f"group {group.code}: no type stands in it", remedy="leave it out, or add `group:` to a type")
    labels = Counter(each.label.casefold() for each in book.types.values())
    for own in book.types.values():
        if labels[own.label.casefold()] > 1:
            notes.error(own.line, f"type {own.code}: another type has the label {own.label!r} too", remedy="give each a label of its own")


def _keys(book: Codebook, notes: Notes) -> None:
    """Keys of quick coding that two types have."""
    first: dict[str, OwnType] = {}
    for own in book.types.values():
        other = first.setdefault(own.key, own) if own.key else own
        if other is not own:
            notes.error(
                own.line, f"type {own.code}: the key {own.key!r} is that of {other.code} (line {other.line})", remedy="give it another"
            )
    if len(book.types) > len(KEYS):
        what = f"{len(book.types)} types and only {len(KEYS)} keys: some can only be clicked in quick coding"
        notes.warning(next(iter(book.types.values())).line, what, remedy="nothing to do if that is fine")


# ------------------------------------------------------------------ roles and statuses
def _roles(book: Codebook, notes: Notes) -> None:
    """Roles that fill the same of the package in the same types."""
    first: dict[str, OwnRole] = {}
    for role in book.roles.values():
        if role.is_by_hand:
            continue
        for code in role.of or ("",):
            other = first.setdefault(repr((code, role.fills, role.count, role.only)), role)
            if other is not role:
                types = f" in {code}" if code else ""
                what = f"role {role.code}: {other.code} fills {role.fills}{types} already (line {other.line})"
                notes.error(role.line, what, remedy="name other types under `of`, or add `only`")


def _statuses(book: Codebook, notes: Notes) -> None:
    """Statuses that nothing reaches, and ways of telling that reach none."""
    if not book.statuses:
        return
    most = max(status.sources for status in book.statuses) + 1
    reached: set[str] = set()
    missed: list[str] = []
    for told, disputed in ways_of_telling():
        for sources in range(most + 1):
            found = status_in(book, told, disputed=disputed, sources=sources)
            if found is None:
                missed.append(told[0])
            else:
                reached.add(found.code)
    _unreached(book.statuses, reached, notes=notes)
    if missed:
        what = f"what is told as {', '.join(dict.fromkeys(missed))} has no status in some cases and keeps the package's"
        notes.warning(book.statuses[-1].line, what, remedy="end the list with a status without `when`")


def _unreached(statuses: tuple[OwnStatus, ...], reached: set[str], *, notes: Notes) -> None:
    for status in statuses:
        if status.code not in reached:
            what = f"status {status.code}: nothing reaches it"
            notes.error(status.line, what, remedy="the ones before it take all that it asks for, or its conditions never hold together")


def ways_of_telling() -> Iterator[tuple[tuple[str, str, str, str], bool]]:
    """Every status of a page or incident with the reality, voice, certainty and dispute that go with it."""
    for reality, voice, certainty, disputed in product(
        ("actual", "negated", "unrealised"), ("outlet", "sources"), CERTAINTIES, (False, True)
    ):
        for code in {*_page_codes(reality, voice, certainty=certainty, disputed=disputed), *_incident_codes(reality, disputed)}:
            yield (code, reality, voice, certainty), disputed


def _page_codes(reality: str, voice: str, *, certainty: str, disputed: bool) -> tuple[str, ...]:
    """As :func:`purport.status.status_code` has it."""
    if reality == "unrealised":
        return ("unrealised",)
    if disputed:
        return ("disputed",)
    if reality == "negated":
        return ("denied",)
    if voice == "outlet":
        return ("fact", "party_claim") if certainty == "certain" else ("alleged",)
    return ("claimed", "party_claim", "alleged")


def _incident_codes(reality: str, disputed: bool) -> tuple[str, ...]:
    if reality != "actual":
        return ("unrealised",) if reality == "unrealised" else ("denied",)
    return GRADES if disputed else tuple(code for code in GRADES if code != "contested")


# ------------------------------------------------------------------ codes, actors, words
def _crosswalks(book: Codebook, notes: Notes) -> None:
    """Types of which an export has no code, and nobody said so."""
    package = yaml_of("export/crosswalks.yaml")["types"]
    for own in book.types.values():
        codes = {**package.get(own.like, {}), **book.crosswalks.get(own.code, {})}
        lacking = [LACKING[scheme] for scheme in LACKING if scheme not in codes]
        if lacking:
            remedy = f"add {own.code} under `crosswalks`, with `none` where a scheme has no such event"
            notes.warning(own.line, f"type {own.code}: no code for {', '.join(lacking)}, so that it is left out there", remedy=remedy)


def _actors(book: Codebook, notes: Notes) -> None:
    codes = Counter(row["code"] for row in book.actors)
    for code, times in codes.items():
        if times > 1:
            notes.error(
                book.lines.get("actors", 1), f"actors: the code {code} stands there {times} times", remedy="give each actor one row"
            )


def _cues(book: Codebook, notes: Notes) -> None:
    """Words that are in one list of the codebook twice."""
    for name, rows in zip(("cue_verbs", "cue_nouns", "hearsay", "sources", "instruments"), _rows(book), strict=True):
        words = Counter(row.get("lemma") or row.get("word") for row in rows)
        for word in (word for word, times in words.items() if times > 1):
            notes.error(book.lines.get("lexicons", 1), f"lexicons, {name}: {word!r} stands there twice", remedy="keep one of them")
