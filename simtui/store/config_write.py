"""A change of the configuration, as the one request that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from simtui.models import Job
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.recorded import kind_of_change, parameters_of_change
from simtui.models.saved import Saved
from simtui.store import subjects
from simtui.store.command import Command
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.people_queries import UsersQuery
from simtui.store.query import Query

if TYPE_CHECKING:
    from simtui.store.source import Writing

Answer: TypeAlias = Saved | Job


@dataclass(frozen=True, slots=True)
class ConfigWrite(Command[Answer]):
    """Does ``change``, which must still be as it was seen (contract §1.5)."""

    change: ConfigChange
    summary: str

    @property
    def subject(self) -> str:  # type: ignore[override]
        """What a person calls the object."""
        return self.change.title

    @property
    def kind(self) -> str:
        """``change-chain``, ``create-tunnel`` …"""
        return kind_of_change(self.change)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Before and after, without the key."""
        return parameters_of_change(self.change)

    @property
    def touches(self) -> frozenset[str]:
        """The list that shows it, and the counts in others."""
        ref = self.change.ref
        return _TOUCHES[ref.kind] | {subjects.network_subject(ref.parent_id)}

    def rereads(self) -> tuple[Query[Any], ...]:
        """The list that shows it."""
        return (_SHOWING[self.change.ref.kind](self.change.ref),)

    async def send(self, source: Writing, request_id: str) -> Answer:
        """Send it once."""
        return await source.configure(self.change, request_id=request_id)


_TOUCHES: Final[Mapping[str, frozenset[str]]] = {
    Kind.GROUP: frozenset({subjects.GROUPS, subjects.NETWORKS, subjects.IP_PROFILES}),
    Kind.NETWORK: frozenset({subjects.NETWORKS}),
    Kind.POOL: frozenset({subjects.NETWORKS}),
    Kind.ROUTES: frozenset(),
    Kind.PROFILE: frozenset({subjects.IP_PROFILES}),
    Kind.CHAIN: frozenset({subjects.IP_PROFILES}),
    Kind.NAT_RULE: frozenset(),
    Kind.TUNNEL: frozenset({subjects.JOBS}),
    Kind.USER: frozenset({subjects.USERS}),
}

_SHOWING: Final[Mapping[str, Callable[[Ref], Query[Any]]]] = {
    Kind.GROUP: lambda ref: GroupsQuery(),
    Kind.NETWORK: lambda ref: NetworksQuery(),
    Kind.POOL: lambda ref: NetworksQuery(),
    Kind.ROUTES: lambda ref: RoutesQuery(ref.parent_id),
    Kind.PROFILE: lambda ref: IpProfilesQuery(),
    Kind.CHAIN: lambda ref: IpProfilesQuery(),
    Kind.NAT_RULE: lambda ref: NatRulesQuery(ref.parent_id),
    Kind.TUNNEL: lambda ref: TunnelsQuery(ref.parent_id),
    Kind.USER: lambda ref: UsersQuery(),
}
