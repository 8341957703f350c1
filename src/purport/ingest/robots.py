"""robots.txt as RFC 9309 has it: the group of the most specific agent, the longest matching rule, ``*`` and ``$``."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: str
    allowed: bool

    def matches(self, path: str) -> bool:
        """Whether the path begins as the pattern says. Walks the pieces between stars, so that no pattern is slow."""
        pieces = re.sub(r"\*+", "*", self.pattern.removesuffix("$")).split("*")
        at = 0
        for number, piece in enumerate(pieces):
            at = (0 if path.startswith(piece) else -1) if number == 0 else path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if not self.pattern.endswith("$"):
            return True
        return at == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host asks of one agent."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether the agent may fetch this address: the longest rule decides, and of two as long the one that allows."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        matching = [rule for rule in self.rules if rule.matches(path)]
        return max(matching, key=lambda rule: (len(rule.pattern), rule.allowed)).allowed if matching else True


def robots_of(text: str, *, agent: str) -> Robots:
    """The rules for ``agent`` (a product name in lower case), else those for everybody."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    naming = False
    for field, value in _fields(text):
        if field == "user-agent":
            names = [*(names if naming else []), value.lower().split("/")[0].strip()]
            groups.setdefault(names[-1], [])
            naming = True
        elif names:
            naming = False
            for name in names:
                groups[name].append((field, value))
    return _robots(groups.get(agent, groups.get("*", [])))


def _fields(text: str) -> list[tuple[str, str]]:
    lines = (line.split("#")[0].partition(":") for line in text.lstrip("\ufeff").splitlines())
    return [(field.strip().lower(), value.strip()) for field, colon, value in lines if colon]


def _robots(fields: list[tuple[str, str]]) -> Robots:
    rules = [Rule(unquote(value), field == "allow") for field, value in fields if field in ("allow", "disallow") and value]
    delays = [float(value) for field, value in fields if field == "crawl-delay" and re.fullmatch(r"\d+(?:\.\d+)?", value)]
    return Robots(tuple(rules), max(delays, default=0.0))
