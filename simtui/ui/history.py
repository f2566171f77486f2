"""Places and the way between them: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from simtui.models.billing import Scope

if TYPE_CHECKING:
    from simtui.views.billing.words import View

Pane: TypeAlias = Literal["pools", "routes", "nat", "tunnels"]
"""The parts of a network, in the order of ``tab``."""
SmsView: TypeAlias = Literal["open", "conversations", "latest"]
"""What the list of messages shows, in the order of ``v``."""


@dataclass(frozen=True, slots=True)
class ThingsPlace:
    """The Thing list, filtered."""

    filter_text: str = ""


@dataclass(frozen=True, slots=True)
class PulsePlace:
    """What is wrong now."""


@dataclass(frozen=True, slots=True)
class ThingPlace:
    """One Thing in detail."""

    thing_id: str


@dataclass(frozen=True, slots=True)
class WhyPlace:
    """Why one Thing is offline."""

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
class ChangesPlace:
    """What was seen to change, of one Thing or of all there is, since some time, as far as it
    has all words of the filter. Without a time it is the one that suits."""

    thing_id: str = ""
    since: str = ""
    filter_text: str = ""


@dataclass(frozen=True, slots=True)
class BlastPlace:
    """What silent Things share: the marked ones, or those that a filter leaves."""

    filter_text: str = ""
    thing_ids: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class BillingPlace:
    """A bill: of what, in which cycle (empty: the open one), as which rows in which order.

    ``other`` is the cycle that it is compared with, ``unused`` leaves only what is charged
    without being used; an empty ``sort`` is the view's own.
    """

    scope: str = Scope.ACCOUNT
    scope_id: str = ""
    cycle_id: str = ""
    view: View = "lines"
    other: str = ""
    sort: str = ""
    descending: bool = False
    unused: bool = False


@dataclass(frozen=True, slots=True)
class UsersPlace:
    """The users of the account."""


@dataclass(frozen=True, slots=True)
class AccountPlace:
    """The account, its limits, and the API itself."""


Place: TypeAlias = (
    ThingsPlace
    | PulsePlace
    | ThingPlace
    | WhyPlace
    | RawPlace
    | JobsPlace
    | JobPlace
    | JournalPlace
    | EntryPlace
    | ImeiPlace
    | SmsPlace
    | ConversationPlace
    | SmsBatchPlace
    | ChangesPlace
    | BlastPlace
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
    | BillingPlace
    | UsersPlace
    | AccountPlace
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
