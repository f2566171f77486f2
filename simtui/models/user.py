"""A user of the account (contract §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


class UserStatus:
    """Whether a user may come in; only the server makes somebody INVITED."""

    INVITED: Final = "INVITED"
    ACTIVE: Final = "ACTIVE"
    DISABLED: Final = "DISABLED"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may use the account, as far as the permission level goes."""

    user_id: str
    email: str = ""
    name: str = ""
    permission_level: str = ""
    status: str = ""
    created_at: datetime | None = None
    last_login_at: datetime | None = None
    version: int = 0
