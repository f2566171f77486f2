"""The rules of contract §9, with the reasons of its vectors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.sandbox.call import Refused
from simtui.sandbox.validate.cidr import read_any_cidr, read_cidr, read_pool_cidr, refuse_overlaps
from simtui.sandbox.validate.fields import refuse_unknown_fields
from simtui.sandbox.validate.ipsec import check_gateway, check_peer_id, check_psk
from simtui.sandbox.validate.ports import (
    port_text,
    read_port_range,
    read_ports,
    read_protocol,
    read_public_ports,
)
from simtui.sandbox.validate.text import read_name, read_services, read_tags, read_text
from simtui.sandbox.validate.time import read_time


def reason(check: Callable[[], Any]) -> str:
    """The code a check refuses with, or OK."""
    try:
        check()
    except Refused as refused:
        assert (refused.status, refused.name) == (400, "VALIDATION_FAILED")
        ((field, code, message),) = refused.problems
        assert field and message
        return code
    return "OK"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10.0.0.0/8", "OK"),
        ("10.0.0.1", "OK"),
        ("0.0.0.0/0", "OK"),
        ("10.0.0.1/8", "HOST_BITS_SET"),
        ("10.0.0.0/33", "RANGE"),
        ("10.0.0.0/", "SYNTAX"),
        ("10.0.0.0/8\n", "SYNTAX"),
        ("10.0.0.0/255.0.0.0", "SYNTAX"),
        ("10.0.0.0/٨", "SYNTAX"),
        ("10.0.0", "SYNTAX"),
        ("256.0.0.1", "SYNTAX"),
        ("010.0.0.1", "SYNTAX"),
        ("", "SYNTAX"),
        ("fd00::/8", "IPV6"),
    ],
)
def test_cidr(text: str, code: str) -> None:
    assert reason(lambda: read_cidr("cidr", text)) == code


def test_a_bare_address_is_a_network_of_one() -> None:
    assert str(read_cidr("cidr", "10.0.0.1")) == "10.0.0.1/32"
    assert read_any_cidr("cidr", "10.0.0.1") == "10.0.0.1/32"
    assert read_any_cidr("cidr", "ANY") == "ANY"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10.1.0.0/16", "OK"),
        ("172.31.255.248/29", "OK"),
        ("192.168.0.0/16", "OK"),
        ("100.64.0.0/16", "OK"),
        ("10.0.0.0/15", "PREFIX_LENGTH"),
        ("10.0.0.0/30", "PREFIX_LENGTH"),
        ("10.0.0.1", "PREFIX_LENGTH"),
        ("172.32.0.0/16", "NOT_PRIVATE"),
        ("8.8.8.0/24", "NOT_PRIVATE"),
        ("100.128.0.0/16", "NOT_PRIVATE"),
    ],
)
def test_pool_cidr(text: str, code: str) -> None:
    assert reason(lambda: read_pool_cidr(text)) == code


def test_a_list_of_networks_may_not_overlap_itself() -> None:
    networks = [read_cidr("c", text) for text in ("10.0.0.0/8", "11.0.0.0/8", "10.9.0.0/16")]
    assert reason(lambda: refuse_overlaps("c", networks)) == "OVERLAP"
    assert reason(lambda: refuse_overlaps("c", networks[:2])) == "OK"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ANY", "OK"),
        ("1-65535", "OK"),
        ("22,80,8000-8010", "OK"),
        (",".join(["80"] * 15), "OK"),
        (",".join(["80"] * 16), "TOO_MANY"),
        ("0", "RANGE"),
        ("65536", "RANGE"),
        ("20-10", "RANGE"),
        ("80;81", "SYNTAX"),
        ("80,", "SYNTAX"),
        ("", "SYNTAX"),
        ("80\n", "SYNTAX"),
        ("8०", "SYNTAX"),
        ("any", "SYNTAX"),
    ],
)
def test_ports(text: str, code: str) -> None:
    assert reason(lambda: read_ports("ports", text)) == code


@given(st.text(alphabet="0123456789,-ANY ", max_size=40))
def test_ports_are_read_or_refused_with_a_reason(text: str) -> None:
    if reason(lambda: read_ports("ports", text)) == "OK":
        assert all(0 < ports.start < ports.stop <= 65_536 for ports in read_ports("p", text))


@given(st.integers(1, 65_535), st.integers(0, 100))
def test_a_range_is_written_as_it_was_read(first: int, more: int) -> None:
    last = min(first + more, 65_535)
    text = str(first) if first == last else f"{first}-{last}"
    assert port_text(read_port_range("p", text)) == text


@pytest.mark.parametrize(
    ("text", "protocol", "code"),
    [
        ("1024", "TCP", "OK"),
        ("65535", "UDP", "OK"),
        ("4500", "TCP", "OK"),
        ("4500", "UDP", "RESERVED"),
        ("4400-4600", "UDP", "RESERVED"),
        ("500", "UDP", "RANGE"),
        ("1023", "TCP", "RANGE"),
        ("1000-2000", "TCP", "RANGE"),
        ("ANY", "TCP", "SYNTAX"),
        ("2000,2001", "TCP", "SYNTAX"),
    ],
)
def test_public_ports(text: str, protocol: str, code: str) -> None:
    assert reason(lambda: read_public_ports("publicPorts", text, protocol)) == code


@pytest.mark.parametrize(
    ("text", "read"), [("ANY", "ANY"), ("TCP", "TCP"), ("6", "6"), ("007", "7"), ("255", "255")]
)
def test_protocols(text: str, read: str) -> None:
    assert read_protocol("protocol", text) == read


@pytest.mark.parametrize(
    ("text", "code"), [("256", "RANGE"), ("SCTP", "SYNTAX"), ("TCP\n", "SYNTAX"), ("٦", "SYNTAX")]
)
def test_no_protocols(text: str, code: str) -> None:
    assert reason(lambda: read_protocol("protocol", text)) == code


@pytest.mark.parametrize(
    ("psk", "code"),
    [
        ("abcd1234", "OK"),
        ("a" * 64, "OK"),
        ("short", "LENGTH"),
        ("a" * 65, "LENGTH"),
        ("0leading1", "STARTS_WITH_ZERO"),
        ("abcd 1234", "SYNTAX"),
        ("abcd1234\n", "SYNTAX"),
        ("abcdé1234", "SYNTAX"),
    ],
)
def test_psk(psk: str, code: str) -> None:
    assert reason(lambda: check_psk("psk", psk)) == code


def test_a_refused_psk_is_not_repeated() -> None:
    with pytest.raises(Refused) as caught:
        check_psk("psk", "0hunter2hunter2")
    assert "hunter2" not in str(caught.value) + repr(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("203.0.113.9", "OK"),
        ("vpn.example.com", "OK"),
        ("vpn.example.com.", "OK"),
        ("vpn", "SYNTAX"),
        ("203.0.113.256", "SYNTAX"),
        ("-vpn.example.com", "SYNTAX"),
        ("vpn..example.com", "SYNTAX"),
        ("a" * 64 + ".com", "SYNTAX"),
        ("a." * 127 + "com", "SYNTAX"),
        ("", "SYNTAX"),
    ],
)
def test_gateways(text: str, code: str) -> None:
    assert reason(lambda: check_gateway("remoteGateway", text)) == code
    assert reason(lambda: check_peer_id("remoteId", text)) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("hq@example.com", "OK"), ("hq@10.0.0.1", "SYNTAX"), ("@example.com", "SYNTAX")],
)
def test_peer_ids_of_a_user(text: str, code: str) -> None:
    assert reason(lambda: check_peer_id("remoteId", text)) == code
    assert reason(lambda: check_gateway("remoteGateway", text)) == "SYNTAX"


def test_text_is_composed_and_trimmed() -> None:
    assert read_name("  de\u0301po\u0302t ") == "dépôt"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 64, "OK"),
        ("x" * 65, "LENGTH"),
        ("   ", "LENGTH"),
        ("", "LENGTH"),
        ("a\x07b", "CONTROL_CHARACTER"),
        ("name\n", "CONTROL_CHARACTER"),
        ("\x85", "CONTROL_CHARACTER"),
        ("\ud800", "CONTROL_CHARACTER"),
    ],
)
def test_names(text: str, code: str) -> None:
    assert reason(lambda: read_name(text)) == code


@given(st.text(max_size=80))
def test_a_text_that_was_read_is_read_the_same_again(text: str) -> None:
    if reason(lambda: read_text("t", text, 64)) == "OK":
        once = read_text("t", text, 64)
        assert read_text("t", once, 64) == once


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ([], "OK"),
        (["depot-7", "nl", "a b", "k=v", "a@b", "1/2:3_4.5"], "OK"),
        (["nl", "NL"], "DUPLICATE"),
        (["nl", " nl "], "DUPLICATE"),
        (["-x"], "SYNTAX"),
        (["é"], "SYNTAX"),
        ([" "], "LENGTH"),
        (["x" * 65], "LENGTH"),
        ([f"t{n}" for n in range(20)], "OK"),
        ([f"t{n}" for n in range(21)], "TOO_MANY"),
    ],
)
def test_tags(tags: list[str], code: str) -> None:
    assert reason(lambda: read_tags(tags)) == code


def test_tags_are_trimmed_and_keep_their_order() -> None:
    assert read_tags([" nl", "depot-7 "]) == ("nl", "depot-7")


def test_services() -> None:
    assert read_services(["SMS", "DATA"]) == ("DATA", "SMS")
    assert read_services([]) == ()
    assert reason(lambda: read_services(["SMS", "SMS"])) == "DUPLICATE"


@pytest.mark.parametrize(
    "text", ["2026-11-22T03:12:05Z", "2026-11-22T04:12:05.000+01:00", "2026-11-22t03:12:05z"]
)
def test_times(text: str) -> None:
    assert read_time("at", text) == datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T03:12:05",
        "2026-13-22T03:12:05Z",
        "20261122T031205Z",
        "0001-01-01T00:00:00+23:59",
        "now",
        "",
    ],
)
def test_no_times(text: str) -> None:
    assert reason(lambda: read_time("at", text)) == "SYNTAX"


def test_unknown_fields_are_named() -> None:
    with pytest.raises(Refused) as caught:
        refuse_unknown_fields("dpd", {"delay": 3}, ("delaySeconds",))
    assert caught.value.problems[0][:2] == ("dpd.delay", "UNKNOWN_FIELD")
