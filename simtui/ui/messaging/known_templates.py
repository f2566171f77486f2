"""The templates that a composer offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import ConfigError

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.workspace import Workspace


def known_templates(app: SimtuiApp, workspace: Workspace) -> dict[str, str]:
    """The texts by name; none when the file cannot be used, which is said then."""
    try:
        return dict(workspace.sms_templates.read())
    except ConfigError as error:
        app.report(error)
        return {}
