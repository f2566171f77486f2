"""The profile that the arguments, the environment and the file mean together."""

from __future__ import annotations

import argparse
import os

from simtui.config.choose import choose_profile
from simtui.config.profile import Profile
from simtui.config.read import read_config
from simtui.errors import ConfigError
from simtui.paths import Paths


def chosen_profile(arguments: argparse.Namespace, paths: Paths) -> Profile | None:
    """The profile; ``None`` when nothing is configured at all. Raises ``ConfigError``."""
    requested: str | None = arguments.profile
    return choose_profile(read_config(paths.config_file), os.environ, requested)


def needed_profile(arguments: argparse.Namespace, paths: Paths) -> Profile:
    """The profile. Raises ``ConfigError``, also when nothing is configured at all."""
    profile = chosen_profile(arguments, paths)
    if profile is None:
        raise ConfigError(
            "Nothing is configured yet",
            f"There is no profile in {paths.config_file} and none in the environment",
            "Run simtui to connect, or simtui demo to look around",
        )
    return profile
