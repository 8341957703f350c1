"""A time-stamp (RFC 3161) over the digest of a bundle: what it says, and whether it is about this bundle."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.errors import InputError, SettingsError

MOST_BYTES = 1 << 20  #: a token with its certificates has 2 to 10 kB
GRANTED = ("granted", "granted_with_mods")
MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)


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
    if len(token) > MOST_BYTES:
        raise InputError("is too large for a time-stamp", where=where)
    try:
        response, status, algorithm, imprint, at = _parsed(token)
    except MALFORMED as error:
        what = f"is no time-stamp response ({type(error).__name__})"
        raise InputError(what, where=where, remedy="give the .tsr file of the authority") from None
    if status not in GRANTED:
        raise InputError(f"the authority did not grant it ({status})", where=where)
    if (algorithm, imprint) != ("sha256", digest):
        raise InputError("is about another digest than that of this bundle", where=where, remedy=f"have {digest} (SHA-256) stamped")
    if trusted is not None:
        _check_signature(response, trusted, digest=digest, where=where)
    return Stamp(at, trusted is not None)


def _parsed(token: bytes) -> tuple[Any, str, str, str, str]:
    """The response, its status, the algorithm and the digest that it is about, its time. Raises one of :data:`MALFORMED`."""
    from asn1crypto.tsp import TimeStampResp

    response = TimeStampResp.load(token, strict=True)
    status = str(response["status"]["status"].native)
    if status not in GRANTED:
        return response, status, "", "", ""
    said = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    imprint = said["message_imprint"]
    algorithm, hashed = str(imprint["hash_algorithm"]["algorithm"].native), imprint["hashed_message"].native.hex()
    return response, status, algorithm, hashed, said["gen_time"].native.isoformat()


def _check_signature(response: Any, trusted: bytes, *, digest: str, where: str) -> None:
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        builder = VerifierBuilder(roots=load_pem_x509_certificates(trusted))
    except ValueError as error:
        raise SettingsError(f"holds no certificate: {error}", where="--trust", remedy="give a file in PEM form") from None
    try:
        builder.build().verify(decode_timestamp_response(_in_order(response)), bytes.fromhex(digest))
    except (VerificationError, *MALFORMED) as error:
        raise InputError(f"its signature does not lead to the given certificate: {error}", where=where) from None


def _in_order(response: Any) -> bytes:
    """The response with its certificates in the order that DER wants; many authorities have another, and the reader is strict.

    No signature covers the set of certificates.
    """
    signed = response["time_stamp_token"]["content"]
    certificates = signed["certificates"]
    ordered = sorted(each.dump() for each in certificates)
    signed["certificates"] = type(certificates)([certificates._child_spec.load(each) for each in ordered])
    return bytes(response.dump(force=True))


def read_token(path: Path) -> bytes:
    """The bytes of a token's file. Raises SettingsError for one that is missing or far too large."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise SettingsError("is no time-stamp file", where=str(path), remedy="give the .tsr file of the authority")
    return path.read_bytes()
