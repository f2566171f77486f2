from __future__ import annotations

from pathlib import Path

import pytest

from simtui.config.choose import choose_profile
from simtui.config.profile import Profile
from simtui.config.settings import Config, ProfileSettings
from simtui.config.urls import DEFAULT_BASE_URL, DEFAULT_TOKEN_URL
from simtui.errors import ConfigError
from simtui.secret import Secret

FILE = Path("/etc/simtui/config.toml")
PROD = ProfileSettings(
    base_url="https://prod.example.com", client_id="p", client_secret=Secret("ps"), read_only=True
)
LAB = ProfileSettings(client_id="l", client_secret_command=("pass", "lab"), refresh=5)
EMPTY = Config(FILE)
ONE = Config(FILE, {"prod": PROD})
TWO = Config(FILE, {"prod": PROD, "lab": LAB})
CREDENTIALS = {"SIMTUI_CLIENT_ID": "e", "SIMTUI_CLIENT_SECRET": "es"}


def chosen(config: Config, environment: dict[str, str], requested: str | None = None) -> Profile:
    profile = choose_profile(config, environment, requested)
    assert profile is not None
    return profile


def refusal(
    config: Config, environment: dict[str, str], requested: str | None = None
) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        choose_profile(config, environment, requested)
    return refused.value


def test_nothing_configured_is_no_profile_and_no_error() -> None:
    assert choose_profile(EMPTY, {}) is None
    assert choose_profile(EMPTY, {"SIMTUI_PROFILE": "", "SIMTUI_BASE_URL": ""}) is None


def test_the_vendors_addresses_are_the_default() -> None:
    assert chosen(EMPTY, CREDENTIALS) == Profile(
        name="env",
        base_url=DEFAULT_BASE_URL,
        token_url=DEFAULT_TOKEN_URL,
        client_id="e",
        client_secret=Secret("es"),
    )


def test_which_one_is_meant() -> None:
    with_default = Config(FILE, {"prod": PROD, "lab": LAB}, "lab")
    assert chosen(ONE, {}).name == "prod"
    assert chosen(with_default, {}).name == "lab"
    assert chosen(with_default, {"SIMTUI_PROFILE": "prod"}).name == "prod"
    assert chosen(with_default, {"SIMTUI_PROFILE": "prod"}, "lab").name == "lab"


def test_several_and_no_default_is_a_question_unless_the_environment_is_enough() -> None:
    error = refusal(TWO, {})
    assert "prod, lab" in error.detail
    assert "--profile" in error.hint
    assert chosen(TWO, CREDENTIALS).name == "env"
    assert chosen(TWO, CREDENTIALS).read_only is False


def test_a_profile_carries_all_its_settings() -> None:
    assert chosen(TWO, {}, "lab") == Profile(
        name="lab",
        base_url=DEFAULT_BASE_URL,
        token_url=DEFAULT_TOKEN_URL,
        client_id="l",
        client_secret_command=("pass", "lab"),
        refresh=5,
    )


def test_the_environment_comes_before_the_file() -> None:
    profile = chosen(ONE, {"SIMTUI_CLIENT_SECRET": "es", "SIMTUI_TOKEN_URL": "https://t.example"})
    assert profile.name == "prod"
    assert profile.client_id == "p"
    assert profile.client_secret == Secret("es")
    assert profile.token_url == "https://t.example"


def test_a_secret_in_the_environment_comes_before_a_command_in_the_file() -> None:
    profile = chosen(TWO, {"SIMTUI_CLIENT_SECRET": "es"}, "lab")
    assert profile.secret() == Secret("es")


@pytest.mark.parametrize(
    "environment", [{"SIMTUI_BASE_URL": "http://127.0.0.1:9"}, {"SIMTUI_CLIENT_ID": "other"}]
)
def test_another_account_is_not_called_by_the_files_name(environment: dict[str, str]) -> None:
    profile = chosen(ONE, environment)
    assert profile.name == "prod+env"
    assert profile.read_only is True


def test_the_same_account_said_twice_keeps_its_name() -> None:
    same = {"SIMTUI_BASE_URL": "https://prod.example.com/", "SIMTUI_CLIENT_ID": "p"}
    assert chosen(ONE, same).name == "prod"
    assert chosen(TWO, {"SIMTUI_BASE_URL": DEFAULT_BASE_URL}, "lab").name == "lab"


def test_an_unknown_profile_is_refused_with_the_nearest_one() -> None:
    for error in (refusal(TWO, {}, "prdo"), refusal(TWO, {"SIMTUI_PROFILE": "prdo"})):
        assert error.title == 'There is no profile "prdo"'
        assert "prod, lab" in error.detail
        assert error.hint == 'Did you mean "prod"?'
    assert "none" in refusal(EMPTY, CREDENTIALS, "prod").detail
    assert refusal(EMPTY, {}, "env").title == 'There is no profile "env"'
    assert chosen(TWO, CREDENTIALS, "env").client_id == "e"


def test_what_is_missing_is_named_for_both_places() -> None:
    error = refusal(EMPTY, {"SIMTUI_CLIENT_ID": "e"})
    assert error.detail == "It has no client_secret"
    assert "SIMTUI_CLIENT_SECRET" in error.hint
    assert str(FILE) in error.hint
    both = refusal(Config(FILE, {"bare": ProfileSettings()}), {})
    assert both.detail == "It has no client_id and no client_secret"


def test_a_bad_variable_is_named_and_a_secret_in_it_not_repeated() -> None:
    assert "SIMTUI_BASE_URL" in refusal(ONE, {"SIMTUI_BASE_URL": "nope"}).detail
    error = refusal(ONE, {"SIMTUI_CLIENT_SECRET": "hunter2 x"})
    assert "SIMTUI_CLIENT_SECRET" in error.detail
    assert "hunter2" not in str(error)
