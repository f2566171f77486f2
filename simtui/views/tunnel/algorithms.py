"""The algorithms of IKE and ESP: their names here, and how else they are written (contract §3.7).

Equipment of other vendors says ``aes-256-gcm``, ``hmac-sha2-256`` or ``modp2048``; what is
typed is compared without case and without ``-``, ``_``, ``/`` and ``.``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

ENCRYPTION: Final = ("AES128", "AES256", "AES128_GCM_16", "AES256_GCM_16")
"""Ciphers that can be chosen."""

TRIPLE_DES: Final = "3DES"
"""A cipher that a tunnel may still have, and that none can be given."""

AUTHENTICATED: Final = frozenset({"AES128_GCM_16", "AES256_GCM_16"})
"""Ciphers that protect integrity themselves (RFC 4106)."""

INTEGRITY: Final = ("SHA1", "SHA2_256", "SHA2_384", "SHA2_512")
"""Integrity algorithms that can be chosen."""

GROUPS: Final[Mapping[int, str]] = {
    2: "MODP 1024",
    5: "MODP 1536",
    14: "MODP 2048",
    15: "MODP 3072",
    16: "MODP 4096",
    17: "MODP 6144",
    18: "MODP 8192",
    19: "ECP 256",
    20: "ECP 384",
    21: "ECP 521",
    22: "MODP 1024, subgroup 160",
    23: "MODP 2048, subgroup 224",
    24: "MODP 2048, subgroup 256",
}
"""Diffie-Hellman groups by their numbers (RFC 2409, 3526, 5114, 5903)."""

DH_GROUPS: Final = tuple(group for group in GROUPS if group != 5)
"""What phase 1 offers."""

PFS_GROUPS: Final = tuple(GROUPS)
"""What phase 2 offers."""

_MARKS = re.compile(r"[-_/.]+")
_SPACED = re.compile(r"\b(aes|sha|group|dh|modp|ecp)\s+(?=\d)", re.IGNORECASE)
_CIPHER = re.compile(r"AES(?:CBC)?(128|256)(?:CBC)?")
_GCM = re.compile(r"AES(?:GCM)?(128|256)(?:GCM)?(?:16|128|ICV16)?")
_HASH = re.compile(r"(?:HMAC)?SHA(?:2?(256|384|512))(?:128|192|256)?")
_SHA1 = re.compile(r"(?:HMAC)?SHA1?(?:96|160)?")
_TRIPLE = frozenset({"3DES", "3DESCBC", "DES3", "DESEDE3", "DESEDE3CBC"})
_NUMBERED = re.compile(r"(?:GROUP|DH|DHGROUP)?([0-9]{1,3})")


def joined(text: str) -> str:
    """``group 14`` and ``AES 256`` without their blank, so that each is one item."""
    return _SPACED.sub(r"\1", text)


def cipher_named(text: str) -> str | None:
    """The cipher that ``text`` means, None when there is no such cipher here."""
    word = _plain(text)
    if word in _TRIPLE:
        return TRIPLE_DES
    if "GCM" in word:
        match = _GCM.fullmatch(word)
        return f"AES{match[1]}_GCM_16" if match else None
    match = _CIPHER.fullmatch(word)
    return f"AES{match[1]}" if match else None


def integrity_named(text: str) -> str | None:
    """The integrity algorithm that ``text`` means, None when there is no such one here."""
    word = _plain(text)
    if _SHA1.fullmatch(word):
        return "SHA1"
    match = _HASH.fullmatch(word)
    return f"SHA2_{match[1]}" if match else None


def group_named(text: str) -> int | None:
    """The number of the group that ``text`` means, None for what is no number and no group."""
    word = _plain(text)
    if number := _NUMBERED.fullmatch(word):
        return int(number[1])
    return _GROUP_WORDS.get(word)


def group_text(group: int) -> str:
    """``14 (MODP 2048)``; a number that is not known here stands alone."""
    return f"{group} ({GROUPS[group]})" if group in GROUPS else str(group)


def _plain(text: str) -> str:
    return _MARKS.sub("", text).upper()


_GROUP_WORDS: Final = {
    name.replace(" ", ""): group for group, name in GROUPS.items() if "," not in name
}
