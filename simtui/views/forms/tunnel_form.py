"""An IPsec tunnel as a form: refused before the server does (contract §3.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simtui.errors import UsageError
from simtui.models import Network, Tunnel
from simtui.models.settings import TunnelSettings
from simtui.secret import Secret
from simtui.views.cell import Cell
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Answers, Field, Form
from simtui.views.forms.on_off import enabled_entry
from simtui.views.forms.tunnel_entry import Place, headed, value_entry, with_example
from simtui.views.forms.tunnel_ike import IkeEntries, ike_entries
from simtui.views.forms.tunnel_keep_alive import KeepAliveEntries, keep_alive_entries
from simtui.views.forms.tunnel_peers import PeerEntries, peer_entries
from simtui.views.forms.tunnel_remarks import tunnel_remarks
from simtui.views.forms.tunnel_selectors import SelectorEntries, selector_entries
from simtui.views.plan.wording import named, plural


@dataclass(frozen=True, slots=True)
class TunnelAnswer:
    """What the form makes: the settings, and a new key; None leaves the key as it is."""

    settings: TunnelSettings
    psk: Secret | None = field(default=None, repr=False)


def tunnel_form(
    settings: TunnelSettings | None,
    network: Network,
    tunnels: Sequence[Tunnel],
    own_id: str = "",
) -> Form[TunnelAnswer]:
    """The tunnel ``own_id`` of a network as it is, or a new one.

    ``settings`` stand in the fields; a new tunnel may have some, as a copy of another.
    ``tunnels`` are all of the network.
    """
    place = _place(settings, network, tunnels, own_id)
    entries = _Entries(
        _name_entry(place),
        value_entry(
            place,
            "description",
            "Description",
            place.start.description,
            place.start.description,
            parse_description,
        ),
        enabled_entry(place.start.enabled, "tunnel"),
        peer_entries(place),
        selector_entries(place),
        ike_entries(place),
        keep_alive_entries(place),
    )

    def remarks(answers: Answers) -> Sequence[Cell]:
        return tunnel_remarks(entries.ike, entries.keep_alive, answers)

    what = f"Tunnel {named(place.start.name)}" if own_id else "New tunnel"
    title = f"{what} of network {named(network.name)}"
    return Form(title, entries.fields, entries.read, remarks)


@dataclass(frozen=True, slots=True)
class _Entries:
    """All fields of the form."""

    name: Entry[str]
    description: Entry[str]
    enabled: Entry[bool]
    peers: PeerEntries
    selectors: SelectorEntries
    ike: IkeEntries
    keep_alive: KeepAliveEntries

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of the form, under their headings."""
        return (
            *headed("Tunnel", self.name.field, self.description.field, self.enabled.field),
            *headed("Peers", *self.peers.fields, *self.selectors.fields),
            *headed("Phase 1 (IKE)", *self.ike.phase1_fields),
            *headed("Phase 2 (ESP)", *self.ike.phase2.fields),
            *headed("Keep-alive", *self.keep_alive.fields),
        )

    def read(self, answers: Answers) -> TunnelAnswer:
        """The tunnel; the first field of the form that cannot be is refused."""
        name, description = self.name.read(answers), self.description.read(answers)
        enabled, gateway = self.enabled.read(answers), self.peers.gateway.read(answers)
        local_id = self.peers.read_local_id(answers)
        remote_id = self.peers.read_remote_id(answers)
        psk = self.peers.psk.read(answers)
        local, remote = self.selectors.local.read(answers), self.selectors.remote.read(answers)
        version, mode = self.ike.read_mode(answers)
        phase1, phase2 = self.ike.read_phases(answers)
        settings = TunnelSettings(
            name,
            gateway,
            description,
            enabled,
            version,
            mode,
            local_id,
            remote_id,
            phase1,
            phase2,
            self.keep_alive.read_dpd(answers),
            self.keep_alive.startup.read(answers),
            local,
            remote,
        )
        return TunnelAnswer(settings, psk)


def _place(
    settings: TunnelSettings | None, network: Network, tunnels: Sequence[Tunnel], own_id: str
) -> Place:
    pools = tuple(pool.cidr for pool in network.ip_pools)
    start = settings or TunnelSettings("", "", local_cidrs=pools)
    own = next((one for one in tunnels if own_id and one.tunnel_id == own_id), None)
    others = tuple(one for one in tunnels if one is not own)
    return Place(network, start, start if own_id else None, own, others)


def _name_entry(place: Place) -> Entry[str]:
    def parse(text: str) -> str:
        if place.before is None:
            _refuse_above_limit(place)
        return parse_name(text)

    entry = value_entry(place, "name", "Name", place.start.name, place.start.name, parse)
    return with_example(entry, "hq-amsterdam")


def _refuse_above_limit(place: Place) -> None:
    network, count = place.network, len(place.others)
    limit = network.limits.tunnels if network.limits else None
    if limit is not None and count >= limit:
        raise UsageError(
            f"Network {named(network.name)} may have {limit} {plural(limit, 'tunnel', 'tunnels')}",
            f"It has {count}",
            "Delete one that is not needed, or ask KPN for an extension",
        )
