"""``simtui`` without a command: the app, on the fleet of the profile."""

from __future__ import annotations

import argparse
from typing import Final

from simtui.cli.filter_option import check_filter
from simtui.cli.profile_choice import chosen_profile
from simtui.cli.terminal import require_terminal
from simtui.paths import Paths

SHARED_OPTIONS: Final = ("profile", "read_only", "filter")


def run(arguments: argparse.Namespace) -> int:
    """Open the app; with nothing configured it opens on its first-run screen."""
    check_filter(arguments.filter)
    require_terminal()
    paths = Paths.of_user()
    profile = chosen_profile(arguments, paths)
    from simtui.ui.launch import run_app

    return run_app(
        profile,
        paths=paths,
        read_only=arguments.read_only,
        filter_text=arguments.filter,
        demo=None,
    )
