"""Files that cannot be used are kept for a look, a few of them, out of the way."""

from __future__ import annotations

from pathlib import Path
from typing import Final

KEPT: Final = 3


def set_aside(path: Path) -> Path:
    """Rename ``path`` to ``<name>.set-aside-<n>``; the oldest such file gives way.

    Raises ``OSError`` when the system refuses.
    """
    names = [path.with_name(f"{path.name}.set-aside-{n}") for n in range(1, KEPT + 1)]
    free = [name for name in names if not name.exists()]
    target = free[0] if free else min(names, key=lambda name: name.stat().st_mtime)
    return path.replace(target)
