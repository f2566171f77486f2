from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.config.read import parse_config, read_config
from simtui.config.settings import Config, ProfileSettings
from simtui.errors import ConfigError
from simtui.paths import Paths
from simtui.secret import Secret

FULL = """
default_profile = "prod"

[profiles.prod]
base_url = "https://api.example.com/iot/"
token_url = "https://api.example.com/token"
client_id = "abc"
client_secret = "hunter2"
read_only = true
theme = "nord"
refresh = 30

[profiles.lab]
client_id = "def"
client_secret_command = "pass show 'simtui lab'"

[profiles.ops]
client_secret_command = ["vault", "read", "x y"]

[keys]
open = ["enter", "o"]
quit = "q"
nothing = []
"""


def refusal(text: str, file: Path = Path("config.toml")) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        parse_config(text.encode(), file)
    assert refused.value.exit_code == 3
    return refused.value


def test_everything_that_may_be_said(write_config) -> None:
    config = read_config(write_config(FULL))
    assert config.default_profile == "prod"
    assert config.profiles["prod"] == ProfileSettings(
        base_url="https://api.example.com/iot",
        token_url="https://api.example.com/token",
        client_id="abc",
        client_secret=Secret("hunter2"),
        read_only=True,
        theme="nord",
        refresh=30,
    )
    assert config.profiles["lab"].client_secret_command == ("pass", "show", "simtui lab")
    assert config.profiles["ops"].client_secret_command == ("vault", "read", "x y")
    assert config.keys == {"open": ("enter", "o"), "quit": ("q",), "nothing": ()}
    assert "hunter2" not in repr(config)


def test_no_file_says_nothing(paths: Paths) -> None:
    assert read_config(paths.config_file) == Config(paths.config_file)
    assert not paths.config_dir.exists()


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Is a directory"):
        read_config(tmp_path)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601])
def test_a_secret_that_others_can_reach_is_refused_with_the_remedy(write_config, mode: int) -> None:
    file = write_config(FULL, mode)
    with pytest.raises(ConfigError) as refused:
        read_config(file)
    assert f"{mode:04o}" in refused.value.detail
    assert refused.value.hint.endswith(f"chmod 600 {file}")
    assert "hunter2" not in str(refused.value)


def test_a_file_without_a_secret_may_be_open(write_config) -> None:
    file = write_config(
        '[profiles.lab]\nclient_id = "x"\nclient_secret_command = "pass lab"', 0o644
    )
    assert "lab" in read_config(file).profiles


@pytest.mark.parametrize(
    ("text", "path", "expected", "hint"),
    [
        ('defualt_profile = "x"', "defualt_profile", "is not a setting", '"default_profile"'),
        ("zzz = 1", "zzz", "is not a setting", "Known here: default_profile, profiles, keys"),
        (
            '[profiles.prod]\nbase-url = "x"',
            "profiles.prod.base-url",
            "not a setting",
            '"base_url"',
        ),
        ("profiles = 3", "profiles", "expected a table, found a whole number", ""),
        ("profiles.prod = []", "profiles.prod", "expected a table, found a list", ""),
        ("[profiles.p]\nread_only = 1", "profiles.p.read_only", "expected true or false", ""),
        ('[profiles.p]\nrefresh = "9"', "profiles.p.refresh", "a whole number, found a string", ""),
        ("[profiles.p]\nrefresh = true", "profiles.p.refresh", "found true or false", ""),
        ("[profiles.p]\nrefresh = 2.5", "profiles.p.refresh", "decimal point", ""),
        ("[profiles.p]\nrefresh = 1", "profiles.p.refresh", "2 to 3600", ""),
        ("[profiles.p]\ntheme = 2026-11-22", "profiles.p.theme", "found a date", ""),
        ('[profiles.p]\nbase_url = "x"', "profiles.p.base_url", "not a full http", "Write it"),
        ("[profiles.p]\nclient_id = ''", "profiles.p.client_id", "it is empty", ""),
        ("[profiles.p]\nclient_secret_command = 7", "client_secret_command", "a command, as", ""),
        ("[profiles.p]\nclient_secret_command = ''", "client_secret_command", "no program", ""),
        ("[profiles.p]\nclient_secret_command = [1]", "client_secret_command", "a command", ""),
        ('[profiles.p]\nclient_secret_command = "a \'b"', "client_secret_command", "quote", ""),
        ("[keys]\nopen = 3", "keys.open", "a list of strings", ""),
        ("[profiles.prod]\n[profiles.lab]\n", "", "", ""),
        ('default_profile = "prdo"\n[profiles.prod]', "default_profile", "no such", '"prod"'),
        ('default_profile = "x"', "default_profile", "no such profile", "[profiles.x]"),
        ('[profiles."a/b"]', "profiles.a/b", "letters, digits", ""),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(
    text: str, path: str, expected: str, hint: str
) -> None:
    if not path:
        assert list(parse_config(text.encode(), Path("c")).profiles) == ["prod", "lab"]
        return
    error = refusal(text)
    assert error.detail.startswith("config.toml: ")
    assert path in error.detail
    assert expected in error.detail
    assert hint in error.hint


def test_a_secret_and_a_command_for_it_are_one_too_many() -> None:
    error = refusal('[profiles.p]\nclient_secret = "hunter2"\nclient_secret_command = "pass p"')
    assert "profiles.p.client_secret_command" in error.detail
    assert "hunter2" not in str(error)


@pytest.mark.parametrize(
    "text",
    ['[profiles.p]\nclient_secret = ["hunter2"]', '[profiles.p]\nclient_secret = "hunter2 x"'],
)
def test_a_misplaced_secret_is_not_repeated(text: str) -> None:
    assert "hunter2" not in str(refusal(text))


def test_broken_toml_is_told_with_its_line() -> None:
    assert "line 2" in refusal('default_profile = "p"\nkeys = =').detail


def test_a_file_that_is_not_text_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match="UTF-8"):
        parse_config(b"\xff\xfe\x00", Path("config.toml"))


@given(st.text(max_size=80))
def test_any_text_is_a_config_or_a_sentence(text: str) -> None:
    try:
        parse_config(text.encode("utf-8", "surrogatepass"), Path("config.toml"))
    except ConfigError as error:
        assert error.detail.startswith("config.toml")
