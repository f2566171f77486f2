"""What the ``SIMTUI_*`` variables say of a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from simtui.config.checks import check_client_id, check_client_secret
from simtui.config.settings import ProfileSettings
from simtui.config.urls import check_base_url, check_token_url
from simtui.errors import ConfigError, UsageError

BASE_URL_VARIABLE: Final = "SIMTUI_BASE_URL"
TOKEN_URL_VARIABLE: Final = "SIMTUI_TOKEN_URL"
CLIENT_ID_VARIABLE: Final = "SIMTUI_CLIENT_ID"
CLIENT_SECRET_VARIABLE: Final = "SIMTUI_CLIENT_SECRET"
PROFILE_VARIABLE: Final = "SIMTUI_PROFILE"

T = TypeVar("T")


def settings_of_environment(environment: Mapping[str, str]) -> ProfileSettings:
    """What the variables say; an empty one says nothing.

    Raises ``ConfigError`` naming the variable that cannot be used.
    """
    return ProfileSettings(
        base_url=_read(environment, BASE_URL_VARIABLE, check_base_url),
        token_url=_read(environment, TOKEN_URL_VARIABLE, check_token_url),
        client_id=_read(environment, CLIENT_ID_VARIABLE, check_client_id),
        client_secret=_read(environment, CLIENT_SECRET_VARIABLE, check_client_secret),
    )


def _read(environment: Mapping[str, str], variable: str, check: Callable[[str], T]) -> T | None:
    value = environment.get(variable)
    if not value:
        return None
    try:
        return check(value)
    except UsageError as error:
        raise ConfigError(error.title, f"{variable}: {error.detail}", error.hint) from None
