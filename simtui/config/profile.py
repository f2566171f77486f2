"""A profile: one account on one API, and how the app treats it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simtui.config.secret_command import secret_from_command
from simtui.errors import ConfigError
from simtui.secret import Secret


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that is complete enough to connect.

    ``refresh`` is in seconds; ``None`` for it or ``theme`` leaves the choice to the app.
    """

    name: str
    base_url: str
    token_url: str
    client_id: str
    client_secret: Secret | None = None
    client_secret_command: tuple[str, ...] = field(default=(), repr=False)
    read_only: bool = False
    theme: str | None = None
    refresh: int | None = None

    @property
    def account(self) -> str:
        """By what the account is told from others in files, without secrets."""
        return f"{self.base_url} {self.client_id}"

    def secret(self) -> Secret:
        """The client secret; waits up to 30 s when a command has to tell it.

        Raises ``ConfigError`` when there is none, or the command does not tell one.
        """
        if self.client_secret is not None:
            return self.client_secret
        if self.client_secret_command:
            return secret_from_command(self.client_secret_command)
        raise ConfigError(f'The profile "{self.name}" has no client secret')
