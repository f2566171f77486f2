"""From a profile to what the client needs to connect."""

from __future__ import annotations

from simtui.api.endpoint import Endpoint
from simtui.config.profile import Profile


def endpoint_of(profile: Profile, *, read_only: bool = False) -> Endpoint:
    """Where and as whom to connect; read-only when the profile or the run is.

    Waits up to 30 s when a command has to tell the secret, so a screen calls it from a
    thread. Raises ``ConfigError`` when there is no secret to be had.
    """
    return Endpoint(
        base_url=profile.base_url,
        token_url=profile.token_url,
        client_id=profile.client_id,
        client_secret=profile.secret(),
        read_only=read_only or profile.read_only,
    )
