"""A change of something that an earlier step of the same order changes or makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simtui.errors import Conflict
from simtui.store.config_now import read_now
from simtui.store.config_write import Answer, ConfigWrite
from simtui.store.desk import Desk

if TYPE_CHECKING:
    from simtui.store.source import Writing


@dataclass(frozen=True, slots=True)
class FollowingWrite(ConfigWrite):
    """Its version is read when it is its turn, and it is only sent when the object still is
    what it was planned on."""

    desk: Desk

    async def send(self, source: Writing, request_id: str) -> Answer:
        """Send it once.

        Raises:
            Conflict: somebody changed it meanwhile; nothing was sent.
            SimtuiError: it could not be read, or what the API answered.
        """
        now = await read_now(self.desk, self.change.ref)
        if now is None or now.settings != self.change.before:
            raise Conflict(
                "Somebody changed it meanwhile",
                f"{self.change.title} is not as the plan was made on",
                "This change was not sent",
                name="ETAG_MISMATCH",
            )
        change = replace(self.change, version=now.version)
        return await source.configure(change, request_id=request_id)
