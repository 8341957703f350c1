"""A part of a codebook as the form that it should have; what is not in the form is noted with its line, and reading goes on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from purport.codebook.parts import Part
from purport.print_safe import print_safe

YES, NO = ("yes", "true", "on"), ("no", "false", "off")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a line of a codebook, and what to do. A warning stops nobody from using it."""

    where: str
    line: int
    what: str
    remedy: str
    is_error: bool = True

    def __str__(self) -> str:
        """ "FILE:LINE: what. remedy"."""
        kind = "" if self.is_error else "warning: "
        return f"{self.where}:{self.line}: {kind}{self.what}. {self.remedy[:1].upper()}{self.remedy[1:]}."


class Notes:
    """Findings as they are met."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.found: list[Finding] = []

    def error(self, line: int, what: str, *, remedy: str) -> None:
        self.found.append(Finding(self.where, line, what, remedy))

    def warning(self, line: int, what: str, *, remedy: str) -> None:
        self.found.append(Finding(self.where, line, what, remedy, is_error=False))


class Form:
    """A part that is read by its keys. ``what`` it is called in findings."""

    def __init__(self, part: Part, notes: Notes, *, what: str) -> None:
        self.part = part
        self.notes = notes
        self.what = what
        self.line = part.line

    def wrong(self, what: str, *, remedy: str) -> None:
        self.notes.error(self.line, f"{self.what}: {what}", remedy=remedy)

    # -------------------------------------------------------------- mappings
    def keys(self) -> Mapping[str, Part]:
        """Its keys; none, and a note, if it is no mapping."""
        if isinstance(self.part.value, Mapping):
            return self.part.value
        if not self.part.is_empty:
            self.wrong("keys are wanted here", remedy="write `key: value`, one a line")
        return {}

    def allow(self, *names: str) -> "Form":
        """Note every key that is none of ``names``, with the nearest that is."""
        for name, part in self.keys().items():
            if name not in names:
                near = get_close_matches(name, names, n=1, cutoff=0.5)
                remedy = f"did you mean `{near[0]}`" if near else f"use one of {', '.join(names)}"
                self.notes.error(part.line, f"{self.what}: unknown key {name!r}".removeprefix(": "), remedy=remedy)
        return self

    def form(self, name: str) -> "Form":
        """One key as a form; an empty one where it is missing."""
        part = self.keys().get(name) if isinstance(self.part.value, Mapping) else None
        return Form(part or Part(self.line, ""), self.notes, what=f"{self.what}, {name}" if self.what else name)

    def has(self, name: str) -> bool:
        return isinstance(self.part.value, Mapping) and name in self.part.value

    def each(self) -> Iterator[tuple[str, "Form"]]:
        """Its keys with their forms."""
        for name, part in self.keys().items():
            yield name, Form(part, self.notes, what=f"{self.what} {name}".strip())

    # -------------------------------------------------------------- lists and scalars
    def members(self) -> Iterator["Form"]:
        """The members of a list; a single value is a list of one."""
        if isinstance(self.part.value, tuple):
            yield from (Form(part, self.notes, what=self.what) for part in self.part.value)
        elif not self.part.is_empty:
            yield self

    def words(self) -> tuple[str, ...]:
        """A list of words, or one."""
        return tuple(dict.fromkeys(text for each in self.members() if (text := each.text())))

    def text(self) -> str:
        """A scalar, its lines and blanks made one."""
        if isinstance(self.part.value, str):
            words = "" if self.part.is_empty else " ".join(self.part.value.split())
            if print_safe(words) != words:
                self.wrong("characters that are not seen or turn text round", remedy="leave them out")
            return print_safe(words)
        self.wrong("one value is wanted here", remedy="write it on the line of its key")
        return ""

    def needed(self) -> str:
        """A scalar that must be there."""
        text = self.text()
        if not text:
            self.wrong("is missing", remedy=f"add `{self.what.rpartition(', ')[2]}: …`")
        return text

    def one_of(self, allowed: Iterable[str], *, default: str = "") -> str:
        """A scalar that is one of ``allowed``; ``default`` without one."""
        return next(iter(self.some_of(allowed)), default)

    def some_of(self, allowed: Iterable[str]) -> tuple[str, ...]:
        """Words of which each is one of ``allowed``; others are noted and left out."""
        known, found = tuple(allowed), []
        for each in self.members():
            word = each.text()
            if word in known:
                found.append(word)
            elif word:
                near = get_close_matches(word, known, n=1, cutoff=0.6)
                each.wrong(f"unknown word {word!r}", remedy=f"did you mean {near[0]!r}" if near else f"use one of {', '.join(known)}")
        return tuple(dict.fromkeys(found))

    def flag(self, *, default: bool | None = None) -> bool | None:
        """Yes or no."""
        word = self.text().lower() if not self.part.is_empty else ""
        if word in YES or word in NO:
            return word in YES
        if word:
            self.wrong(f"neither yes nor no: {word!r}", remedy="write yes or no")
        return default

    def number(self, *, default: int | None = None) -> int | None:
        """A whole number, 0 or more."""
        word = self.text() if not self.part.is_empty else ""
        if word.isascii() and word.isdigit() and len(word) < 10:
            return int(word)
        if word:
            self.wrong(f"no whole number: {word!r}", remedy="write digits")
        return default
