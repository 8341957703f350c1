"""A text as words of its language in one plain form each, with what may be written together with them taken off."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from purport.model import Span

#: Letters with their marks; and letters drawn apart to get past filters, each part with an elongation ("قـ ـتـ ـلى").
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]|(?<=\u0640)[ -]{1,3}(?=\u0640))*")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f -]")
_LETTERS = str.maketrans("أإآٱىةؤئیکگۀەٹچپڤёґ", "ااااىهءءيككههتجبفег") | str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_FINAL_YA = str.maketrans("ى", "ي")
Value = TypeVar("Value")

#: A clitic is taken off only where so many letters remain.
SHORTEST = 3
#: A longer word is none.
LONGEST = 60
#: What may stand between two words of one phrase.
_JOINING = frozenset(" \t\u00a0\"“”«»'’‘()[]-–ـ#_\u200f\u200e/")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``plain`` is its folded form; ``forms`` that and what is left without clitics, the article kept; ``bare`` the same without
    the article too; ``joined`` whether nothing but spaces, quotes or a hyphen part it from the word before."""

    span: Span
    plain: str
    forms: tuple[str, ...]
    bare: tuple[str, ...]
    joined: bool
    capital: bool

    @property
    def number(self) -> int | None:
        return int(self.plain) if self.plain.isdigit() and len(self.plain) < 10 else None


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """How a language writes words together: clitics before a word, its article, endings that are left out of account.

    One object a language, compared by identity.
    """

    clitics: tuple[str, ...] = ()
    article: str = ""
    endings: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def _shape(word: str, habits: Habits) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The plain form of a word, its forms and its bare forms."""
    plain = plain_of(word, habits)
    forms = _forms_of(plain, habits)
    return plain, forms, _bare_of(forms, habits)


def plain_of(word: str, habits: Habits) -> str:
    """Lower case, marks and elongation off, one letter for all its forms, digits as 0–9, and without the language's endings,
    one after another, so that all forms of a name come to one."""
    folded = _MARKS.sub("", word.casefold()).translate(_LETTERS).translate(_FINAL_YA)
    while habits.endings and len(folded) < LONGEST:
        ending = next((e for e in habits.endings if folded.endswith(e) and len(folded) - len(e) > SHORTEST), None)
        if ending is None:
            break
        folded = folded[: -len(ending)]
    return folded


def _forms_of(plain: str, habits: Habits) -> tuple[str, ...]:
    """The word itself first, then without the clitics it may begin with ("وبالباب": والباب is "الباب" after two of them)."""
    found = [plain]
    for clitic in habits.clitics:
        rest = plain[len(clitic) :]
        if not plain.startswith(clitic):
            continue
        if habits.article and clitic.endswith("لل"):
            rest = habits.article + rest  # "to the": the article has lost its first letter
        if len(rest) >= SHORTEST or rest.isdigit():
            found.append(rest)
    return tuple(dict.fromkeys(found))


def _bare_of(forms: tuple[str, ...], habits: Habits) -> tuple[str, ...]:
    without = [f[len(habits.article) :] for f in forms if habits.article and f.startswith(habits.article)]
    return tuple(dict.fromkeys([*forms, *(f for f in without if len(f) >= SHORTEST)]))


def words_of(text: str, *, habits: Habits) -> list[Word]:
    """The words of ``text`` in their order."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start, stop = match.span()
        plain, forms, bare = _shape(match[0], habits)
        joined = bool(found) and start - end < 4 and _joins(text[end:start], found[-1].plain)
        found.append(Word(Span(start, stop), plain, forms, bare, joined, match[0][0].isupper()))
        end = stop
    return found


def _joins(between: str, before: str) -> bool:
    """Whether nothing parts two words: spaces, quotes, a hyphen, or the full stop of an ordinal ("3. Mai")."""
    return between == " " or all(c in _JOINING for c in between) or (between == ". " and before.isdigit() and len(before) < 3)


def plain_words(phrase: str, *, habits: Habits) -> tuple[str, ...]:
    """A phrase of a lexicon in the form in which words are compared."""
    return tuple(plain_of(word, habits) for word in _WORD.findall(phrase))


class Phrases(Generic[Value]):
    """Phrases of a lexicon, each with what it stands for."""

    def __init__(self, entries: Iterable[tuple[str, Value]], *, habits: Habits) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            words = plain_words(phrase, habits=habits)
            if words:
                self._by_first.setdefault(words[0], []).append((words[1:], value))
        for rests in self._by_first.values():
            rests.sort(key=lambda rest: -len(rest[0]))

    def at(self, words: Sequence[Word], index: int, *, exact: bool = False, article: bool = True) -> tuple[int, Value] | None:
        """The longest phrase that begins at ``index``: the index after it and its value.

        ``exact``: nothing is written before it; ``article`` False: no article.
        """
        word = words[index]
        for form in (word.plain,) if exact else word.bare if article else word.forms:
            for rest, value in self._by_first.get(form, ()):
                if _continues(words, index + 1, rest=rest):
                    return index + 1 + len(rest), value
        return None

    def all(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Value]]:
        """First index, end and value of every phrase, none overlapping."""
        index = 0
        while index < len(words):
            found = self.at(words, index)
            if found:
                yield index, *found
            index = found[0] if found else index + 1

    def holds(self, form: str) -> bool:
        """Whether ``form`` alone is one of the phrases."""
        return any(not rest for rest, _ in self._by_first.get(form, ()))

    def __contains__(self, word: Word) -> bool:
        """Whether a phrase begins with the word, or is it."""
        return any(form in self._by_first for form in word.bare)


def _continues(words: Sequence[Word], index: int, *, rest: tuple[str, ...]) -> bool:
    return all(index + n < len(words) and words[index + n].joined and words[index + n].plain == part for n, part in enumerate(rest))


def entries_of(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """(phrase, key) for a mapping from keys to phrases."""
    return ((phrase, key) for key, phrases in table.items() for phrase in phrases)
