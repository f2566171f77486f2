"""Starting the app, for the command line."""

from __future__ import annotations

from simtui.clock import SystemClock
from simtui.config.profile import Profile
from simtui.config.read import read_config
from simtui.paths import Paths
from simtui.ui.app import SimtuiApp
from simtui.ui.demo import DemoOptions
from simtui.ui.history import ThingsPlace
from simtui.ui.launcher import Launcher

__all__ = ["DemoOptions", "run_app"]


def run_app(
    profile: Profile | None,
    *,
    paths: Paths,
    read_only: bool,
    filter_text: str | None,
    demo: DemoOptions | None,
) -> int:
    """Run the app to its end and answer the exit code.

    Without a profile and without a demo it opens at the first-run screen.

    Raises:
        ConfigError: when the configuration cannot be read or its keymap cannot be.
    """
    launcher = Launcher(paths, read_config(paths.config_file), SystemClock(), read_only=read_only)
    workspace = launcher.demo(demo) if demo is not None else None
    if profile is not None:
        workspace = launcher.of_profile(profile)
    start = ThingsPlace(filter_text) if filter_text is not None else None
    app = SimtuiApp(launcher, workspace, start)
    app.run()
    return app.return_code or 0
