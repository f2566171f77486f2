"""The address: its lease, and whether its network has any left (contract §3.4)."""

from __future__ import annotations

from simtui.models import IpLease, Network, Thing
from simtui.models.action import ResetConnection
from simtui.models.config_change import Kind, Ref
from simtui.views.ages import moment_text
from simtui.views.amounts import count_text
from simtui.views.network.fill import Fill, fill_of
from simtui.views.plan.wording import named
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown
from simtui.views.why.sessions import POOL_EXHAUSTED


def judge_address(evidence: Evidence) -> Rung:
    """A data session needs an address: its own, or one that is free."""
    thing, network = evidence.thing.value, evidence.network.value
    if thing is None:
        return unknown(RungName.ADDRESS, evidence.thing.missing, waiting=evidence.thing.waiting)
    presence, facts = presence_of(evidence), _facts(evidence, thing, network)
    address = thing.ip.address if thing.ip is not None else None
    free = _free(network) if network is not None else None
    refused = presence is not None and presence.reason == POOL_EXHAUSTED and not presence.online
    as_of = evidence.network.read_at
    if refused and free:
        return _free_again(evidence, facts, free)
    if refused or (not address and free == 0):
        return _exhausted(network, facts, evidence)
    if address and presence is not None and presence.online:
        found = f"{named(address)}, in use"
        return Rung(RungName.ADDRESS, "PASS", found, facts, evidence.thing.read_at)
    if address and thing.ip is not None:
        found = _kept(thing.ip, address)
        return Rung(RungName.ADDRESS, "PASS", found, facts, evidence.thing.read_at)
    if free is None:
        missing = evidence.network.missing or "how full its pools are is not told"
        found = f"It has no address now; {missing}"
        return unknown(RungName.ADDRESS, found, *facts, waiting=evidence.network.waiting)
    found = f"It has no address now; {count_text(free)} are free for its next session"
    return Rung(RungName.ADDRESS, "PASS", found, facts, as_of)


def _kept(ip: IpLease, address: str) -> str:
    return f"{named(address)}, {'locked to it' if ip.locked else 'leased to it'}"


def _exhausted(network: Network | None, facts: tuple[str, ...], evidence: Evidence) -> Rung:
    where = f"network {named(network.name)}" if network is not None else "its network"
    as_of = evidence.network.read_at or evidence.session.read_at
    remedy = Remedy("Enlarge a pool, add one, or free addresses")
    if network is not None:
        remedy = Remedy(remedy.words, ref=Ref(Kind.POOL, "", network.network_id))
    return Rung(
        RungName.ADDRESS,
        "FAIL",
        f"It got no address: the IP pools of {where} are exhausted",
        facts,
        as_of,
        f"the IP pools of {where} are exhausted, so it gets no address",
        remedy=remedy,
    )


def _free_again(evidence: Evidence, facts: tuple[str, ...], free: int) -> Rung:
    return Rung(
        RungName.ADDRESS,
        "FAIL",
        f"It got no address at its last try; by now {count_text(free)} are free",
        facts,
        evidence.network.read_at,
        "the IP pools had no address left at its last try; by now there are some",
        remedy=Remedy("Cut its session, so that it attaches anew", ResetConnection()),
    )


def _free(network: Network) -> int | None:
    """Free addresses of all pools; None where a pool does not tell."""
    fills = [fill_of(pool) for pool in network.ip_pools]
    known = [fill for fill in fills if fill is not None]
    if any(fill.free for fill in known):
        return sum(fill.free for fill in known)
    return 0 if fills and len(known) == len(fills) else None


def _facts(evidence: Evidence, thing: Thing, network: Network | None) -> tuple[str, ...]:
    ip, now = thing.ip, evidence.now
    facts = []
    if ip is not None and ip.address:
        until = "locked" if ip.locked else f"leased until {moment_text(ip.lease_expires_at, now)}"
        facts.append(f"Address {named(ip.address)}, {until}")
    else:
        facts.append("No address is leased to it")
    for pool in network.ip_pools if network is not None else ():
        facts.append(f"Pool {named(pool.cidr)}: {_fill_text(fill_of(pool))}")
    return tuple(facts)


def _fill_text(fill: Fill | None) -> str:
    if fill is None:
        return "how full it is is not told"
    return f"{count_text(fill.used)} of {count_text(fill.usable)} in use, {fill.percent} %"
