"""Text inside XML."""

import re

#: What XML 1.0 has no character for: most control characters, lone surrogates, two non-characters.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """The text, with the replacement character for each that XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)
