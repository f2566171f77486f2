"""Saving a profile into the configuration file, beside what a person wrote there."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import tomlkit

from simtui.config.checks import check_profile_name
from simtui.config.profile import Profile
from simtui.config.read import parse_config
from simtui.errors import ConfigError
from simtui.paths import Paths
from simtui.private_file import write_private


def save_profile(paths: Paths, profile: Profile, *, make_default: bool) -> Path:
    """Write ``profile`` into the configuration file and give back which file that is.

    Comments, other profiles and the keymap stay as they are. Raises ``UsageError`` for a
    name that cannot be used and ``ConfigError`` when the file that is there is not
    understood or cannot be written; it is then as it was.
    """
    name = check_profile_name(profile.name)
    file = paths.config_file
    try:
        old = file.read_bytes() if file.exists() else b""
        parse_config(old, file)  # a file that was not understood is not rewritten
        new = _with_profile(old.decode(), name, profile, make_default).encode()
        parse_config(new, file)
        write_private(file, new)
    except OSError as error:
        raise ConfigError(
            "The profile could not be saved",
            f"{file}: {error.strerror or 'the system refused'}",
            "See that the directory can be written and has room",
        ) from None
    return file


def _with_profile(text: str, name: str, profile: Profile, make_default: bool) -> str:
    document = tomlkit.parse(text)
    if make_default:
        document["default_profile"] = name
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    if name not in profiles:
        profiles[name] = {}  # becomes a table of the kind that fits where it stands
    _update(profiles[name], _as_toml(profile))
    return tomlkit.dumps(document)


def _update(table: MutableMapping[str, Any], values: dict[str, Any]) -> None:
    """Set what has a value, take away what has none, touch nothing that is equal."""
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        elif table.get(key) != value:
            table[key] = value


def _as_toml(profile: Profile) -> dict[str, Any]:
    secret = profile.client_secret
    command = list(profile.client_secret_command)
    return {
        "base_url": profile.base_url,
        "token_url": profile.token_url,
        "client_id": profile.client_id,
        "client_secret": secret.reveal() if secret is not None else None,
        "client_secret_command": command if command and secret is None else None,
        "read_only": profile.read_only,
        "theme": profile.theme,
        "refresh": profile.refresh,
    }
