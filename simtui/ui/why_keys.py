"""The keys of finding out why a Thing is offline, one row each."""

from __future__ import annotations

from simtui.ui.key import Key

# fmt: off
WHY_KEYS: tuple[Key, ...] = (
    Key(
        "why", "w", "why", "why",
        "Why it is offline: the checks in order, and the likely cause.", "things", 5,
        command="why",
    ),
    Key(
        "why-thing", "w", "why", "why",
        "Why it is offline: the checks in order, and the likely cause.", "thing", 3,
        command="why",
    ),
    Key(
        "fix-why", "f", "fix", "fix",
        "Plan what would help, or go to where it can be changed.", "why", 2, "fix",
    ),
    Key(
        "copy-why", "c", "copy", "copy",
        "Copy the checks as text for a ticket (OSC 52).", "why", 3, "copy",
    ),
    Key("act-why", "a", "act", "act", "What can be done with this Thing.", "why", 4, "act",
        writes=True),
    Key(
        "packet-why", "p", "packet", "packet",
        "What becomes of a packet to or from this Thing, step by step.", "why", 5, "packet",
    ),
)
