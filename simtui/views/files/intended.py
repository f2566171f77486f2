"""What shall be, object by object: what files say, beside what the account has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from simtui.models.config_change import Ref
from simtui.models.settings import Chain, RouteTable, Settings
from simtui.views.config.items import Item, items_of
from simtui.views.config.names import name_of
from simtui.views.files.configuration import Configuration, Held
from simtui.views.files.mistakes import Place


@dataclass(frozen=True, slots=True)
class Meant:
    """An object that the files speak of; ``before`` is None when it is yet to be made."""

    ref: Ref
    place: Place
    settings: Settings
    before: Held | None = None
    psk_command: tuple[str, ...] = ()

    @property
    def is_touched(self) -> bool:
        """Whether the files do not say just what the account has."""
        return self.before is None or self.before.settings != self.settings


@dataclass(frozen=True, slots=True)
class Only:
    """An object that only the account has.

    ``goes``: it is to be deleted. ``listed``: a person should hear that it stays.
    """

    ref: Ref
    held: Held
    goes: bool = False
    listed: bool = True


@dataclass(frozen=True)
class Intended:
    """Everything that is meant to be, and what the account has beside it."""

    meant: tuple[Meant, ...]
    others: tuple[Only, ...]
    configuration: Configuration

    def settings(self, kind: str, parent_id: str = "") -> Iterator[tuple[Ref, Settings]]:
        """The objects of a kind in one place that are there in the end."""
        yield from self._by_place.get((kind, parent_id, False), ())

    def going(self, kind: str, parent_id: str = "") -> Iterator[tuple[Ref, Settings]]:
        """The objects of a kind in one place that are to be deleted."""
        yield from self._by_place.get((kind, parent_id, True), ())

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str, bool], list[tuple[Ref, Settings]]]:
        """By kind, by what they are in, and by whether they go."""
        places: dict[tuple[str, str, bool], list[tuple[Ref, Settings]]] = {}
        every = [(one.ref, one.settings, False) for one in self.meant]
        every += [(other.ref, other.held.settings, other.goes) for other in self.others]
        for ref, settings, goes in every:
            places.setdefault((ref.kind, ref.parent_id, goes), []).append((ref, settings))
        return places

    def name(self, kind: str, object_id: str) -> str:
        """What a group, network or IP profile is called in the end; its id if that is empty."""
        for ref, settings in (*self.settings(kind), *self.going(kind)):
            if ref.object_id == object_id:
                return name_of(settings) or object_id
        return object_id


def list_items(settings: Settings | None) -> tuple[Item, ...]:
    """The rules of a chain or the routes of a table; none of anything else."""
    return items_of(settings) if isinstance(settings, (Chain, RouteTable)) else ()
