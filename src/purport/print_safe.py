"""Text of pages made fit for a screen: nothing in it can move the cursor, colour the terminal or turn the order of letters round."""

import re
from functools import cache

#: C0 and C1 controls, bidirectional embeddings, overrides and isolates (CVE-2021-42574, "Trojan Source"), line and paragraph separators,
#: interlinear marks, tag characters, lone surrogates and non-characters. Marks that Arabic and Persian need (U+200C–U+200F, U+061C) stay.
HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]")
BLANK = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
STAND_IN = "\ufffd"  #: what a harmful character is shown as; one for one, so that every span still fits


def print_safe(text: str, *, keep_lines: bool = False) -> str:
    """The same number of characters, none of them harmful; line breaks become spaces unless they are kept."""
    return HARMFUL.sub(lambda match: _stand_in(match.group(), keep_lines=keep_lines), text)


@cache
def _stand_in(character: str, *, keep_lines: bool) -> str:
    if character == "\n" and keep_lines:
        return "\n"
    return " " if character in BLANK else STAND_IN


def json_safe(line: str) -> str:
    """JSON with harmful characters as escapes; the same values, and nothing for a terminal to obey."""
    return HARMFUL.sub(lambda match: _escapes(match.group()), line)


def _escapes(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
