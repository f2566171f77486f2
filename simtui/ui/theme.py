"""simtui's own colours; any theme of Textual's can be chosen instead."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="simtui",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#5fd7d7",
    foreground="#d0d0d0",
    background="#101418",
    surface="#161c22",
    panel="#1e262e",
    success="#87d787",
    warning="#ffd75f",
    error="#ff8787",
    dark=True,
    variables={"text-muted": "#8a959e", "footer-key-foreground": "#5fd7d7"},
)
