"""Every error a person can meet, as one family of sentences.

An error has a title (what failed), a detail (why, in the server's or the system's
words) and a hint (what to do next). All of simtui raises and stores these; nothing
else reaches the screen or the shell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field of a request that the server refused (contract §1.3, ``errors[]``)."""

    field: str
    code: str
    message: str


class SimtuiError(Exception):
    """Something failed that the person at the keyboard should know about.

    ``exit_code`` is what the shell commands end with: 2 usage, 3 configuration or
    credentials, 4 the API refused, 5 unreachable.
    """

    exit_code: ClassVar[int] = 4

    def __init__(
        self,
        title: str,
        detail: str = "",
        hint: str = "",
        *,
        status: int | None = None,
        name: str = "",
        transaction_id: str = "",
    ) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.status = status
        self.name = name
        self.transaction_id = transaction_id

    def __str__(self) -> str:
        return " ".join(_sentence(part) for part in (self.title, self.detail, self.hint) if part)


def _sentence(text: str) -> str:
    """With a capital at its beginning and a stop at its end."""
    stop = "" if text.endswith((".", "!", "?", ":")) else "."
    return f"{text[0].upper()}{text[1:]}{stop}"


class UsageError(SimtuiError):
    """The command line, a filter or a field was not understood."""

    exit_code = 2


class ConfigError(SimtuiError):
    """The configuration is missing, unreadable or unsafe."""

    exit_code = 3


class Unauthorized(SimtuiError):
    """The API or its token endpoint does not accept who we are (401)."""

    exit_code = 3


class Forbidden(SimtuiError):
    """The permission level is too low for this (403)."""


class NotFound(SimtuiError):
    """There is no such object (404)."""


class CapabilityAbsent(SimtuiError):
    """An EXT endpoint that this installation does not offer (contract, head)."""


class NoneOfThisOne(CapabilityAbsent):
    """An EXT endpoint that is there, and has nothing to tell about this one object."""


class Conflict(SimtuiError):
    """A precondition about the server's state does not hold (412)."""


class Invalid(SimtuiError):
    """The request was refused as bad input (400)."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        hint: str = "",
        *,
        problems: tuple[FieldProblem, ...] = (),
        status: int | None = None,
        name: str = "",
        transaction_id: str = "",
    ) -> None:
        super().__init__(
            title, detail, hint, status=status, name=name, transaction_id=transaction_id
        )
        self.problems = problems


class QuotaExceeded(SimtuiError):
    """The account-wide quota is used up (429). ``reset_at`` is None when not told."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        hint: str = "",
        *,
        reset_at: datetime | None = None,
        status: int | None = 429,
        name: str = "",
        transaction_id: str = "",
    ) -> None:
        super().__init__(
            title, detail, hint, status=status, name=name, transaction_id=transaction_id
        )
        self.reset_at = reset_at


class ServerFault(SimtuiError):
    """The API or its gateway failed on its own side (5xx)."""


class UnexpectedAnswer(SimtuiError):
    """An answer came that the contract does not know: a code, a body or a redirect."""


class Unreachable(SimtuiError):
    """No answer at all: name, route, port, TLS or time."""

    exit_code = 5


class OutcomeUnknown(SimtuiError):
    """A write was sent and its answer was lost; only reading the object can tell."""

    exit_code = 5


class JobFailed(SimtuiError):
    """A job of the server ended without what it was to make."""


class ReadOnly(SimtuiError):
    """This profile or run is read-only, so a write was not sent."""

    exit_code = 2
