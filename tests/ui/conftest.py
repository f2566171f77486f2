from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from simtui.ui.late_imports import import_late
from tests.ui.app_bench import Bench, bench_in
from tests.ui.states import Looks, State


@pytest.fixture(scope="session", autouse=True)
def all_is_imported() -> None:
    """Waiting in a test counts turns, and must not count how long a thread imports."""
    import_late()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A small fleet in a frozen world."""
    return bench_in(tmp_path)


@pytest.fixture
def looks_as_before(snap_compare: Looks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Whether an app in some state looks as it did when somebody last agreed."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(state: State, size: tuple[int, int] = (80, 24)) -> bool:
        bench = state.bench(tmp_path)
        app = bench.app()

        async def drive(pilot: Pilot[Any]) -> None:
            await state.drive(bench, app, pilot)

        return snap_compare(app, run_before=drive, terminal_size=size)

    return compare
