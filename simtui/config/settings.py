"""What the configuration file and the environment say, before anything is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from simtui.config.pulse import USUAL, PulseSettings
from simtui.secret import Secret


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What one source says of a profile; ``None`` where it says nothing."""

    base_url: str | None = None
    token_url: str | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    client_secret_command: tuple[str, ...] | None = field(default=None, repr=False)
    read_only: bool | None = None
    theme: str | None = None
    refresh: int | None = None

    def overlaid_with(self, other: ProfileSettings) -> ProfileSettings:
        """These settings, except where ``other`` says something else."""
        said = {f.name: getattr(other, f.name) for f in fields(other)}
        return replace(self, **{name: value for name, value in said.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Config:
    """What the configuration file says. ``keys``: action id → the keys that do it."""

    file: Path
    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)
    default_profile: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pulse: PulseSettings = USUAL
