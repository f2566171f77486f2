"""The lines of a snapshot file: each a checksum and a JSON document.

<crc32> header          who this is of, when, and how many Things follow
<crc32> small lists     account, groups, networks, IP profiles
<crc32> things          at most 500 of them; as many lines as it takes
<crc32> "end"           a file without it was not written to its end
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import msgspec

from simtui.models import Account, IpProfile, Network, Thing, ThingsGroup

T = TypeVar("T")

FORMAT: Final = 1
THINGS_A_LINE: Final = 500
HEADER_PLACE: Final = 1
LISTS_PLACE: Final = 2
FIRST_THINGS_PLACE: Final = 3


class BrokenLine(Exception):
    """A line that is not what was once written."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a snapshot is of. ``fetched_at`` is when its Things were last current."""

    format: int
    simtui: str
    identity: str
    profile: str
    base_url: str
    saved_at: datetime
    fetched_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value and when it was fetched."""

    value: T
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class SmallLists:
    """What there are few of; None where nothing was known."""

    account: Dated[Account] | None = None
    groups: Dated[tuple[ThingsGroup, ...]] | None = None
    networks: Dated[tuple[Network, ...]] | None = None
    ip_profiles: Dated[tuple[IpProfile, ...]] | None = None


_encoder = msgspec.json.Encoder()
_things = msgspec.json.Decoder(tuple[Thing, ...])


def encode_line(place: int, document: Any) -> bytes:
    """The line at this place, with its checksum; JSON has no raw newline inside."""
    body = _encoder.encode(document)
    return b"%08x %b\n" % (zlib.crc32(body, place), body)


END_LINE: Final = encode_line(0, "end")


def decode_line(place: int, line: bytes, of: type[T]) -> T:
    """The document of the line at this place.

    Raises:
        BrokenLine: when it was changed, cut off, or is not of that kind.
    """
    try:
        return msgspec.json.decode(_checked(place, line), type=of)
    except msgspec.MsgspecError as error:
        raise BrokenLine(str(error)) from error


def decode_things(place: int, line: bytes) -> tuple[Thing, ...]:
    """The Things of the line at this place. Raises `BrokenLine`."""
    try:
        return _things.decode(_checked(place, line))
    except msgspec.MsgspecError as error:
        raise BrokenLine(str(error)) from error


def _checked(place: int, line: bytes) -> bytes:
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(body, place):
        raise BrokenLine("a checksum does not fit")
    return body
