"""An access token and how long it is good for (contract §1.1)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simtui.api import dialect
from simtui.secret import Secret

_MARGIN: Final = timedelta(seconds=60)
"""How long before its end a token is renewed."""
_USUAL_LIFE: Final = timedelta(seconds=3599)
"""The life of a token that does not tell its own."""
_LONGEST_LIFE: Final = timedelta(days=30)
_FUTURE: Final = timedelta(seconds=60)
"""By how much the server's clock may be ahead of ours to be believed."""
_SENDABLE: Final = re.compile(r"[\x21-\x7e]+")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Token:
    """What ``Authorization: Bearer`` takes, and when to have the next one."""

    value: Secret
    renew_at: datetime

    def fresh(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return now < self.renew_at


def read_token(body: bytes, now: datetime) -> Token | None:
    """The token in an answer of the token endpoint; None when there is none in it.

    It is to be renewed at ``issued_at + expires_in − 60 s``, or halfway when its whole
    life is shorter than two minutes. When ``issued_at`` cannot be true by our own clock
    (clocks differ), the token's age counts from ``now``.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    value = answer.get(dialect.ACCESS_TOKEN) if isinstance(answer, dict) else None
    if not isinstance(value, str) or not _SENDABLE.fullmatch(value):
        return None
    life = _read_life(answer.get(dialect.EXPIRES_IN))
    usable = life - min(_MARGIN, life / 2)
    issued_at = _read_issued_at(answer.get(dialect.ISSUED_AT)) or now
    if not now - usable < issued_at <= now + _FUTURE:
        issued_at = now
    return Token(Secret(value), issued_at + usable)


def _read_life(value: Any) -> timedelta:
    seconds = _number(value)
    if not seconds:
        return _USUAL_LIFE
    return min(timedelta(seconds=min(seconds, 10**9)), _LONGEST_LIFE)


def _read_issued_at(value: Any) -> datetime | None:
    milliseconds = _number(value)
    if milliseconds is None or milliseconds >= 10**14:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _number(value: Any) -> int | None:
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text) if _NUMBER.fullmatch(text) else None
