"""The packets of a chain, cut along every boundary of its rules.

Between two neighbouring boundaries no rule tells one packet from another. So a set of
addresses, ports or protocols is a bit mask, one bit a piece, and what a rule matches is
five masks, whatever the length of its lists of ports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from simtui.views.firewall.match import PORTED, Match
from simtui.views.firewall.reading import LAST_ADDRESS, LAST_PORT, LAST_PROTOCOL, Span

Region: TypeAlias = tuple[int, int, int, int, int]
"""Masks of protocols, sources, source ports, destinations and destination ports."""

_PROTOCOLS_WITH_PORTS: Final = tuple((number, number) for number in sorted(PORTED))
_NO_PORT: Final[Span] = (0, 0)


@dataclass(frozen=True, slots=True)
class Gridded:
    """What a rule matches, on the grid.

    ``parts`` are the packets that there can be, those with ports and those without; two
    rules match the same exactly when their parts are equal. ``whole`` is both in one
    region, together with packets that there cannot be: a TCP packet without a port.
    """

    whole: Region
    parts: tuple[Region, ...]


def gridded(matches: Sequence[Match]) -> tuple[Gridded, ...]:
    """What each rule of one chain matches, on the grid that they have in common."""
    protocols = _Axis(
        LAST_PROTOCOL, (*_PROTOCOLS_WITH_PORTS, *(match.protocols for match in matches))
    )
    sources = _Axis(LAST_ADDRESS, (match.src for match in matches))
    targets = _Axis(LAST_ADDRESS, (match.dst for match in matches))
    ports = (span for match in matches for span in (*match.src_ports, *match.dst_ports))
    port_axis = _Axis(LAST_PORT, (_NO_PORT, *ports))
    with_ports = protocols.mask(_PROTOCOLS_WITH_PORTS)
    no_port = port_axis.mask((_NO_PORT,))
    regions = (
        (
            protocols.mask((match.protocols,)),
            sources.mask((match.src,)),
            port_axis.mask(match.src_ports),
            targets.mask((match.dst,)),
            port_axis.mask(match.dst_ports),
        )
        for match in matches
    )
    return tuple(Gridded(one, _parts(one, with_ports, no_port)) for one in regions)


def contains(whole: Region, part: Region) -> bool:
    """Whether all of ``part`` lies in ``whole``."""
    return all(inner & outer == inner for inner, outer in zip(part, whole, strict=True))


def meets(one: Region, other: Region) -> bool:
    """Whether there is a packet in both."""
    return all(mask & with_mask for mask, with_mask in zip(one, other, strict=True))


def _parts(region: Region, with_ports: int, no_port: int) -> tuple[Region, ...]:
    protocols, src, src_ports, dst, dst_ports = region
    ported = (protocols & with_ports, src, src_ports & ~no_port, dst, dst_ports & ~no_port)
    portless = (protocols & ~with_ports, src, src_ports & no_port, dst, dst_ports & no_port)
    return tuple(part for part in (ported, portless) if all(part))


class _Axis:
    """One dimension, 0 to ``last``, cut before and behind each of the ``spans``."""

    def __init__(self, last: int, spans: Iterable[Span]) -> None:
        cuts = {0, last + 1}
        for first, final in spans:
            cuts |= {first, final + 1}
        self._place = {cut: place for place, cut in enumerate(sorted(cuts))}

    def mask(self, spans: Iterable[Span]) -> int:
        """The pieces within any of the ``spans``, which are among those it was cut by."""
        mask = 0
        for first, final in spans:
            mask |= (1 << self._place[final + 1]) - (1 << self._place[first])
        return mask
