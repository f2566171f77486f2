"""What files say of the objects of an account, before it is compared with the account."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.models.settings import Settings
from simtui.views.files.mistakes import Place


@dataclass(frozen=True, slots=True)
class Stated:
    """One object. Its settings name other objects, and Things, as the file does.

    ``object_id`` is empty when the file gives none. ``inside`` are the objects in a network or
    an IP profile. ``psk_command`` prints the key of a tunnel that is to be made.
    """

    kind: str
    place: Place
    settings: Settings
    object_id: str = ""
    inside: tuple[Stated, ...] = ()
    psk_command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Documents:
    """All that the files of a directory say; None for a kind that it has no place for."""

    groups: tuple[Stated, ...] | None = None
    networks: tuple[Stated, ...] | None = None
    profiles: tuple[Stated, ...] | None = None
