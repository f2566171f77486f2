from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.paths import Paths

WriteConfig = Callable[..., Path]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "cache", tmp_path / "state")


@pytest.fixture
def write_config(paths: Paths) -> WriteConfig:
    """Writes the configuration file, closed to others unless told otherwise."""

    def write(text: str, mode: int = 0o600) -> Path:
        paths.config_dir.mkdir(parents=True, exist_ok=True)
        paths.config_file.write_text(text, encoding="utf-8")
        paths.config_file.chmod(mode)
        return paths.config_file

    return write
