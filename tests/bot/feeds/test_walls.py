"""Which addresses may be asked."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.walls import Walled, any_socket, is_public, public_socket

PUBLIC = ("1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")
WALLED = (
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2001:db8::1",
    "localhost",
    "",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", WALLED)
def test_addresses_of_this_machine_and_its_networks_are_not_asked(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_no_dress_makes_a_private_address_public(address: IPv4Address) -> None:
    number = int(address)
    dressed = [
        IPv6Address(0xFFFF_0000_0000 | number),
        IPv6Address(number),
        IPv6Address((0x2002 << 112) | (number << 80)),
        IPv6Address((0x64_FF9B << 96) | number),
    ]
    assert not any(map(is_public, map(str, (address, *dressed))))


@given(st.ip_addresses())
def test_every_address_has_an_answer(address: IPv4Address | IPv6Address) -> None:
    assert is_public(str(address)) in {True, False}
    if ip_address(str(address)).is_private and address.version == 4:
        assert not is_public(str(address))


def test_a_socket_is_made_for_a_public_address_alone() -> None:
    kind = (socket.AF_INET, socket.SOCK_STREAM, 0, "")
    with public_socket((*kind, ("1.1.1.1", 443))) as made:
        assert made.family is socket.AF_INET
    with pytest.raises(Walled, match=r"127\.0\.0\.1 is not a public address"):
        public_socket((*kind, ("127.0.0.1", 80)))
    with any_socket((*kind, ("127.0.0.1", 80))) as made:
        assert made.family is socket.AF_INET
