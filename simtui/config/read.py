"""The configuration file: TOML, every key known, closed to others if it holds a secret."""

from __future__ import annotations

import os
import shlex
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from simtui.config.checks import (
    check_client_id,
    check_client_secret,
    check_profile_name,
    check_refresh,
    check_theme,
)
from simtui.config.pulse import read_pulse
from simtui.config.settings import Config, ProfileSettings
from simtui.config.toml_table import (
    Table,
    WrongType,
    did_you_mean,
    read_boolean,
    read_strings,
    read_text,
    read_whole_number,
)
from simtui.config.urls import check_base_url, check_token_url
from simtui.errors import ConfigError, UsageError

_TOP_KEYS: Final = ("default_profile", "profiles", "keys", "pulse")
_PROFILE_KEYS: Final = tuple(ProfileSettings.__dataclass_fields__)
_OPEN_TO_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def read_config(file: Path) -> Config:
    """What the file says; a file that is not there says nothing.

    Raises ``ConfigError`` when the file cannot be read or understood, or when it holds
    a client secret and the file mode lets others than its owner in.
    """
    try:
        with file.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            content = stream.read()
    except FileNotFoundError:
        return Config(file)
    except OSError as error:
        raise _unreadable(file, error.strerror or "the system refused") from None
    config = parse_config(content, file)
    _refuse_open_secret(config, mode)
    return config


def parse_config(content: bytes, file: Path) -> Config:
    """What the content of ``file`` says. Raises ``ConfigError`` when not understood."""
    top = Table(file, "", _parsed(content, file))
    top.refuse_others(_TOP_KEYS)
    profiles = dict(_profile(name, table) for name, table in top.section("profiles").sections())
    keys = top.section("keys")
    return Config(
        file,
        profiles,
        _default_profile(top, profiles),
        {action: keys.get(action, _keys) or () for action in keys.values},
        read_pulse(top.section("pulse")),
    )


def _parsed(content: bytes, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except tomllib.TOMLDecodeError as error:
        reason = f"it is not TOML: {error}"
    except RecursionError:
        reason = "it is nested too deeply"
    raise _unreadable(file, reason)


def _unreadable(file: Path, reason: str) -> ConfigError:
    return ConfigError(
        "The configuration cannot be read", f"{file}: {reason}", "Correct or remove the file"
    )


def _profile(name: str, table: Table) -> tuple[str, ProfileSettings]:
    try:
        check_profile_name(name)
    except UsageError as error:
        raise ConfigError(error.title, f"{table.file}: {table.path}: {error.detail}") from None
    table.refuse_others(_PROFILE_KEYS)
    if "client_secret" in table.values and "client_secret_command" in table.values:
        raise table.error(
            "client_secret_command", "stands beside client_secret", "Keep one of the two"
        )
    return name, _settings(table)


def _settings(table: Table) -> ProfileSettings:
    return ProfileSettings(
        base_url=table.get("base_url", lambda v: check_base_url(read_text(v))),
        token_url=table.get("token_url", lambda v: check_token_url(read_text(v))),
        client_id=table.get("client_id", lambda v: check_client_id(read_text(v))),
        client_secret=table.get("client_secret", lambda v: check_client_secret(read_text(v))),
        client_secret_command=table.get("client_secret_command", _command),
        read_only=table.get("read_only", read_boolean),
        theme=table.get("theme", lambda v: check_theme(read_text(v))),
        refresh=table.get("refresh", lambda v: check_refresh(read_whole_number(v))),
    )


def _command(value: Any) -> tuple[str, ...]:
    """A list of arguments, or one string that is split the way a shell would."""
    title = "The command cannot be used"
    try:
        words = shlex.split(value) if isinstance(value, str) else read_strings(value)
    except WrongType:
        raise WrongType("a command, as one string or a list of strings") from None
    except ValueError:
        raise UsageError(title, "it has a quote that is not closed") from None
    if not words or not words[0]:
        raise UsageError(title, "it names no program")
    return tuple(words)


def _keys(value: Any) -> tuple[str, ...]:
    """One key or a list of them; an empty list takes the action's keys away."""
    if isinstance(value, str):
        return (value,)
    return () if value == [] else read_strings(value)


def _default_profile(top: Table, profiles: Mapping[str, ProfileSettings]) -> str | None:
    name = top.get("default_profile", read_text)
    if name is not None and name not in profiles:
        raise top.error(
            "default_profile",
            "there is no such profile",
            did_you_mean(name, profiles) or f"Add a [profiles.{name}] or choose another",
        )
    return name


def _refuse_open_secret(config: Config, mode: int) -> None:
    holds_secret = any(p.client_secret is not None for p in config.profiles.values())
    if holds_secret and mode & _OPEN_TO_OTHERS:
        raise ConfigError(
            "The configuration is not safe",
            f"{config.file} holds a client secret and others can read it"
            f" (mode {stat.S_IMODE(mode):04o})",
            f"Close it with: chmod 600 {shlex.quote(str(config.file))}",
        )
