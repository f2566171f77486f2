"""The algorithms that a tunnel proposes, as they are typed: several, the preferred first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from simtui.errors import UsageError
from simtui.views.fields.items import parse_items
from simtui.views.plan.wording import named
from simtui.views.tunnel.algorithms import (
    DH_GROUPS,
    ENCRYPTION,
    INTEGRITY,
    PFS_GROUPS,
    TRIPLE_DES,
    cipher_named,
    group_named,
    integrity_named,
    joined,
)

OFF: Final = "off"
"""What is typed for a list that is to be empty."""

_OFF_WORDS: Final = frozenset({OFF, "none", "no"})


def parse_encryption(text: str, kept: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Ciphers, the preferred first; ``kept`` are those that the tunnel has already.

    Raises:
        UsageError: none, an unknown one, or 3DES in another list than ``kept``.
    """
    ciphers = _parse_algorithms(text, cipher_named, ENCRYPTION, "cipher")
    if not ciphers:
        raise UsageError("A cipher is missing", f"It has {_all_of(ENCRYPTION)}", "Like AES256")
    if TRIPLE_DES in ciphers and ciphers != kept:
        raise UsageError(
            "3DES cannot be chosen any more",
            "A list that has it can stay as it is, but not be changed and keep it",
            "Choose AES256 instead",
        )
    return ciphers


def parse_integrity(text: str) -> tuple[str, ...]:
    """Integrity algorithms, the preferred first; none where the ciphers are all GCM.

    Raises:
        UsageError: an unknown one.
    """
    if text.strip().lower() in _OFF_WORDS:
        return ()
    return _parse_algorithms(text, integrity_named, INTEGRITY, "integrity algorithm")


def parse_groups(text: str, allowed: Collection[int]) -> tuple[int, ...]:
    """Diffie-Hellman groups, the preferred first; none for ``off`` or nothing.

    Raises:
        UsageError: no group, or one that is not ``allowed``.
    """
    if text.strip().lower() in _OFF_WORDS:
        return ()
    groups: dict[int, None] = {}
    for item in parse_items(joined(text)):
        group = group_named(item)
        if group is None or group not in allowed:
            what = "is not a Diffie-Hellman group" if group is None else "is not offered here"
            offered = f"Offered are {_all_of([str(group) for group in sorted(allowed)])}"
            raise UsageError(f"“{named(item)}” {what}", offered, "For example 14, or 19, 20")
        groups[group] = None
    return tuple(groups)


def parse_dh_groups(text: str) -> tuple[int, ...]:
    """The groups of phase 1, which needs one.

    Raises:
        UsageError: none, or as ``parse_groups``.
    """
    groups = parse_groups(text, DH_GROUPS)
    if not groups:
        raise UsageError(
            "A Diffie-Hellman group is missing", "Phase 1 cannot do without one", "For example 14"
        )
    return groups


def parse_pfs_groups(text: str) -> tuple[int, ...]:
    """The groups of phase 2; none is PFS off. Raises as ``parse_groups``."""
    return parse_groups(text, PFS_GROUPS)


def _parse_algorithms(
    text: str, find: Callable[[str], str | None], offered: Sequence[str], what: str
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in parse_items(joined(text)):
        name = find(item)
        if name is None:
            title = f"“{named(item)}” is no {what} of the platform"
            raise UsageError(title, f"It has {_all_of(offered)}", f"For example {offered[1]}")
        found[name] = None
    return tuple(found)


def _all_of(texts: Sequence[str]) -> str:
    return f"{', '.join(texts[:-1])} and {texts[-1]}"
