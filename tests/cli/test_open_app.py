from __future__ import annotations

import pytest

PROFILES = """
[profiles.prod]
client_id = "p"
client_secret = "hunter2"
[profiles.lab]
client_id = "l"
client_secret = "hunter2"
"""


def test_nothing_configured_opens_the_first_run(simtui, app) -> None:
    assert simtui().code == 0
    [call] = app.calls
    assert call["profile"] is None
    assert call["demo"] is None
    assert call["read_only"] is False
    assert call["filter_text"] is None


@pytest.mark.parametrize(
    "arguments", [("--profile", "lab", "--read-only", "--filter", "state:active")]
)
def test_the_options_reach_the_app(simtui, app, write_config, arguments) -> None:
    write_config(PROFILES)
    assert simtui(*arguments).code == 0
    [call] = app.calls
    assert call["profile"].name == "lab"
    assert call["read_only"] is True
    assert call["filter_text"] == "state:active"


def test_the_apps_exit_code_is_ours(simtui, app) -> None:
    app.code = 3
    assert simtui().code == 3


def test_a_demo_touches_nothing_of_the_users(simtui, app, write_config, own_directories) -> None:
    file = write_config("this is not TOML at all")
    assert simtui("demo", "--things", "100,000", "--seed", "7", "--fresh").code == 0
    [call] = app.calls
    assert call["profile"] is None
    assert vars(call["demo"]) == {
        "things": 100_000,
        "seed": 7,
        "fresh": True,
        "scenario": None,
    }
    paths = call["paths"]
    for place in (paths.config_dir, paths.cache_dir, paths.state_dir):
        assert own_directories not in place.parents
        assert not place.parent.exists()
    assert [p for p in own_directories.rglob("*") if p.is_file()] == [file]


@pytest.mark.parametrize("before", [("--read-only", "--filter", "pump"), ()])
def test_shared_options_may_stand_before_or_after_the_command(simtui, app, before) -> None:
    after = () if before else ("--read-only", "--filter", "pump")
    assert simtui(*before, "demo", *after).code == 0
    [call] = app.calls
    assert (call["read_only"], call["filter_text"]) == (True, "pump")


def test_without_a_terminal_the_app_does_not_start(simtui, app) -> None:
    app.has_terminal = False
    for arguments in ((), ("demo",)):
        ended = simtui(*arguments)
        assert ended.code == 2
        assert "needs a terminal" in ended.err
    assert app.calls == []


@pytest.mark.parametrize("command", [(), ("demo",), ("things",)])
def test_a_bad_filter_is_refused_before_anything_starts(simtui, app, write_config, command) -> None:
    write_config("this is not TOML at all")
    ended = simtui(*command, "--filter", "state:actve")
    assert ended.code == 2
    message, expression, caret = ended.err.splitlines()
    assert message.startswith("simtui: ")
    assert expression.strip() == "state:actve"
    assert caret.strip() == "^"
    assert expression[len(caret) - 1 :].startswith("actve")
    assert app.calls == []


@pytest.mark.parametrize("command", [(), ("things",), ("thing", "8931086200000000019")])
def test_an_unknown_profile_is_exit_3(simtui, app, write_config, command) -> None:
    write_config(PROFILES)
    ended = simtui("--profile", "porod", *command)
    assert ended.code == 3
    assert 'Did you mean "prod"?' in ended.err
    assert "hunter2" not in ended.err


def test_a_configuration_that_others_can_read_is_exit_3(simtui, app, write_config) -> None:
    file = write_config(PROFILES, 0o644)
    ended = simtui("--profile", "lab")
    assert ended.code == 3
    assert f"chmod 600 {file}" in ended.err
    assert app.calls == []


def test_a_hostile_key_does_not_reach_the_terminal(simtui, app, write_config) -> None:
    write_config('"\\u001b[2J" = 1')
    ended = simtui()
    assert ended.code == 3
    assert "\x1b" not in ended.err
    assert "\\x1b[2J" in ended.err
