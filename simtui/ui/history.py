"""Places and the way between them: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Pane: TypeAlias = Literal["pools", "routes", "nat", "tunnels"]
"""The parts of a network, in the order of ``tab``."""
SmsView: TypeAlias = Literal["open", "conversations", "latest"]
"""What the list of messages shows, in the order of ``v``."""


@dataclass(frozen=True, slots=True)
class ThingsPlace:
    """The Thing list, filtered."""

    filter_text: str = ""


@dataclass(frozen=True, slots=True)
class ThingPlace:
    """One Thing in detail."""

    thing_id: str


@dataclass(frozen=True, slots=True)
class RawPlace:
    """The API's own JSON of one Thing."""

    thing_id: str


@dataclass(frozen=True, slots=True)
class JobsPlace:
    """The jobs of the account."""


@dataclass(frozen=True, slots=True)
class JobPlace:
    """One job and its result."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Every write from here, those that have all words of the filter."""

    filter_text: str = ""


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """One write of the journal."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class ImeiPlace:
    """The SIM cards that changed their device."""


@dataclass(frozen=True, slots=True)
class SmsPlace:
    """The messages of the account."""

    view: SmsView = "open"


@dataclass(frozen=True, slots=True)
class ConversationPlace:
    """The messages to and from a Thing."""

    thing_id: str


@dataclass(frozen=True, slots=True)
class SmsBatchPlace:
    """The messages that were sent together, by their reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class RunbooksPlace:
    """The runs of runbooks."""


@dataclass(frozen=True, slots=True)
class RunbookPlace:
    """One run, of one of the runbooks (`simtui.models.runbook.RunKind`)."""

    run_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class GroupsPlace:
    """The Things Groups."""


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """One Things Group."""

    things_group_id: str


@dataclass(frozen=True, slots=True)
class NetworksPlace:
    """The networks."""


@dataclass(frozen=True, slots=True)
class NetworkPlace:
    """One part of a network."""

    network_id: str
    pane: Pane = "pools"


@dataclass(frozen=True, slots=True)
class LeasesPlace:
    """The addresses of one pool that Things have."""

    network_id: str
    ip_pool_id: str


@dataclass(frozen=True, slots=True)
class TunnelPlace:
    """One IPsec tunnel."""

    network_id: str
    tunnel_id: str


@dataclass(frozen=True, slots=True)
class ProfilesPlace:
    """The IP profiles."""


@dataclass(frozen=True, slots=True)
class FirewallPlace:
    """The chains of one IP profile."""

    ip_profile_id: str
    chain: str = "INBOUND"


Place: TypeAlias = (
    ThingsPlace
    | ThingPlace
    | RawPlace
    | JobsPlace
    | JobPlace
    | JournalPlace
    | EntryPlace
    | ImeiPlace
    | SmsPlace
    | ConversationPlace
    | SmsBatchPlace
    | RunbooksPlace
    | RunbookPlace
    | GroupsPlace
    | GroupPlace
    | NetworksPlace
    | NetworkPlace
    | LeasesPlace
    | TunnelPlace
    | ProfilesPlace
    | FirewallPlace
)

_LONGEST = 100


@dataclass(slots=True)
class History:
    """Where we are, where we were and where back came from."""

    here: Place
    behind: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def go(self, place: Place) -> None:
        """Go to a place; what was ahead is forgotten. Going where we are is no step."""
        if place == self.here:
            return
        self.behind.append(self.here)
        del self.behind[:-_LONGEST]
        self.ahead.clear()
        self.here = place

    def replace(self, place: Place) -> None:
        """Be at another place without making a step of it."""
        self.here = place

    def back(self) -> bool:
        """One step back; False at the root."""
        if not self.behind:
            return False
        self.ahead.append(self.here)
        self.here = self.behind.pop()
        return True

    def forward(self) -> bool:
        """One step forward; False at the front."""
        if not self.ahead:
            return False
        self.behind.append(self.here)
        self.here = self.ahead.pop()
        return True
