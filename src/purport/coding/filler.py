"""One word in one role of a trigger."""

from dataclasses import dataclass

from purport.model import Role, Token


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills a role of a trigger; the phrase around it is quoted later. ``via`` is the trigger it was found at."""

    role: Role
    head: Token
    last: Token | None = None  #: last member of a coordination quoted as one ("mortars and long-range rockets")
