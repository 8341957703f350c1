"""Words → matches of the rules in ``resources/times.yaml``; where two overlap the longer stays, then the earlier rule."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from purport.read.numerals import number_of, ordinal_of
from purport.read.timex.lexer import Lexemes
from purport.read.timex.lexicon import REPEAT, expression_of, lexicon
from purport.resources import yaml_of


@dataclass(frozen=True, slots=True)
class Rule:
    order: int
    sense: str
    expression: re.Pattern[str]
    kind: str = "DATE"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``[first, end)`` that a rule takes for a time, with the words of its named parts."""

    rule: Rule
    first: int
    end: int
    parts: Mapping[str, Sequence[str]]
    words: Sequence[str]

    def has(self, part: str) -> bool:
        return bool(self.parts.get(part))

    def word(self, part: str) -> str:
        """The words of a part, joined by spaces; "" if it is not there."""
        return " ".join(self.parts.get(part, ()))

    def number(self, part: str) -> float | None:
        """The number that a part spells out, None if it is absent or no number."""
        return number_of(self.parts.get(part, ()))

    def ordinal(self, part: str) -> int | None:
        """A day of the month or rank, "3", "3rd" or "third"; None if absent."""
        words = self.parts.get(part, ())
        if not words:
            return None
        rank = ordinal_of(words[-1])
        number = number_of(words[:1])
        return rank if rank is not None and len(words) == 1 else _ranked(words) if rank is not None else int(number or 0)

    def value_of(self, part: str, name: str) -> str | int:
        """What the lexicon's class ``name`` gives for the word of a part, "" if nothing."""
        value: str | int = lexicon().values[name].get(self.word(part), "")
        return value


def _ranked(words: Sequence[str]) -> int:
    return int(number_of(words[:1]) or 0) + (ordinal_of(words[-1]) or 0)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises ResourceError if one names a class that does not exist."""
    return tuple(_rule_of(entry, order=order) for order, entry in enumerate(yaml_of("times.yaml")["rules"]))


def _rule_of(entry: Mapping[str, str], *, order: int) -> Rule:
    words = lexicon()
    behind = f"(?<=[{words.set_of(entry['before'])}])" if "before" in entry else ""
    behind += f"(?<![{words.set_of(entry['not_before'])}])" if "not_before" in entry else ""
    ahead = f"(?={expression_of(entry['after'], lexicon=words)})" if "after" in entry else ""
    ahead += f"(?!{expression_of(entry['not_after'], lexicon=words)})" if "not_after" in entry else ""
    body = expression_of(entry["pattern"], lexicon=words)
    return Rule(order, entry["sense"], re.compile(f"{behind}(?:{body}){ahead}"), entry.get("kind", "DATE"), entry.get("value", ""))


def matches_of(lexemes: Lexemes) -> list[Match]:
    """Matches that do not overlap, in the order of the text."""
    found = [(m.end() - m.start(), rule, m) for rule in rules() for m in rule.expression.finditer(lexemes.code)]
    found.sort(key=lambda entry: (-entry[0], entry[1].order, entry[2].start()))
    taken = bytearray(len(lexemes.code))
    kept = []
    for _, rule, m in found:
        if not any(taken[m.start() : m.end()]):
            taken[m.start() : m.end()] = b"\x01" * (m.end() - m.start())
            kept.append(_match_of(m, rule=rule, lexemes=lexemes))
    return sorted(kept, key=lambda match: match.first)


def _match_of(m: re.Match[str], *, rule: Rule, lexemes: Lexemes) -> Match:
    parts = {name.partition(REPEAT)[0]: lexemes.words[slice(*m.span(name))] for name, group in m.groupdict().items() if group}
    return Match(rule, m.start(), m.end(), parts, lexemes.words[m.start() : m.end()])
