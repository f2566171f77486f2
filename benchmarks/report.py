"""What was measured, as lines for a person and as JSON to keep."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

PARTS = ("simtui", "textual", "httpx", "pydantic_core", "msgspec")
NAME_WIDTH, VALUE_WIDTH, UNIT_WIDTH, BARE_WIDTH, SHARE_WIDTH = 40, 10, 9, 10, 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number, and the same of the yardstick in the same run.

    ``value`` is None when it was not measured; ``note`` then says why. ``bare`` is in the
    same unit as ``value``; ``note`` says what it is of.
    """

    section: str
    name: str
    value: float | None
    unit: str = ""
    bare: float | None = None
    note: str = ""


def machine() -> dict[str, str]:
    """What the figures hold for."""
    return {
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{part: version(part) for part in PARTS},
    }


def machine_line(facts: Mapping[str, str]) -> str:
    """The machine in one line."""
    return " · ".join(f"{name} {fact}" for name, fact in facts.items())


def heading(things: int) -> str:
    """The line over the figures of one size."""
    columns = (
        f"{things:,} Things".ljust(NAME_WIDTH),
        "simtui".rjust(VALUE_WIDTH),
        "".ljust(UNIT_WIDTH),
        "yardstick".rjust(BARE_WIDTH),
        "share".rjust(SHARE_WIDTH),
    )
    return " ".join(columns).rstrip()


def lines(figures: Iterable[Figure]) -> list[str]:
    """The figures, one a line, under the heading of their section."""
    shown: list[str] = []
    section = ""
    for figure in figures:
        if figure.section != section:
            section = figure.section
            shown.append(section)
        shown.append(_line(figure))
    return shown


def as_json(facts: Mapping[str, str], measured: Mapping[int, Sequence[Figure]]) -> dict[str, Any]:
    """Everything, in a form to keep and compare."""
    return {
        "machine": dict(facts),
        "sizes": {
            str(things): [asdict(figure) for figure in figures]
            for things, figures in measured.items()
        },
    }


def write_json(
    path: Path, facts: Mapping[str, str], measured: Mapping[int, Sequence[Figure]]
) -> None:
    """Keep everything in a file."""
    path.write_text(json.dumps(as_json(facts, measured), indent=1, ensure_ascii=False) + "\n")


def _line(figure: Figure) -> str:
    name = f"  {figure.name}".ljust(NAME_WIDTH)
    if figure.value is None:
        return f"{name} {'–':>{VALUE_WIDTH}} {figure.note}"
    share = f"{figure.value / figure.bare:.2f}" if figure.bare and figure.unit else ""
    columns = (
        name,
        _number(figure.value).rjust(VALUE_WIDTH),
        figure.unit.ljust(UNIT_WIDTH),
        ("" if figure.bare is None else _number(figure.bare)).rjust(BARE_WIDTH),
        share.rjust(SHARE_WIDTH),
        figure.note,
    )
    return " ".join(columns).rstrip()


def _number(value: float) -> str:
    """Three digits that count, or all of a whole number."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
