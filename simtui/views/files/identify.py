"""Which object of the account each entry of the files means, and which are new.

An entry with an id is the object with that id. One without is the object that is called
the same, if no other entry claims it, so that a file by hand can be applied twice; otherwise
it is new.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from simtui.models.config_change import WHOLE, YET_TO_BE_MADE, Kind, Ref
from simtui.models.settings import Chain, NatSettings, PoolSettings, RouteTable, Settings
from simtui.views.config.names import KIND_NAMES, name_of
from simtui.views.fields.cidr import network_or_none
from simtui.views.files.configuration import Configuration, Held, objects_of
from simtui.views.files.intended import Intended, Meant, Only
from simtui.views.files.mistakes import Mistakes
from simtui.views.files.stated import Documents, Stated
from simtui.views.plan.wording import named


def identified(
    documents: Documents, configuration: Configuration, mistakes: Mistakes, *, prune: bool
) -> Intended:
    """Every entry with its object; what only the account has goes if ``prune`` says so."""
    objects = objects_of(configuration)
    identifier = _Identifier(objects, mistakes)
    found: list[Meant] = []
    for stated in (documents.groups, documents.networks, documents.profiles):
        found += identifier.meant(stated or (), "")
    spoken_of = {one.ref for one in found}
    default = {one.things_group_id for one in configuration.groups if one.is_default}
    managed = _managed(documents)
    others = []
    for ref, held in objects.items():
        if ref in spoken_of:
            continue
        goes = prune and _top(ref) in managed and ref.object_id not in default
        listed = _top(ref) in managed and ref.kind not in WHOLE and not goes
        inside_other = bool(ref.parent_id) and _parent(ref) not in spoken_of
        others.append(Only(ref, held, goes, listed and not inside_other))
    return Intended(tuple(found), tuple(others), configuration)


def _managed(documents: Documents) -> frozenset[str]:
    """The kinds that the directory has a place for; the others are not looked at."""
    kinds = {
        Kind.GROUP: documents.groups,
        Kind.NETWORK: documents.networks,
        Kind.PROFILE: documents.profiles,
    }
    return frozenset(kind for kind, stated in kinds.items() if stated is not None)


def _parent(ref: Ref) -> Ref:
    kind = Kind.PROFILE if ref.kind == Kind.CHAIN else Kind.NETWORK
    return Ref(kind, ref.parent_id)


def _top(ref: Ref) -> str:
    return _parent(ref).kind if ref.parent_id else ref.kind


class _Identifier:
    """Finds the object of each entry among those of the account."""

    def __init__(self, objects: Mapping[Ref, Held], mistakes: Mistakes) -> None:
        self._objects = objects
        self._mistakes = mistakes
        self._alike: dict[Hashable, list[Ref]] = {}
        for ref, held in objects.items():
            self._alike.setdefault(_likeness(ref, held.settings), []).append(ref)

    def meant(self, stated: Iterable[Stated], parent_id: str) -> Iterator[Meant]:
        """The entries in one place, and what is inside them."""
        entries = tuple(stated)
        refs = self._by_ids(entries, parent_id)
        taken = set(refs.values())
        for number, one in enumerate(entries):
            ref = refs.get(number) or self._without_id(one, parent_id, taken)
            taken.add(ref)
            yield Meant(ref, one.place, one.settings, self._held(ref), one.psk_command)
            if ref in self._objects or not one.object_id:  # else it is refused already
                yield from self.meant(one.inside, ref.object_id)

    def _by_ids(self, entries: tuple[Stated, ...], parent_id: str) -> dict[int, Ref]:
        """The refs of the entries that have an id, by their numbers; a wrong id is noted."""
        refs: dict[int, Ref] = {}
        taken: set[Ref] = set()
        for number, one in enumerate(entries):
            ref = Ref(one.kind, one.object_id, parent_id)
            if not one.object_id and one.kind not in WHOLE:
                continue
            if ref in taken:
                what = f"{named(one.object_id)} is there twice. Keep one"
                self._mistakes.add(one.place, "id", what)
            elif one.kind not in WHOLE and ref not in self._objects:
                self._mistakes.add(one.place, "id", _no_such_object(one))
            else:
                refs[number] = ref
                taken.add(ref)
        return refs

    def _without_id(self, one: Stated, parent_id: str, taken: set[Ref]) -> Ref:
        """The one object that is called the same and that no other entry has, or a new one."""
        own = Ref(one.kind, "", parent_id)
        alike = [
            ref for ref in self._alike.get(_likeness(own, one.settings), ()) if ref not in taken
        ]
        if len(alike) == 1 and not one.object_id:
            return alike[0]
        return replace(own, object_id=_placeholder(one, parent_id, taken))

    def _held(self, ref: Ref) -> Held | None:
        """What the account has; chains and route tables come with what they are in."""
        held = self._objects.get(ref)
        if held is None and ref.kind in WHOLE:
            return Held(Chain() if ref.kind == Kind.CHAIN else RouteTable())
        return held


def _no_such_object(one: Stated) -> str:
    inside = "" if one.kind in (Kind.GROUP, Kind.NETWORK, Kind.PROFILE) else "this network of "
    return (
        f"{inside}the account has no {KIND_NAMES[one.kind]} {named(one.object_id)}. "
        "Remove the id to create it anew"
    )


def _likeness(ref: Ref, settings: Settings) -> Hashable:
    """What an object is told from its like by, when it has no id."""
    if isinstance(settings, PoolSettings):
        return ref.kind, ref.parent_id, network_or_none(settings.cidr) or settings.cidr
    if isinstance(settings, NatSettings):
        ports = settings.protocol.upper(), settings.public_ports.strip()
        return ref.kind, ref.parent_id, ports
    return ref.kind, ref.parent_id, unicodedata.normalize("NFC", name_of(settings)).strip()


def _placeholder(one: Stated, parent_id: str, taken: set[Ref]) -> str:
    """An id for what is yet to be made, which no other object has."""
    inside = f"{parent_id.removeprefix(YET_TO_BE_MADE)}/" if parent_id else ""
    base = f"{YET_TO_BE_MADE}{one.kind}/{inside}{name_of(one.settings)}"
    placeholder, number = base, 1
    while Ref(one.kind, placeholder, parent_id) in taken:
        number += 1
        placeholder = f"{base}/{number}"
    return placeholder
