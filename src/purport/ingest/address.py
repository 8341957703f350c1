"""Which network addresses may be reached: the check is made on the address that is then connected to, whatever its name says later."""

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from purport.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address, and any IPv4 address that it stands for, belongs to the public internet."""
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return _is_public(parsed)
    another = _another_name_of(parsed)
    if another is not None:
        return _is_public(another)
    return _is_public(parsed) and not parsed.is_site_local and all(_is_public(inner) for inner in _tunnel_ends(parsed))


def _is_public(address: Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _another_name_of(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that is written as this one (mapped, NAT64)."""
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address.ipv4_mapped


def _tunnel_ends(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses to which packets for this one are tunnelled (6to4, Teredo)."""
    return [end for end in (address.sixtofour, *(address.teredo or ())) if end is not None]


def addresses_of(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The IP addresses of a host. Raises FetchError if it has none, or if one of them is not public and ``allow_private`` is False."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host!r} is not known ({error})", remedy="check the address and the connection") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in found))
    hidden = [address for address in addresses if not is_public(address)]
    if hidden and not allow_private:
        raise FetchError(
            f"{host} is {hidden[0]}, an address of this machine or of a private network",
            remedy="set allow_private_addresses if that is meant",
        )
    return addresses


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only, and lets none of them live past ``deadline`` (of ``time.monotonic``)."""

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address that answers."""
        failed: Exception = httpcore.ConnectError("no address")
        for address in addresses_of(host, port, allow_private=self._allow_private):
            try:
                stream = self._plain.connect_tcp(address, port, _left(self._deadline, timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return DeadlineStream(stream, deadline=self._deadline)
        raise failed


class DeadlineStream(httpcore.NetworkStream):
    """A connection that ends at a point in time: a server that sends one byte now and then is not waited for."""

    def __init__(self, stream: httpcore.NetworkStream, *, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return DeadlineStream(stream, deadline=self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("too slow")
    return left if timeout is None else min(left, timeout)
