"""The key of the Pulse."""

from __future__ import annotations

from simtui.ui.key import Key

PULSE_KEYS: tuple[Key, ...] = (
    Key("pulse", "1", "go_pulse", "pulse", "What is wrong now.", "everywhere", command="pulse"),
)
