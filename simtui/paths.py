"""Where simtui keeps its files: configuration, cache and state.

This is the one place that asks the platform. Asking creates nothing; a directory
appears, closed to other users, when something is first written into it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIG_DIR_VARIABLE = "SIMTUI_CONFIG_DIR"
CACHE_DIR_VARIABLE = "SIMTUI_CACHE_DIR"
STATE_DIR_VARIABLE = "SIMTUI_STATE_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """The three directories of one user, or of one demo."""

    config_dir: Path
    cache_dir: Path
    state_dir: Path

    @property
    def config_file(self) -> Path:
        """The file with the profiles and the keymap."""
        return self.config_dir / "config.toml"

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ) -> Paths:
        """The user's own directories; the ``SIMTUI_*_DIR`` variables come first."""
        import platformdirs  # not needed when demo uses temporary directories

        usual = platformdirs.PlatformDirs("simtui", appauthor=False)
        return cls(
            _override(environment, CONFIG_DIR_VARIABLE) or usual.user_config_path,
            _override(environment, CACHE_DIR_VARIABLE) or usual.user_cache_path,
            _override(environment, STATE_DIR_VARIABLE) or usual.user_state_path,
        )

    @classmethod
    @contextmanager
    def temporary(cls) -> Iterator[Paths]:
        """Directories that are gone, with all in them, when the context ends."""
        with tempfile.TemporaryDirectory(prefix="simtui-", ignore_cleanup_errors=True) as name:
            root = Path(name)
            yield cls(root / "config", root / "cache", root / "state")


def make_private_dir(path: Path) -> Path:
    """Create ``path`` for its owner alone (0700); one that exists is left as it is.

    Raises ``OSError`` when the system refuses.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _override(environment: Mapping[str, str], variable: str) -> Path | None:
    value = environment.get(variable)
    return Path(value).expanduser().absolute() if value else None
