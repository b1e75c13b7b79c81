"""Which addresses may be asked: public ones, looked at when the connection is made."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from typing import TypeAlias

from aiohappyeyeballs import AddrInfoType

Opener: TypeAlias = Callable[[AddrInfoType], socket.socket]

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a translator. https://www.rfc-editor.org/rfc/rfc6052#section-2.1"""

_COMPATIBLE = IPv6Network("::/96")
"""IPv4 addresses of old. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.1"""


class Walled(OSError):
    """An address that is not of the public internet."""


def public_socket(address: AddrInfoType) -> socket.socket:
    """A socket for a public address; raises Walled for any other.

    This is asked for every connection, after each redirect and each look-up of a name, with the
    address that is then connected to: a name that changes its mind changes nothing.
    """
    family, kind, protocol, _, where = address
    host = str(where[0])
    if not is_public(host):
        raise Walled(f"{host} is not a public address")
    return socket.socket(family, kind, protocol)


def any_socket(address: AddrInfoType) -> socket.socket:
    """A socket for any address: for tests, whose servers are on this machine."""
    family, kind, protocol, _, _ = address
    return socket.socket(family, kind, protocol)


def is_public(host: str) -> bool:
    """Whether an address is of the public internet, and every address inside it is as well.

    >>> is_public("1.1.1.1"), is_public("::ffff:127.0.0.1"), is_public("100.64.0.1")
    (True, False, False)
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_open(address)
    inside = _inside(address)
    if inside is not None:
        return all(map(_is_open, inside))
    return _is_open(address) and not address.is_site_local


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inside(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The IPv4 addresses that an IPv6 address leads to."""
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _TRANSLATED or address in _COMPATIBLE:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return None
