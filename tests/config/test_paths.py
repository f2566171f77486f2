from __future__ import annotations

import stat
from pathlib import Path

import platformdirs
import pytest

from simtui.paths import Paths, make_private_dir


def test_the_variables_come_before_the_platform(tmp_path: Path) -> None:
    paths = Paths.of_user(
        {
            "SIMTUI_CONFIG_DIR": str(tmp_path / "a"),
            "SIMTUI_CACHE_DIR": str(tmp_path / "b"),
            "SIMTUI_STATE_DIR": str(tmp_path / "c"),
        }
    )
    assert paths == Paths(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert paths.config_file == tmp_path / "a" / "config.toml"


def test_without_or_with_empty_variables_the_platform_decides() -> None:
    paths = Paths.of_user({"SIMTUI_CACHE_DIR": ""})
    assert paths.config_dir == platformdirs.user_config_path("simtui", appauthor=False)
    assert paths.cache_dir == platformdirs.user_cache_path("simtui", appauthor=False)
    assert paths.state_dir == platformdirs.user_state_path("simtui", appauthor=False)


def test_a_relative_or_home_directory_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    paths = Paths.of_user({"SIMTUI_CONFIG_DIR": "here", "SIMTUI_CACHE_DIR": "~/cache"})
    assert paths.config_dir == tmp_path / "here"
    assert paths.cache_dir == tmp_path / "home" / "cache"


def test_asking_creates_nothing(tmp_path: Path) -> None:
    Paths.of_user({f"SIMTUI_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "CACHE")})
    assert list(tmp_path.iterdir()) == []


def test_temporary_paths_are_apart_and_gone_afterwards() -> None:
    with Paths.temporary() as paths:
        assert len({paths.config_dir, paths.cache_dir, paths.state_dir}) == 3
        root = paths.config_dir.parent
        (make_private_dir(paths.cache_dir) / "snapshot").write_bytes(b"x")
        assert root.exists()
    assert not root.exists()


def test_temporary_paths_are_gone_after_a_failure_too() -> None:
    with pytest.raises(RuntimeError), Paths.temporary() as paths:
        make_private_dir(paths.state_dir)
        raise RuntimeError
    assert not paths.state_dir.parent.exists()


def test_a_new_directory_is_closed_to_others_and_an_old_one_left_alone(tmp_path: Path) -> None:
    fresh = make_private_dir(tmp_path / "deep" / "down")
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    assert stat.S_IMODE(make_private_dir(shared).stat().st_mode) == 0o755
