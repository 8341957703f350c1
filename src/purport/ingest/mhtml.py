"""A page saved from a browser as MHTML (.mht): its HTML part."""

import email
import email.policy
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime

from purport.errors import InputError
from purport.ingest.page import Beside, capture_of
from purport.model import Capture


def mhtml_capture(content: bytes, *, origin: str) -> Capture:
    """The first HTML part, with the address and time at which it was saved. Raises InputError if there is none."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    page = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(page, bytes):
        raise InputError("an MHTML file without an HTML part", where=origin, remedy="save the page as HTML and give that file")
    return capture_of(page, origin=origin, beside=_beside(message, part))


def _beside(message: Message, part: Message) -> Beside:
    url = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    charset = part.get_content_charset()
    try:
        saved = parsedate_to_datetime(str(message["Date"]))
        saved = saved if saved.tzinfo else saved.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError):
        saved = None
    return Beside(url if url.startswith(("http://", "https://")) else None, saved, charset)
