from __future__ import annotations

from pathlib import Path

import pytest

from simtui.ui.late_imports import import_late
from tests.ui.app_bench import Bench, bench_in


@pytest.fixture(scope="session", autouse=True)
def all_is_imported() -> None:
    """Waiting in a test counts turns, and must not count how long a thread imports."""
    import_late()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A small fleet in a frozen world."""
    return bench_in(tmp_path)
