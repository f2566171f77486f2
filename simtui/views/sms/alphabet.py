"""The characters that an SMS can have seven bits a piece of, and what stands in for others.

The default alphabet and its extension table are those of 3GPP TS 23.038; ``ç`` and ``ê`` are
not in it, only ``Ç`` is (contract §9).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("^{}[]~|\\€\f")
"""Characters that take an escape and a second septet."""

_STAND_INS: Final[Mapping[str, str]] = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "…": "...", "•": "*", "·": ".", "×": "x", "÷": "/", "→": "->", "←": "<-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th",
    "ı": "i", "©": "(c)", "®": "(r)", "™": "TM", "°": "deg", "µ": "u", "₂": "2",
}  # fmt: skip
"""What reads the same; letters with marks lose their marks (`stand_in`)."""


def is_gsm7(character: str) -> bool:
    """Whether a character is in the default alphabet or its extension table."""
    return character in BASIC or character in EXTENDED


def stand_in(character: str) -> str | None:
    """What reads the same in the alphabet; None where nothing does."""
    if character in _STAND_INS:
        return _STAND_INS[character]
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return bare if bare and bare != character and all(map(is_gsm7, bare)) else None
