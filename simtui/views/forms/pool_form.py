"""An IP pool as a form: refused before the server does (contract §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network

from simtui.errors import UsageError
from simtui.models import IpPool, Lease, Network, Route, Tunnel
from simtui.models.settings import PoolSettings
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.fields.cidr import parse_pool_cidr, usable_addresses
from simtui.views.forms.entry import text_entry
from simtui.views.forms.field import Answers, Form
from simtui.views.forms.overlaps import (
    pools_taken,
    refuse_overlap,
    routes_taken,
    tunnels_taken,
)
from simtui.views.plan.wording import listed, named, plural


def pool_form(
    settings: PoolSettings | None,
    network: Network,
    routes: Sequence[Route],
    tunnels: Sequence[Tunnel],
    own: IpPool | None,
    leases: Sequence[Lease] | None,
) -> Form[PoolSettings]:
    """The pool ``own`` of a network, or a new one; ``leases`` is None while not known."""

    def parse(text: str) -> str:
        cidr = parse_pool_cidr(text)
        if own is None:
            _refuse_above_limit(network)
        own_id = own.ip_pool_id if own else ""
        taken = (
            *pools_taken(network.ip_pools, own_id),
            *routes_taken(routes),
            *tunnels_taken(tunnels),
        )
        refuse_overlap(cidr, taken, "Choose addresses that nothing has yet")
        if own is not None:
            _refuse_leaving_out(cidr, own, leases)
        return str(cidr)

    cidr = text_entry(
        "cidr", "Addresses", parse, settings.cidr if settings else None, example="10.0.0.0/24"
    )

    def read(answers: Answers) -> PoolSettings:
        return PoolSettings(cidr.read(answers))

    def remarks(answers: Answers) -> Sequence[Cell]:
        return _remarks(answers.get("cidr", ""), own)

    what = f"Pool {named(own.cidr)}" if own else "New pool"
    return Form(f"{what} of network {named(network.name)}", (cidr.field,), read, remarks)


def _refuse_above_limit(network: Network) -> None:
    limit = network.limits.ip_pools if network.limits else None
    if limit is not None and len(network.ip_pools) >= limit:
        raise UsageError(
            f"The account may have {limit} {plural(limit, 'pool', 'pools')} in network "
            f"{named(network.name)}",
            f"It has {len(network.ip_pools)}",
            "Ask KPN for an extension, or make one of them larger",
        )


def _refuse_leaving_out(cidr: IPv4Network, own: IpPool, leases: Sequence[Lease] | None) -> None:
    """Refuse limits that do not hold every address in use: by name, else by number."""
    outside = [lease.address for lease in leases or () if not _holds(cidr, lease.address)]
    if outside:
        raise UsageError(
            f"{cidr} leaves out {listed(outside)}",
            f"{len(outside)} {plural(len(outside), 'address', 'addresses')} in use would not be "
            "usable any more (the network, gateway and broadcast address never are)",
            f"Choose a network that holds what is in use of {named(own.cidr)}",
        )
    usable = usable_addresses(cidr)
    if leases is None and own.leased is not None and own.leased > usable:
        raise UsageError(
            f"{cidr} is too small",
            f"It has {count_text(usable)} usable addresses; {count_text(own.leased)} are in use",
            "Choose a shorter prefix",
        )


def _holds(cidr: IPv4Network, address: str) -> bool:
    """Whether a Thing could have this address; what cannot be read is the server's to judge."""
    try:
        number = int(IPv4Address(address))
    except ValueError:
        return True
    return int(cidr.network_address) + 1 < number < int(cidr.broadcast_address)


def _remarks(text: str, own: IpPool | None) -> Sequence[Cell]:
    try:
        cidr = parse_pool_cidr(text)
    except UsageError:
        return ()
    told = [
        Cell(f"{count_text(usable_addresses(cidr))} addresses for Things"),
        Cell(f"the gateway is {cidr[1]}"),
    ]
    if own is not None and own.leased is not None:
        told.append(Cell(f"{count_text(own.leased)} of {named(own.cidr)} in use now"))
    return told
