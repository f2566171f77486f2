"""Ports and protocols as they are typed (contract §3.5, §3.6, §9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.sandbox.call import Refused
from simtui.sandbox.validate.ports import (
    read_port_range,
    read_ports,
    read_protocol,
    read_public_ports,
)
from simtui.views.fields.ports import (
    has_ports,
    parse_port_range,
    parse_ports,
    parse_protocol,
    parse_public_ports,
    port_ranges,
    ports_text,
)

NUMBERS = st.one_of(
    st.integers(0, 70_000), st.sampled_from([0, 1, 499, 500, 1023, 1024, 4500, 65_535, 65_536])
).map(str)
ITEMS = st.one_of(
    NUMBERS,
    st.builds("{}-{}".format, NUMBERS, NUMBERS),
    st.builds("{} - {}".format, NUMBERS, NUMBERS),
    st.sampled_from(["", "-", "1-", "-1", "1-2-3", "٣", "0080", "ANY", "x"]),
)
LISTS = st.lists(ITEMS, max_size=17).map(",".join)
TYPED = st.one_of(LISTS, ITEMS, st.text(max_size=12), st.sampled_from(["ANY", "any", "80;81"]))


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("1-65535", "1-65535"),
        ("ANY", "ANY"),
        (" any ", "ANY"),
        ("", "ANY"),
        ("22, 80 ,8000 - 8010", "22,80,8000-8010"),
        ("0080", "80"),
        ("80-80", "80"),
    ],
)
def test_a_list_in_its_one_spelling(text: str, ports: str) -> None:
    assert parse_ports(text) == ports


@pytest.mark.parametrize(
    ("text", "title", "rule", "example"),
    [
        ("0", "There is no port 0", "Ports are 1 to 65535", "22,8000-8010"),
        ("22,0-80", "There is no port 0", "Ports are 1 to 65535", "22,8000-8010"),
        ("65536", "There is no port 65536", "Ports are 1 to 65535", "22"),
        ("9" * 5000, "There is no port 9", "Ports are 1 to 65535", "22"),
        ("90-80", "The range 90-80 is upside down", "lower port comes first", "example 80-90"),
        ("80;81", "“80;81” is no list", "separated by commas", "example 80,81"),
        ("80 81-82", "“80 81-82” is no list", "separated by commas", "example 80,81-82"),
        ("80,,81", "A port is missing", "one side of a comma", "22"),
        ("http", "“http” is no port", "ANY, or ports and ranges", "22"),
        ("1-2-3", "“1-2-3” is no port", "ANY, or ports and ranges", "22"),
        (",".join(["1"] * 16), "16 items are too many", "at most 15", "8000-8010"),
    ],
)
def test_what_is_no_list_says_why_and_how(text: str, title: str, rule: str, example: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_ports(text)
    assert title in caught.value.title
    assert rule in caught.value.detail
    assert example in caught.value.hint


def test_the_ranges_that_a_list_means() -> None:
    assert port_ranges("22,8000-8002") == (range(22, 23), range(8000, 8003))
    assert port_ranges("any") == (range(1, 65_536),)


@pytest.mark.parametrize("text", ["ANY", "80,81"])
def test_nat_takes_one_range(text: str) -> None:
    with pytest.raises(UsageError, match="is not one range of ports"):
        parse_port_range(text)
    with pytest.raises(UsageError, match="Ports are missing"):
        parse_port_range(" ")


@pytest.mark.parametrize(
    ("text", "protocol", "title"),
    [
        ("1023", "TCP", "Port 1023 cannot be a public port"),
        ("500", "UDP", "Port 500 cannot be a public port"),
        ("4500", "UDP", "UDP port 4500 is reserved for IKE"),
        ("4000-5000", "udp", "UDP port 4500 is reserved for IKE"),
    ],
)
def test_ports_that_nat_cannot_give_away(text: str, protocol: str, title: str) -> None:
    with pytest.raises(UsageError, match=title):
        parse_public_ports(text, protocol)
    assert parse_public_ports("4500", "TCP") == range(4500, 4501)


@pytest.mark.parametrize(
    ("text", "protocol"), [("tcp", "TCP"), (" Icmp ", "ICMP"), ("006", "6"), ("", "ANY")]
)
def test_a_protocol_in_its_one_spelling(text: str, protocol: str) -> None:
    assert parse_protocol(text) == protocol


@pytest.mark.parametrize("text", ["256", "9" * 5000, "IGMP", "-1", "٣"])
def test_what_is_no_protocol(text: str) -> None:
    with pytest.raises(UsageError, match="number from 0 to 255"):
        parse_protocol(text)


def test_which_protocols_have_ports() -> None:
    assert [has_ports(one) for one in ("TCP", "17", "ANY", "ICMP", "1")] == [True, True] + [
        False
    ] * 3


def accepts(reader: Callable[[], object]) -> bool:
    try:
        reader()
    except (UsageError, Refused):
        return False
    return True


@given(TYPED)
def test_a_list_here_is_one_for_the_server(text: str) -> None:
    if accepts(lambda: parse_ports(text)):
        assert read_ports("ports", parse_ports(text)) == port_ranges(text)
    else:
        assert not accepts(lambda: read_ports("ports", text))


@given(TYPED, st.sampled_from(["TCP", "UDP"]))
def test_a_range_here_is_one_for_the_server(text: str, protocol: str) -> None:
    for ours, theirs in (
        (lambda: parse_port_range(text), lambda given: read_port_range("ports", given)),
        (
            lambda: parse_public_ports(text, protocol),
            lambda given: read_public_ports("ports", given, protocol),
        ),
    ):
        if accepts(ours):
            assert theirs(ports_text(ours())) == ours()
        else:
            assert not accepts(lambda read=theirs: read(text))


@given(st.one_of(NUMBERS, st.sampled_from(["ANY", "TCP", "UDP", "ICMP"]), st.text(max_size=6)))
def test_a_protocol_here_is_one_for_the_server(text: str) -> None:
    if accepts(lambda: parse_protocol(text)):
        ours = parse_protocol(text)
        assert read_protocol("protocol", ours) == ours
    else:
        assert not accepts(lambda: read_protocol("protocol", text))
