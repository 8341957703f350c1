"""A codebook's file → its record, with every line that is not in the form noted."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from purport.codebook import parts
from purport.codebook.form import Finding, Form, Notes
from purport.codebook.naming import CODE, package_types
from purport.codebook.parsing_roles import roles_of, statuses_of
from purport.codebook.parsing_types import groups_of, types_of
from purport.codebook.parsing_words import actors_of, crosswalks_of, lexicons_of
from purport.codebook.records import Codebook
from purport.errors import InputError

KEYS = (
    *("name", "version", "title", "source", "licence", "extends", "leave_out", "groups", "types", "roles", "statuses"),
    *("lexicons", "actors", "crosswalks"),
)
MOST_ACTOR_BYTES = 10_000_000
MOST_TOLD = 20  #: findings that an error lists


def load_codebook(path: str | Path) -> Codebook:
    """The codebook in a file, with the actor list beside it. Raises InputError that lists what is wrong with it."""
    book, found = read(Path(path))
    return _usable(book, found)


def of_text(text: str, *, actors: str = "", where: str = "codebook") -> Codebook:
    """The codebook in a text, as a project file keeps it. Raises InputError."""
    return _usable(*parse(text.encode(), actors=actors, where=where))


def _usable(book: Codebook | None, found: Iterable[Finding]) -> Codebook:
    wrong = [str(each) for each in found if each.is_error]
    if wrong or book is None:
        more = f"\n… and {len(wrong) - MOST_TOLD} more" if len(wrong) > MOST_TOLD else ""
        raise InputError(f"a codebook with {len(wrong)} errors:\n" + "\n".join(wrong[:MOST_TOLD]) + more, remedy="see docs/own-codebook.md")
    return book


def read(path: Path) -> tuple[Codebook | None, list[Finding]]:
    """The codebook in a file as far as it can be read, and what is wrong with it. Raises InputError if there is no such file."""
    try:
        with path.open("rb") as file:
            content = file.read(parts.MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=str(path), remedy="give the path of a codebook") from error
    beside = _named_beside(content)
    actors = ""
    if beside:
        try:
            actors = _actor_list(path.parent, beside)
        except InputError as error:
            notes = Notes(str(path))
            notes.error(_line_of_actors(content), f"actors: {error}", remedy="mend it, or write the actors inline")
            book, found = parse(content, where=str(path))
            return book, [*found, *notes.found]
    return parse(content, actors=actors, where=str(path))


def _named_beside(content: bytes) -> str:
    """The name of the actor list that a codebook names, "" if it names none or cannot be read."""
    try:
        root = parts.parts_of(parts.text_of(content))
    except parts.Broken:
        return ""
    part = root.value.get("actors") if isinstance(root.value, Mapping) else None
    return part.value if part is not None and isinstance(part.value, str) and not part.is_empty else ""


def _line_of_actors(content: bytes) -> int:
    root = parts.parts_of(parts.text_of(content))
    return root.value["actors"].line if isinstance(root.value, Mapping) else 1


def _actor_list(folder: Path, name: str) -> str:
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts or path.is_symlink():
        raise InputError("not a file beside the codebook", where=name)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_ACTOR_BYTES + 1)
        if len(content) > MOST_ACTOR_BYTES:
            raise InputError("too large", where=name)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", where=name) from error
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=name) from error


def parse(content: bytes, *, actors: str = "", where: str = "codebook") -> tuple[Codebook | None, list[Finding]]:
    """The codebook in the content of a file as far as it can be read, and what is not in the form; None if it is no YAML at all."""
    notes = Notes(where)
    try:
        text = parts.text_of(content)
        root = parts.parts_of(text)
    except parts.Broken as error:
        notes.error(error.line, error.what, remedy=error.remedy)
        return None, notes.found
    return _codebook(Form(root, notes, what=""), text=text, actors=actors), sorted(notes.found, key=lambda each: each.line)


def _codebook(form: Form, *, text: str, actors: str) -> Codebook:
    form.allow(*KEYS)
    extends = form.form("extends").one_of(("purport", "none"), default="purport") == "purport"
    types = types_of(form.form("types"), groups=tuple(form.form("groups").keys()))
    every = (*types, *(package_types() if extends else ()))
    name = form.form("name").needed()
    if name and not CODE.fullmatch(name):
        form.form("name").wrong(f"{name!r} is no name", remedy="use small letters, digits and _")
    return Codebook(
        digest=hashlib.sha256(f"{text}\0{actors}".encode()).hexdigest(),
        name=name,
        version=form.form("version").needed(),
        title=form.form("title").text() or name,
        source=form.form("source").text(),
        licence=form.form("licence").text(),
        extends=extends,
        leaves_out=form.form("leave_out").some_of(package_types()),
        groups=groups_of(form.form("groups")),
        types=types,
        roles=roles_of(form.form("roles"), types=every),
        statuses=statuses_of(form.form("statuses")),
        lexicons=lexicons_of(form.form("lexicons")),
        actors=actors_of(form.form("actors"), listed=actors),
        crosswalks=crosswalks_of(form.form("crosswalks"), types=every),
        lines={name: part.line for name, part in form.keys().items()},
        text=text,
        actors_text=actors,
    )
