"""The form in which a person asks about a packet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.views.fields.cidr import parse_address
from simtui.views.fields.numbers import parse_number
from simtui.views.fields.ports import parse_protocol
from simtui.views.forms.entry import refused
from simtui.views.forms.field import Answers, Choice, Field, Form
from simtui.views.forms.nat_thing import Things
from simtui.views.forms.options import suggestions, words
from simtui.views.packet.probe import Direction, Probe
from simtui.views.plan.wording import named, thing_name

T = TypeVar("T")

_TO: Final = "to the Thing"
_FROM: Final = "from the Thing"
_DIRECTIONS: Final = words("direction", Choice(_TO), Choice(_FROM))
_PROTOCOLS: Final = suggestions(Choice("TCP"), Choice("UDP"), Choice("ICMP", "has no ports"))


@dataclass(frozen=True, slots=True)
class PacketQuestion:
    """A packet, and the Thing that it is to or from, if one was chosen."""

    probe: Probe
    thing: Thing | None = None


def packet_form(things: Things, thing: Thing | None = None) -> Form[PacketQuestion]:
    """A packet to or from a Thing; an address that is left empty is the Thing's own."""

    def find(text: str) -> Thing | None:
        return _found(text, things)

    def choices(text: str) -> Sequence[Choice]:
        found = things.search(text.strip()) if text.strip() else ()
        return tuple(Choice(_label(one, things), _address(one) or "no address") for one in found)

    fields = (
        Field("direction", "Direction", _TO, _DIRECTIONS.parse, _TO, _DIRECTIONS.matching, True),
        Field("thing", "Thing", _label(thing, things) if thing else "", find,
              "pump-12, or an ICCID; may stay empty", choices),
        Field("protocol", "Protocol", "TCP", parse_protocol, "TCP", _PROTOCOLS),
        Field("src", "Source", "", _address_check, "198.51.100.7; empty: the Thing's own"),
        Field("src_port", "Source port", "", _port, "empty: any high port"),
        Field("dst", "Destination", "", _address_check, "10.0.4.17; empty: the Thing's own"),
        Field("dst_port", "Dest. port", "", _port, "443"),
    )  # fmt: skip
    return Form("What becomes of a packet", fields, lambda answers: _read(answers, things))


def _read(answers: Answers, things: Things) -> PacketQuestion:
    outwards = _of(answers, "direction", _DIRECTIONS.parse) == _FROM
    direction: Direction = "FROM_THING" if outwards else "TO_THING"
    thing = _of(answers, "thing", lambda text: _found(text, things))
    protocol = _of(answers, "protocol", parse_protocol)
    own = {"src" if outwards else "dst": _address(thing) if thing is not None else ""}
    ends = {name: answers.get(name, "").strip() or own.get(name, "") for name in ("src", "dst")}
    probe = Probe(
        direction,
        protocol,
        _of(ends, "src", lambda text: str(parse_address(text))),
        _of(ends, "dst", lambda text: str(parse_address(text))),
        _of(answers, "src_port", _port),
        _of(answers, "dst_port", _port),
    )
    return PacketQuestion(probe, thing)


def _of(answers: Answers, name: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(answers.get(name, ""))
    except UsageError as error:
        raise refused(name, error) from None


def _found(text: str, things: Things) -> Thing | None:
    wanted = text.strip()
    if not wanted:
        return None
    thing = things.find(wanted)
    if thing is None:
        raise UsageError(
            f"There is no one Thing “{named(wanted)}”",
            "A Thing is named by its whole name, if no other has it, or by its ICCID",
            "It may stay empty",
        )
    return thing


def _address_check(text: str) -> None:
    if text.strip():
        parse_address(text)


def _port(text: str) -> int | None:
    return parse_number(text, 1, 65_535, "A port") if text.strip() else None


def _address(thing: Thing) -> str:
    return (thing.ip.address or "") if thing.ip is not None else ""


def _label(thing: Thing, things: Things) -> str:
    name = thing_name(thing)
    found = things.find(name)
    return name if found is not None and found.thing_id == thing.thing_id else named(thing.iccid)
