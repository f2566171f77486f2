"""Lines that are written with as few bytes as they need: over SSH every one of them counts."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual.strip import Strip

RESET = "\x1b[0m"

OFF = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""From the code that begins an attribute to the one that ends it (ECMA-48, SGR)."""


class FrugalStrip(Strip):
    """A strip that writes what changes from one run to the next.

    Textual's own strip resets the terminal behind every run and starts again with both
    colours, which makes a line of many colours about half as long again.
    """

    def render(self, console: Console) -> str:
        """The line as escape sequences, which leave the terminal without any style."""
        if self._render_cache is None:
            system = COLOR_SYSTEMS[console.color_system or "truecolor"]
            parts: list[str] = []
            before = Style.null()
            for text, style, _ in self._segments:
                after = style or Style.null()
                parts.append(transition(before, after, system))
                parts.append(text)
                before = after
            self._render_cache = "".join((*parts, RESET))
        return self._render_cache


@lru_cache(maxsize=4096)
def transition(before: Style, after: Style, system: ColorSystem) -> str:
    """The shortest sequence that takes a terminal from the style ``before`` to ``after``."""
    old, new = (_attributes(style, system) for style in (before, after))
    ended = old - new
    codes = [OFF[code] for code in sorted(ended)]
    codes.extend(sorted(new if ended else new - old))
    if before.color != after.color:
        codes.extend(_color(after.color, system, foreground=True))
    if before.bgcolor != after.bgcolor:
        codes.extend(_color(after.bgcolor, system, foreground=False))
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _attributes(style: Style, system: ColorSystem) -> frozenset[str]:
    """The codes of what a style has besides its colours, such as bold."""
    return frozenset(filter(None, Strip.render_ansi(style.without_color, system).split(";")))


def _color(color: Color | None, system: ColorSystem, *, foreground: bool) -> tuple[str, ...]:
    if color is None:
        return ("39" if foreground else "49",)
    return color.downgrade(system).get_ansi_codes(foreground)
