"""What tables hold of an incident, made once and kept in the project file, so that an export need not read its pages again."""

import base64
import io
import json
from functools import cache, lru_cache
from typing import Any

from purport.accounts import Account
from purport.codebook import in_use
from purport.export.case import Case, Terms
from purport.export.catalogue import CATALOGUE, Format, Split, write_to
from purport.export.rows import rows_of
from purport.incidents.policies import resolve
from purport.software import software
from purport.store.record import compressed

CELLS = "cells"  #: under this name stand the rows that all formats of :attr:`Split.ROWS` share

Json = dict[str, Any]


@cache
def kept_formats() -> tuple[Format, ...]:
    """The formats whose rows are kept."""
    return tuple(each for each in CATALOGUE.values() if each.is_kept)


def rows_kept(account: Account) -> bytes:
    """The rows of an incident in every format that is kept, each by the policy of the format."""
    policies = {format.policy for format in kept_formats()}
    cases = {policy: Case(account, resolve(account, policy)) for policy in sorted(policies)}
    made: dict[str, bytes] = {}
    for format in kept_formats():
        name = name_of(format)
        if name not in made:
            made[name] = json.dumps(part_of(cases[format.policy], format=format), separators=(",", ":")).encode("ascii")
    lengths = json.dumps({name: len(part) for name, part in made.items()}).encode("ascii")
    return compressed(b"\n".join([lengths, b"".join(made.values())]))


def name_of(format: Format) -> str:
    """The name under which the rows of a format stand."""
    return CELLS if format.split is Split.ROWS else format.name


def part_of(case: Case, *, format: Format, with_claims: bool = True) -> Json:
    """What an incident adds to a file: ``number`` of records, ``left_out`` by reason, and its ``text``, or its cells as ``rows``."""
    if format.split is Split.ROWS:
        made = rows_of(case, with_claims=with_claims)
        return {"number": 1, "left_out": {}, "rows": [made.incident, made.claims]}
    file = io.StringIO(newline="")
    written = write_to(file, [case], format=format, terms=_terms(format.name))
    text = file.getvalue().removeprefix(_head(format.name, in_use().digest))
    return {"number": written.number, "left_out": dict(written.left_out), "text": text}


def kept_part(kept: bytes, *, format: Format) -> Json:
    """The same out of what :func:`rows_kept` made, decompressed."""
    head, _, parts = kept.partition(b"\n")
    lengths: dict[str, int] = json.loads(head)
    names = list(lengths)
    start = sum(lengths[name] for name in names[: names.index(name_of(format))])
    found: Json = json.loads(parts[start : start + lengths[name_of(format)]])
    return found if format.has_claims or "rows" not in found else {**found, "rows": [found["rows"][0], []]}


@lru_cache(maxsize=64)
def _head(name: str, digest: str) -> str:
    """What stands before the first record; the columns are those of the codebook of that digest, which is in use."""
    file = io.StringIO(newline="")
    write_to(file, iter(()), format=CATALOGUE[name], terms=_terms(name))
    return file.getvalue()


@cache
def _terms(name: str) -> Terms:
    """Terms for formats that state none inside."""
    return Terms(name, software(), mask_names=True)


# ------------------------------------------------------------------ between processes
def to_words(rows: bytes) -> str:
    """Compressed rows as they go through a line of JSON."""
    return base64.b64encode(rows).decode("ascii")


def from_words(words: str) -> bytes:
    """What :func:`to_words` was given."""
    return base64.b64decode(words, validate=True)
