"""Which profile is meant: the one that was asked for, with the environment over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, overload

from simtui.config.environment import (
    CLIENT_ID_VARIABLE,
    CLIENT_SECRET_VARIABLE,
    PROFILE_VARIABLE,
    settings_of_environment,
)
from simtui.config.profile import Profile
from simtui.config.settings import Config, ProfileSettings
from simtui.config.toml_table import did_you_mean
from simtui.config.urls import DEFAULT_BASE_URL, DEFAULT_TOKEN_URL
from simtui.errors import ConfigError

ENVIRONMENT_PROFILE: Final = "env"
"""The name of a profile that only the environment knows."""

_NOTHING: Final = ProfileSettings()


@overload
def choose_profile(config: Config, environment: Mapping[str, str], requested: str) -> Profile: ...


@overload
def choose_profile(
    config: Config, environment: Mapping[str, str], requested: None = None
) -> Profile | None: ...


def choose_profile(
    config: Config, environment: Mapping[str, str], requested: str | None = None
) -> Profile | None:
    """The profile to work with; ``None`` when nothing at all is configured.

    ``requested`` comes first, then ``SIMTUI_PROFILE``, then ``default_profile``, then the
    only profile there is. A profile whose address or client the environment replaces is
    called ``NAME+env``: it is another account than the file's. Raises ``ConfigError``
    when there is no such profile, no single one, or the one chosen is incomplete.
    """
    overlay = settings_of_environment(environment)
    name = _asked_for(config, environment, requested) or _usual(config, overlay)
    filed = config.profiles.get(name, _NOTHING)
    if name == ENVIRONMENT_PROFILE and filed == overlay == _NOTHING:
        if requested is None and not environment.get(PROFILE_VARIABLE):
            return None
        raise _no_such_profile(config, name)
    shown = f"{name}+env" if _replaces_account(filed, overlay) else name
    return _completed(shown, filed.overlaid_with(overlay), config)


def _asked_for(config: Config, environment: Mapping[str, str], requested: str | None) -> str | None:
    name = requested if requested is not None else environment.get(PROFILE_VARIABLE) or None
    if name is not None and name not in config.profiles and name != ENVIRONMENT_PROFILE:
        raise _no_such_profile(config, name)
    return name


def _no_such_profile(config: Config, name: str) -> ConfigError:
    known = ", ".join(config.profiles) or "none"
    return ConfigError(
        f'There is no profile "{name}"',
        f"Profiles in {config.file}: {known}",
        did_you_mean(name, config.profiles),
    )


def _usual(config: Config, overlay: ProfileSettings) -> str:
    if config.default_profile is not None:
        return config.default_profile
    if len(config.profiles) == 1:
        return next(iter(config.profiles))
    if config.profiles and not (overlay.client_id and overlay.client_secret):
        raise ConfigError(
            "It is not clear which profile to use",
            f"{config.file} has {', '.join(config.profiles)} and no default_profile",
            "Choose one with --profile NAME, or set default_profile in the file",
        )
    return ENVIRONMENT_PROFILE


def _replaces_account(filed: ProfileSettings, overlay: ProfileSettings) -> bool:
    if filed == _NOTHING:
        return False
    elsewhere = overlay.base_url not in (None, filed.base_url or DEFAULT_BASE_URL)
    somebody_else = filed.client_id and overlay.client_id not in (None, filed.client_id)
    return elsewhere or bool(somebody_else)


def _completed(name: str, settings: ProfileSettings, config: Config) -> Profile:
    has_secret = settings.client_secret or settings.client_secret_command
    if not settings.client_id or not has_secret:
        raise _incomplete(name, settings, config)
    return Profile(
        name=name,
        base_url=settings.base_url or DEFAULT_BASE_URL,
        token_url=settings.token_url or DEFAULT_TOKEN_URL,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        client_secret_command=settings.client_secret_command or (),
        read_only=bool(settings.read_only),
        theme=settings.theme,
        refresh=settings.refresh,
    )


def _incomplete(name: str, settings: ProfileSettings, config: Config) -> ConfigError:
    missing = [] if settings.client_id else [("client_id", CLIENT_ID_VARIABLE)]
    if not settings.client_secret and not settings.client_secret_command:
        missing.append(("client_secret", CLIENT_SECRET_VARIABLE))
    return ConfigError(
        f'The profile "{name}" is not complete',
        f"It has no {' and no '.join(key for key, _ in missing)}",
        f"Set {' and '.join(variable for _, variable in missing)} in the environment, or"
        f" {' and '.join(key for key, _ in missing)} under [profiles.{name}] in {config.file}",
    )
