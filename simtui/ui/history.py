"""Places and the way between them: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from simtui.models.billing import Scope

if TYPE_CHECKING:
    from simtui.views.billing.words import View

Pane: TypeAlias = Literal["pools", "routes", "nat", "tunnels"]
"""The parts of a network, in the order of ``tab``."""
SmsView: TypeAlias = Literal["open", "conversations", "latest"]
"""What the list of messages shows, in the order of ``v``."""


class ThingsPlace(Struct, frozen=True):
    """The Thing list, filtered."""

    filter_text: str = ""


class PulsePlace(Struct, frozen=True):
    """What is wrong now."""


class ThingPlace(Struct, frozen=True):
    """One Thing in detail."""

    thing_id: str


class WhyPlace(Struct, frozen=True):
    """Why one Thing is offline."""

    thing_id: str


class RawPlace(Struct, frozen=True):
    """The API's own JSON of one Thing."""

    thing_id: str


class JobsPlace(Struct, frozen=True):
    """The jobs of the account."""


class JobPlace(Struct, frozen=True):
    """One job and its result."""

    job_id: str


class JournalPlace(Struct, frozen=True):
    """Every write from here, those that have all words of the filter."""

    filter_text: str = ""


class EntryPlace(Struct, frozen=True):
    """One write of the journal."""

    entry_id: str


class ImeiPlace(Struct, frozen=True):
    """The SIM cards that changed their device."""


class SmsPlace(Struct, frozen=True):
    """The messages of the account."""

    view: SmsView = "open"


class ConversationPlace(Struct, frozen=True):
    """The messages to and from a Thing."""

    thing_id: str


class SmsBatchPlace(Struct, frozen=True):
    """The messages that were sent together, by their reference."""

    reference: str


class ChangesPlace(Struct, frozen=True):
    """What was seen to change, of one Thing or of all there is, since some time, as far as it
    has all words of the filter. Without a time it is the one that suits."""

    thing_id: str = ""
    since: str = ""
    filter_text: str = ""


class BlastPlace(Struct, frozen=True):
    """What silent Things share: the marked ones, or those that a filter leaves."""

    filter_text: str = ""
    thing_ids: tuple[str, ...] = ()


class RunbooksPlace(Struct, frozen=True):
    """The runs of runbooks."""


class RunbookPlace(Struct, frozen=True):
    """One run, of one of the runbooks (`simtui.models.runbook.RunKind`)."""

    run_id: str
    kind: str


class GroupsPlace(Struct, frozen=True):
    """The Things Groups."""


class GroupPlace(Struct, frozen=True):
    """One Things Group."""

    things_group_id: str


class NetworksPlace(Struct, frozen=True):
    """The networks."""


class NetworkPlace(Struct, frozen=True):
    """One part of a network."""

    network_id: str
    pane: Pane = "pools"


class LeasesPlace(Struct, frozen=True):
    """The addresses of one pool that Things have."""

    network_id: str
    ip_pool_id: str


class TunnelPlace(Struct, frozen=True):
    """One IPsec tunnel."""

    network_id: str
    tunnel_id: str


class ProfilesPlace(Struct, frozen=True):
    """The IP profiles."""


class FirewallPlace(Struct, frozen=True):
    """The chains of one IP profile."""

    ip_profile_id: str
    chain: str = "INBOUND"


class BillingPlace(Struct, frozen=True):
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


class UsersPlace(Struct, frozen=True):
    """The users of the account."""


class AccountPlace(Struct, frozen=True):
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
