"""What is on or off."""

from __future__ import annotations

from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Choice
from simtui.views.forms.options import Options, choice_entry


def on_off_entry(name: str, label: str, value: bool, on: str, off: str) -> Entry[bool]:
    """A field for ``on`` or ``off``; ``on`` and ``off`` say what each of them means."""
    options = Options("setting", ((Choice("on", on), True), (Choice("off", off), False)))
    return choice_entry(name, label, options, options.text_of(value))


def enabled_entry(value: bool, what: str) -> Entry[bool]:
    """Whether ``what`` (``rule``) has any effect."""
    return on_off_entry(
        "enabled", "Enabled", value, f"the {what} is in force", f"the {what} stays, without effect"
    )
