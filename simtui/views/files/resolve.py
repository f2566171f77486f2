"""Names in files to the ids that they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simtui.models.config_change import Kind
from simtui.models.settings import (
    GroupSettings,
    NatSettings,
    RouteSettings,
    RouteTable,
    Settings,
)
from simtui.views.files.intended import Intended, Meant, list_items
from simtui.views.files.known import Known, known_of, thing_of, things_by_text
from simtui.views.files.mistakes import Mistakes
from simtui.views.plan.wording import named


def resolved(intended: Intended, mistakes: Mistakes) -> Intended:
    """With ids in place of names; what cannot be found is noted.

    A reference that says just what the account has is not looked at.
    """
    resolver = _Resolver(intended, mistakes)
    meant = tuple(replace(one, settings=resolver.settings(one)) for one in intended.meant)
    return replace(intended, meant=meant)


def unknown_things(intended: Intended) -> set[str]:
    """Texts that stand for Things that are not known yet: they have to be looked up."""
    known = things_by_text(intended.configuration.things)
    wanted: set[str] = set()
    for one in intended.meant:
        if isinstance(one.settings, NatSettings):
            wanted |= {one.settings.thing_id} - {_thing_before(one), ""}
    return {text for text in wanted if thing_of(text, known) is None}


def _thing_before(one: Meant) -> str:
    before = one.before.settings if one.before else None
    return before.thing_id if isinstance(before, NatSettings) else ""


class _Resolver:
    """Looks names up among what will be there."""

    def __init__(self, intended: Intended, mistakes: Mistakes) -> None:
        self._intended = intended
        self._mistakes = mistakes
        self._networks = known_of(Kind.NETWORK, "", intended)
        self._profiles = known_of(Kind.PROFILE, "", intended)
        self._things = things_by_text(intended.configuration.things)

    def settings(self, one: Meant) -> Settings:
        """What is meant, with ids."""
        settings = one.settings
        if isinstance(settings, GroupSettings):
            return self._group(one, settings)
        if isinstance(settings, RouteTable):
            return RouteTable(tuple(self._routes(one, settings)))
        if isinstance(settings, NatSettings):
            return replace(settings, thing_id=self._thing(one, settings.thing_id))
        return settings

    def _group(self, one: Meant, group: GroupSettings) -> GroupSettings:
        before = one.before.settings if one.before else None
        was = before if isinstance(before, GroupSettings) else GroupSettings("")
        network = self._found(one, "network", group.network_id, was.network_id, self._networks)
        profile = self._found(
            one, "ip_profile", group.ip_profile_id, was.ip_profile_id, self._profiles
        )
        return replace(group, network_id=network, ip_profile_id=profile)

    def _found(self, one: Meant, key: str, text: str, was: str, known: Known) -> str:
        if text == was and text not in known.names:
            return text
        if not text:
            self._mistakes.add(
                one.place, key, f'it is missing. Every group has one: {key} = "depots"'
            )
            return text
        return self._mistakes.checked(one.place, key, known.find, text, text)

    def _routes(self, one: Meant, table: RouteTable) -> Iterator[RouteSettings]:
        known = known_of(Kind.TUNNEL, one.ref.parent_id, self._intended)
        before = list_items(one.before.settings if one.before else None)
        for number, route in enumerate(table.items, 1):
            text = route.target.tunnel_id
            is_kept = route in before and text not in known.names
            if text and not is_kept:
                place = one.place.item(number)
                tunnel = self._mistakes.checked(place, "tunnel", known.find, text, text)
                route = replace(route, target=replace(route.target, tunnel_id=tunnel))
            yield route

    def _thing(self, one: Meant, text: str) -> str:
        thing = thing_of(text, self._things)
        if thing is not None:
            return thing.thing_id
        if text != _thing_before(one):
            self._mistakes.add(
                one.place,
                "thing",
                f"the account has no Thing {named(text)}. A Thing is named by its ICCID. "
                "Search by a part of it with: simtui things --filter iccid:…",
            )
        return text
