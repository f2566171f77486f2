"""The keys about what changed, one row each."""

from __future__ import annotations

from simtui.ui.key import Key

# fmt: off
CHANGES_KEYS: tuple[Key, ...] = (
    Key(
        "filter-changes", "slash", "filter", "filter",
        "Filter this list by words; !session leaves those out.", "changes", 3,
    ),
    Key(
        "changes-span", "v", "next_span", "since",
        "Since the last visit, the last hour, 8 hours, 24 hours, or all.", "changes", 4, "span",
    ),
    Key(
        "copy-change", "c", "copy", "copy",
        "Copy it as text for a ticket (OSC 52).", "changes", 5, "copy",
    ),
    Key(
        "changes-write", "b", "open_write", "write",
        "The write in the journal that it came from.", "changes", 6, "write",
    ),
    Key(
        "changes", "tilde", "go_changes", "changes",
        "What was seen to change; on the page of a Thing, of that one.", "everywhere",
        command="changes",
    ),
)
