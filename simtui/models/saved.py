"""What the server answers to a change of the configuration that it made at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saved:
    """The object that was made or changed; empty after a deletion."""

    object_id: str = ""
    version: int = 0
