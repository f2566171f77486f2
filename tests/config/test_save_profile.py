from __future__ import annotations

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from simtui import private_file
from simtui.config.profile import Profile
from simtui.config.read import read_config
from simtui.config.save import save_profile
from simtui.errors import ConfigError, UsageError
from simtui.paths import Paths
from simtui.private_file import write_private
from simtui.secret import Secret

LAB = Profile("lab", "https://b.example", "https://t.example", "id", Secret("hunter2"))

OLD = """\
# my own words
default_profile = "prod"  # the careful one

[profiles.prod]  # production
client_id = "p"
client_secret_command = "pass prod"

# keys I like
[keys]
open = ["o"]
"""


def test_the_first_profile_makes_a_private_file(paths: Paths) -> None:
    assert save_profile(paths, LAB, make_default=True) == paths.config_file
    assert stat.S_IMODE(paths.config_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.config_dir.stat().st_mode) == 0o700
    config = read_config(paths.config_file)
    assert config.default_profile == "lab"
    assert config.profiles["lab"].client_secret == Secret("hunter2")
    assert [p.name for p in paths.config_dir.iterdir()] == ["config.toml"]


def test_comments_other_profiles_and_keys_stay(paths: Paths, write_config) -> None:
    write_config(OLD)
    save_profile(paths, LAB, make_default=False)
    text = paths.config_file.read_text()
    for line in OLD.splitlines():
        assert line in text
    config = read_config(paths.config_file)
    assert config.default_profile == "prod"
    assert set(config.profiles) == {"prod", "lab"}
    assert config.keys == {"open": ("o",)}


def test_the_default_moves_only_when_asked(paths: Paths, write_config) -> None:
    write_config(OLD.replace('default_profile = "prod"  # the careful one\n', ""))
    save_profile(paths, LAB, make_default=True)
    assert read_config(paths.config_file).default_profile == "lab"


def test_saving_over_a_profile_replaces_its_secret_and_keeps_the_rest(
    paths: Paths, write_config
) -> None:
    write_config(OLD + '\n[profiles.lab]\nclient_id = "id" # mine\nclient_secret_command="x"\n')
    save_profile(paths, replace(LAB, theme="nord", refresh=9), make_default=False)
    saved = tomllib.loads(paths.config_file.read_text())["profiles"]["lab"]
    assert saved == {
        "base_url": "https://b.example",
        "token_url": "https://t.example",
        "client_id": "id",
        "client_secret": "hunter2",
        "read_only": False,
        "theme": "nord",
        "refresh": 9,
    }
    assert 'client_id = "id" # mine' in paths.config_file.read_text()


def test_a_command_is_saved_instead_of_what_it_told(paths: Paths) -> None:
    profile = replace(LAB, client_secret=None, client_secret_command=("pass", "a b"))
    save_profile(paths, profile, make_default=True)
    saved = read_config(paths.config_file).profiles["lab"]
    assert saved.client_secret_command == ("pass", "a b")
    assert saved.client_secret is None


@pytest.mark.parametrize(
    "old", ["profiles = {}", 'profiles = {prod = {client_id = "x"}}', "# only"]
)
def test_other_ways_to_write_the_tables_are_kept_valid(
    paths: Paths, write_config, old: str
) -> None:
    write_config(old)
    save_profile(paths, LAB, make_default=True)
    assert read_config(paths.config_file).profiles["lab"].client_id == "id"


def test_an_open_file_is_closed_on_saving(paths: Paths, write_config) -> None:
    write_config(OLD, 0o644)
    save_profile(paths, LAB, make_default=False)
    assert stat.S_IMODE(paths.config_file.stat().st_mode) == 0o600


def test_a_link_stays_a_link(paths: Paths, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "simtui.toml"
    target.parent.mkdir()
    target.write_text(OLD)
    paths.config_dir.mkdir()
    paths.config_file.symlink_to(target)
    save_profile(paths, LAB, make_default=False)
    assert paths.config_file.is_symlink()
    assert "lab" in read_config(target).profiles


def test_a_file_that_is_not_understood_is_left_as_it_was(paths: Paths, write_config) -> None:
    write_config("[profiles")
    with pytest.raises(ConfigError):
        save_profile(paths, LAB, make_default=True)
    assert paths.config_file.read_text() == "[profiles"


def test_a_name_that_cannot_be_used_writes_nothing(paths: Paths) -> None:
    with pytest.raises(UsageError):
        save_profile(paths, replace(LAB, name="prod+env"), make_default=True)
    assert not paths.config_dir.exists()


def test_a_directory_that_cannot_be_made_is_a_sentence(paths: Paths) -> None:
    paths.config_dir.write_text("a file stands in the way")
    with pytest.raises(ConfigError, match="could not be saved") as refused:
        save_profile(paths, LAB, make_default=True)
    assert "hunter2" not in str(refused.value)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(private_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
