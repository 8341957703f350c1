"""Hashing and checking passwords with Argon2id (RFC 9106, the second recommended option: 3 passes over 64 MiB)."""

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from purport.errors import StoreError
from purport.resources import text_of

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1000  #: characters; hashing takes longer the longer it is
AT_ONCE = 2  #: hashes at the same time, each of 64 MiB: many logins at once must not fill the memory

_turns = threading.BoundedSemaphore(AT_ONCE)


def hashed(password: str, *, name: str) -> str:
    """The hash in its encoded form. Raises StoreError for a password that is too short, too long or too common."""
    password = normal(password)
    if len(password) < SHORTEST:
        raise _poor(f"a password has at least {SHORTEST} characters", name)
    if len(password) > LONGEST:
        raise _poor(f"a password has at most {LONGEST:,} characters", name)
    if password.casefold() in common() or len(set(password)) < 4 or password.casefold() == name.casefold():
        raise _poor("this password is among the first that anybody tries", name)
    with _turns:
        return _hasher().hash(password)


def fits(encoded: str | None, password: str) -> bool:
    """Whether a password is that of the hash. Without a hash the answer is no, and takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    password = normal(password)[:LONGEST]
    try:
        with _turns:
            _hasher().verify(encoded or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return encoded is not None


def normal(password: str) -> str:
    """In one form, however the keyboard put its accents together."""
    return unicodedata.normalize("NFKC", password)


@cache
def common() -> frozenset[str]:
    """Passwords that are tried first, without regard to capitals."""
    lines = (line.strip() for line in text_of("people/common_passwords.txt").splitlines())
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


@cache
def _nobodys() -> str:
    return _hasher().hash("of nobody")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # most commands hash nothing

    return PasswordHasher()


def _poor(what: str, name: str) -> StoreError:
    return StoreError(what, where=name, remedy="choose a longer one: four or five words that do not belong together are easy to keep")
