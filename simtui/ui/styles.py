"""Where the style sheets are: beside the package when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent.parent / "styles"
_CHECKOUT = Path(__file__).parent.parent.parent / "styles"


def style_sheets() -> list[Path]:
    """Every ``.tcss`` file, in the order of their names."""
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return sorted(folder.glob("*.tcss"))
