"""HTTP content and transfer codings undone, never to more than a given number of bytes (a bomb is refused while it swells)."""

import zlib
from collections.abc import Iterable, Iterator

from purport.errors import InputError
from purport.ingest.page import too_large

_CHUNK = 1 << 18
_EITHER_HEADER = 32 + zlib.MAX_WBITS  #: zlib's own detection of gzip or zlib


def decoded(content: bytes, *, codings: Iterable[str], limit: int, origin: str) -> bytes:
    """``content`` with its codings undone, last applied first. Raises InputError if one is unknown or broken, or past ``limit``."""
    for coding in reversed([name for coding in codings if (name := coding.strip().lower())]):
        if coding in ("gzip", "x-gzip", "deflate"):
            content = b"".join(inflated([content], limit=limit, origin=origin))
        elif coding == "chunked":
            content = unchunked(content)
        elif coding in ("br", "zstd"):
            content = _rarely_coded(content, coding=coding, limit=limit, origin=origin)
        elif coding != "identity":
            raise InputError(
                f"coded as {coding!r}, which is not known here", where=origin, remedy="save the page from a browser and give that file"
            )
    return content


def inflated(chunks: Iterable[bytes], *, limit: int, origin: str) -> Iterator[bytes]:
    """The decompressed pieces of a gzip, zlib or bare deflate stream, while it arrives. A gzip of several members is one stream."""
    inflater, size = None, 0
    for chunk in chunks:
        while chunk:
            if inflater is None or inflater.eof:
                inflater = _inflater(chunk)
            try:
                piece = inflater.decompress(chunk, _CHUNK)
            except zlib.error as error:
                if size:  # Servers pad after the last member; what came before is whole.
                    return
                raise InputError(f"broken compression ({error})", where=origin, remedy="fetch or save the page again") from error
            size += len(piece)
            if size > limit:
                raise too_large(origin=origin, limit=limit)
            yield piece
            chunk = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if inflater is not None and not inflater.eof:
        raise InputError("compressed data that ends too early", where=origin, remedy="fetch or save the page again")


def _inflater(first: bytes) -> "zlib._Decompress":
    """Some servers send deflate without the zlib header that the standard asks for."""
    bare = not first.startswith(b"\x1f") and (first[0] & 0x0F) != 8
    return zlib.decompressobj(-zlib.MAX_WBITS if bare else _EITHER_HEADER)


def _rarely_coded(content: bytes, *, coding: str, limit: int, origin: str) -> bytes:
    import io

    from fastwarc import stream_io

    reader = (stream_io.BrotliReader if coding == "br" else stream_io.ZstdReader)(io.BytesIO(content))
    try:
        plain: bytes = reader.read(limit + 1)
    except OSError as error:
        raise InputError(f"broken compression ({error})", where=origin, remedy="fetch or save the page again") from error
    if len(plain) > limit:
        raise too_large(origin=origin, limit=limit)
    return plain


def unchunked(content: bytes) -> bytes:
    """The body without chunk sizes; as it stands if it has none (many crawlers undo the coding and keep its header)."""
    pieces, at = [], 0
    while at < len(content):
        end = content.find(b"\r\n", at)
        try:
            size = int(content[at:end].split(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return content
        if size == 0:
            break
        pieces.append(content[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(pieces)
