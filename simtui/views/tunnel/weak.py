"""Choices that work and should not be made: why, and what to choose (contract §3.7, Warnings)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from simtui.models.settings import TunnelSettings
from simtui.models.tunnel import Tunnel
from simtui.views.tunnel.algorithms import TRIPLE_DES, group_text

_BETTER_GROUPS: Final = "choose 14, 19 or 20"
_WEAK_GROUPS: Final[Mapping[int, str]] = {
    2: "1024 bits are within reach of a large attacker",
    5: "1536 bits are no longer enough",
    22: "1024 bits are within reach of a large attacker, and its origin is not explained",
    23: "the origin of its numbers is not explained, so it is questionable",
    24: "the origin of its numbers is not explained, so it is questionable",
}
"""RFC 8247 §2.4: 2, 5 and 22 are out, 23 and 24 should not be used."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A sentence that is safe to print, and the field of the form that it is about."""

    text: str
    field: str


def weaknesses(settings: TunnelSettings | Tunnel) -> tuple[Weakness, ...]:
    """What is weak, in the order of the form; a list is as weak as its weakest item."""
    first, second = settings.phase1, settings.phase2
    return (
        *_mode(settings),
        *_encryption("Phase 1", "phase1_encryption", first.encryption),
        *_integrity("Phase 1", "phase1_integrity", first.integrity),
        *_groups("Phase 1", "phase1_dh_groups", first.dh_groups),
        *_encryption("Phase 2", "phase2_encryption", second.encryption),
        *_integrity("Phase 2", "phase2_integrity", second.integrity),
        *_pfs(second.pfs_groups),
    )


def is_weak_group(group: int) -> bool:
    """Whether a Diffie-Hellman group should not be chosen."""
    return group in _WEAK_GROUPS


def _mode(settings: TunnelSettings | Tunnel) -> Iterator[Weakness]:
    if settings.ike_version == "IKEV1" and settings.exchange_mode == "AGGRESSIVE":
        yield Weakness(
            "AGGRESSIVE shows a hash of the key to whoever listens, so the key can be guessed"
            " offline: choose IKEV2, or MAIN",
            "exchange_mode",
        )


def _encryption(phase: str, field: str, ciphers: Iterable[str]) -> Iterator[Weakness]:
    if TRIPLE_DES in ciphers:
        why = "its blocks of 64 bits give traffic away (Sweet32): choose AES256"
        yield Weakness(f"{phase} offers 3DES: {why}", field)


def _integrity(phase: str, field: str, algorithms: Iterable[str]) -> Iterator[Weakness]:
    if "SHA1" in algorithms:
        why = "collisions of it can be made: choose SHA2_256"
        yield Weakness(f"{phase} offers SHA1: {why}", field)


def _groups(phase: str, field: str, groups: Iterable[int]) -> Iterator[Weakness]:
    for group in groups:
        if why := _WEAK_GROUPS.get(group):
            text = f"{phase} offers group {group_text(group)}: {why}; {_BETTER_GROUPS}"
            yield Weakness(text, field)


def _pfs(groups: tuple[int, ...]) -> Iterator[Weakness]:
    field = "phase2_pfs_groups"
    if not groups:
        why = "who learns the keys of phase 1 can read all traffic recorded before"
        yield Weakness(f"PFS is off: {why}; {_BETTER_GROUPS}", field)
    yield from _groups("Phase 2", field, groups)
