from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.app_bench import Bench, bench_in


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A small fleet in a frozen world."""
    return bench_in(tmp_path)
