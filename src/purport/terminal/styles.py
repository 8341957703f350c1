"""Colours of the terminal view; each stands beside a word that says the same."""

from rich.text import Text

from purport.print_safe import print_safe
from purport.status import StatusCode

STATUS = {
    StatusCode.FACT: "bold green",
    StatusCode.CLAIMED: "bold yellow",
    StatusCode.PARTY_CLAIM: "bold magenta",
    StatusCode.ALLEGED: "bold yellow",
    StatusCode.DISPUTED: "bold red",
    StatusCode.DENIED: "bold red",
    StatusCode.UNREALISED: "bold cyan",
}
HEADLINE, QUIET, QUOTE, CHAIN, ROLE, FOUND = "bold", "dim", "italic", "cyan", "dim", "bold reverse"


def words(text: str, style: str = "") -> Text:
    """Text of a page, made safe, in one style; nothing in it is taken for markup."""
    return Text(print_safe(text), style=style)


def quoted(text: str) -> Text:
    """Evidence in its marks: « at least 16 people »."""
    return Text.assemble(("« ", QUIET), (print_safe(text), QUOTE), (" »", QUIET))
