"""Where the API is and as whom to use it."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.secret import Secret


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One account on one API. A ``read_only`` one is never sent a write."""

    base_url: str
    token_url: str
    client_id: str
    client_secret: Secret
    read_only: bool = False
