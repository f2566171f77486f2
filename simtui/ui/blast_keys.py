"""The keys of the blast radius, one row each."""

from __future__ import annotations

from simtui.ui.key import Key

# fmt: off
BLAST_KEYS = (
    Key(
        "blast", "o", "blast", "blast",
        "What the marked Things, or the silent ones that the filter leaves, share.", "things",
        8, "blast",
    ),
    Key(
        "blast-view", "v,tab", "next_view", "view",
        "What stands out, every value of every pivot, or the changes before.", "blast", 2, "view",
    ),
    Key(
        "copy-blast", "c", "copy", "copy",
        "Copy it as text for a ticket (OSC 52).", "blast", 3, "copy",
    ),
)
# fmt: on
"""What opens it, and what its page can do."""
