"""A sandbox served over loopback, and a user's folder with a profile for it."""

from __future__ import annotations

from pathlib import Path

from simtui.sandbox.server import LiveServer


def folder_for(server: LiveServer, folder: Path) -> Path:
    """``folder`` as where this user's files are, with a profile for the sandbox."""
    told = server.endpoint
    file = folder / "CONFIG" / "config.toml"
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    file.write_text(
        f"""
        default_profile = "prod"
        [profiles.prod]
        base_url = "{told.base_url}"
        token_url = "{told.token_url}"
        client_id = "{told.client_id}"
        client_secret = "{told.client_secret.reveal()}"
        """
    )
    return folder
