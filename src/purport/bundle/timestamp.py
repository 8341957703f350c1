"""A time-stamp (RFC 3161) over the digest of a bundle: what it says, and whether it is about this bundle."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from purport.errors import InputError, SettingsError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MOST_BYTES = 1 << 20  #: a token with its certificates has 2 to 10 kB
SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """``at``: the time that it gives, ISO 8601 in UTC; ``is_trusted``: its signature was checked against a certificate."""

    at: str
    is_trusted: bool = False


def stamp_of(token: bytes, *, digest: str, trusted: bytes | None = None, where: str) -> Stamp:
    """What a time-stamp response says. ``digest``: hexadecimal SHA-256 that it must be about; ``trusted``: certificates (PEM).

    Without ``trusted`` nobody has checked who made it. Raises InputError if it is none, about something else, or not signed as it
    must be; SettingsError for certificates that are none.
    """
    from rfc3161_client import PKIStatus, decode_timestamp_response

    if len(token) > MOST_BYTES:
        raise InputError("is too large for a time-stamp", where=where)
    try:
        response = decode_timestamp_response(token)
        status, imprint, at = response.status, response.tst_info.message_imprint, response.tst_info.gen_time
    except ValueError as error:
        raise InputError(f"is no time-stamp response: {error}", where=where, remedy="give the .tsr file of the authority") from None
    if status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise InputError(f"the authority did not grant it (status {status})", where=where)
    if imprint.hash_algorithm.dotted_string != SHA256 or imprint.message.hex() != digest:
        raise InputError("is about another digest than that of this bundle", where=where, remedy=f"have {digest} (SHA-256) stamped")
    if trusted is not None:
        _check_signature(response, trusted, digest=digest, where=where)
    return Stamp(at.isoformat(), trusted is not None)


def _check_signature(response: "TimeStampResponse", trusted: bytes, *, digest: str, where: str) -> None:
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    for certificate in _certificates(trusted):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(response, bytes.fromhex(digest))
    except VerificationError as error:
        raise InputError(f"its signature does not lead to the given certificate: {error}", where=where) from None


def _certificates(trusted: bytes) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(trusted)
    except ValueError as error:
        raise SettingsError(f"holds no certificate: {error}", where="--trust", remedy="give a file in PEM form") from None


def read_token(path: Path) -> bytes:
    """The bytes of a token's file. Raises SettingsError for one that is missing or far too large."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise SettingsError("is no time-stamp file", where=str(path), remedy="give the .tsr file of the authority")
    return path.read_bytes()
