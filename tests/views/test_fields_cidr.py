"""Networks and addresses as they are typed (contract §3.4, §9)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.sandbox.call import Refused
from simtui.sandbox.validate.cidr import read_cidr, read_pool_cidr
from simtui.views.fields.cidr import (
    parse_address,
    parse_any_cidr,
    parse_cidr,
    parse_pool_cidr,
    usable_addresses,
)

NUMBERS = st.one_of(st.integers(0, 300).map(str), st.sampled_from(["", "01", "a", "²"]))
ADDRESSES = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.lists(NUMBERS, min_size=3, max_size=5).map(".".join),
    st.ip_addresses(v=6).map(str),
)
PREFIXES = st.one_of(st.integers(0, 40).map("/{}".format), st.sampled_from(["", "/", "/08", "/x"]))
WHOLE = st.builds(
    lambda address, prefix: str(IPv4Network((int(address), prefix), strict=False)),
    st.one_of(
        st.ip_addresses(v=4, network="10.0.0.0/8"),
        st.ip_addresses(v=4, network="100.0.0.0/8"),
        st.ip_addresses(v=4),
    ),
    st.integers(0, 32),
)
TYPED = st.one_of(WHOLE, st.builds(str.__add__, ADDRESSES, PREFIXES), st.text(max_size=20))


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("10.0.0.1", "10.0.0.1/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        (" 10.0.0.0/08 ", "10.0.0.0/8"),
        ("255.255.255.255/32", "255.255.255.255/32"),
    ],
)
def test_a_network_in_its_one_spelling(text: str, network: str) -> None:
    assert str(parse_cidr(text)) == network


@pytest.mark.parametrize(
    ("text", "title", "rule", "example"),
    [
        ("10.0.0.1/8", "10.0.0.1/8 has host bits set", "the network of it is 10.0.0.0/8", "10.0"),
        ("10.0.0.0/33", "The prefix of 10.0.0.0/33 is too large", "0 to 32", "10.0.0.0/8"),
        ("10.0.0.0/" + "9" * 5000, "too large", "0 to 32", "10.0.0.0/8"),
        ("10.0.0.0/x", "no number behind the slash", "0 to 32", "10.0.0.0/8"),
        ("10.0.0.0/", "no number behind the slash", "0 to 32", "10.0.0.0/8"),
        ("10.0.0.0/255.0.0.0", "no number behind the slash", "0 to 32", "10.0.0.0/8"),
        ("2001:db8::/32", "is IPv6", "IPv4 only", "10.0.0.0/8"),
        ("fe80::1%eth0", "names a zone", "no zone", "10.0.0.0/8"),
        ("10.0.0.1%eth0", "names a zone", "no zone", "10.0.0.0/8"),
        ("010.0.0.0/8", "is no IPv4 address", "without leading zeros", "10.0.0.0/8"),
        ("10.0.0", "is no IPv4 address", "four numbers", "10.0.0.0/8"),
        ("", "An address is missing", "IPv4", "10.0.0.0/8"),
    ],
)
def test_what_is_no_network_says_why_and_how(
    text: str, title: str, rule: str, example: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_cidr(text)
    assert title in caught.value.title
    assert rule in caught.value.detail
    assert example in caught.value.hint


@pytest.mark.parametrize(
    ("text", "title", "rule"),
    [
        ("10.0.0.0/15", "10.0.0.0/15 is too large for a pool", "/16 to /29, not /15"),
        ("10.0.0.0/30", "10.0.0.0/30 is too small for a pool", "/16 to /29, not /30"),
        ("10.0.0.7", "10.0.0.7/32 is too small for a pool", "/16 to /29"),
        ("192.0.2.0/24", "192.0.2.0/24 is not private", "172.16.0.0/12, 192.168.0.0/16 or 100.64"),
        ("100.128.0.0/16", "is not private", "100.64.0.0/10"),
        ("10.0.0.9/24", "has host bits set", "10.0.0.0/24"),
    ],
)
def test_what_cannot_be_a_pool(text: str, title: str, rule: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_pool_cidr(text)
    assert title in caught.value.title
    assert rule in caught.value.detail


@pytest.mark.parametrize("text", ["ANY", "any", "*", "", "  "])
def test_what_leaves_it_open_is_any(text: str) -> None:
    assert parse_any_cidr(text) == "ANY"


def test_any_or_a_network_in_its_one_spelling() -> None:
    assert parse_any_cidr(" 10.0.0.1 ") == "10.0.0.1/32"
    with pytest.raises(UsageError, match="host bits"):
        parse_any_cidr("10.0.0.1/8")


def test_one_address() -> None:
    assert parse_address(" 10.0.4.17 ") == IPv4Address("10.0.4.17")
    with pytest.raises(UsageError, match="is a network"):
        parse_address("10.0.4.0/24")
    with pytest.raises(UsageError, match="is IPv6"):
        parse_address("::1")


@pytest.mark.parametrize(("cidr", "usable"), [("10.0.0.0/29", 5), ("10.0.0.0/16", 65_533)])
def test_network_broadcast_and_gateway_are_nobodys(cidr: str, usable: int) -> None:
    assert usable_addresses(IPv4Network(cidr)) == usable


@given(TYPED)
def test_what_is_a_network_here_is_one_for_the_server(text: str) -> None:
    try:
        ours = str(parse_cidr(text))
    except UsageError:
        with pytest.raises(Refused):
            read_cidr("cidr", text)
    else:
        assert ours == str(read_cidr("cidr", ours)) == str(read_cidr("cidr", text.strip()))


@given(TYPED)
def test_what_is_a_pool_here_is_one_for_the_server(text: str) -> None:
    try:
        ours = str(parse_pool_cidr(text))
    except UsageError:
        with pytest.raises(Refused):
            read_pool_cidr(text)
    else:
        assert ours == str(read_pool_cidr(ours)) == str(read_pool_cidr(text.strip()))
