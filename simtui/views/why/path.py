"""NAT, firewall, route and tunnel: whether packets to what the group normally talks to get
through, as modelled by contract §5."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simtui.models import IpProfile, Tunnel
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import chain_of
from simtui.views.ages import age
from simtui.views.amounts import count_text
from simtui.views.firewall.reading import span_of
from simtui.views.forms.rule_text import rule_sentence
from simtui.views.packet.passage import holding
from simtui.views.packet.step import Stage
from simtui.views.packet.tunnel_words import state_text, tunnel_name
from simtui.views.plan.wording import named
from simtui.views.why.evidence import Evidence, Fact
from simtui.views.why.presence import last_contact, presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown
from simtui.views.why.targets import targets_of
from simtui.views.why.walked import Walked, own_address, scene_of, walked


def judge_path(evidence: Evidence) -> Rung:
    """FAIL where what it is known to talk to is dropped on the way."""
    thing, network = evidence.thing.value, evidence.network.value
    missing = _missing(evidence)
    if thing is None or network is None:
        facts = missing or evidence.thing
        return unknown(RungName.PATH, f"Not known: {facts.missing}", waiting=facts.waiting)
    own, assumed = own_address(thing, network)
    if own is None:
        return unknown(RungName.PATH, "It has no address to ask about, and its network no pool")
    scene = scene_of(evidence, network)
    every = (walked(target, scene) for target in targets_of(evidence, own))
    asked = tuple(one for one in every if one.target.firm or not one.forbidden)
    facts_told = (*_told(asked), *assumed, "All of it as modelled: the order is an assumption")
    stopped = next((one for one in asked if one.stopped and one.target.firm), None)
    if stopped is not None:
        return _fails(evidence, stopped, facts_told)
    if missing is not None:
        found = f"Not all is known: {missing.missing}" if not missing.waiting else "Asking …"
        return unknown(RungName.PATH, found, *facts_told, waiting=missing.waiting)
    return _not_stopped(evidence, asked, facts_told)


def _missing(evidence: Evidence) -> Fact[Any] | None:
    """The first part of the way of which nothing is known."""
    parts = (
        evidence.network,
        evidence.profile,
        evidence.routes,
        evidence.tunnels,
        evidence.nat_rules,
    )
    return next((part for part in parts if part.value is None), None)


def _told(walked: tuple[Walked, ...]) -> tuple[str, ...]:
    return tuple(f"{one.target.what} ({one.target.why}): {_outcome(one)}" for one in walked)


def _outcome(one: Walked) -> str:
    if one.stopped:
        return f"stopped at {one.last.stage}: {one.last.text}"
    return "gets through" if one.walk.verdict != "NOT_KNOWN" else "not known"


def _fails(evidence: Evidence, one: Walked, facts: tuple[str, ...]) -> Rung:
    """A tunnel that was down before the last contact did not make the Thing silent."""
    tunnel = _tunnel_of(evidence, one)
    what, as_of = _what(evidence, one, tunnel)
    found = f"{one.target.what} is stopped: {what}"
    if tunnel is not None and _is_older(evidence, tunnel):
        later = f"{found}, but it was seen after that"
        return Rung(RungName.PATH, "FAIL", later, facts, as_of, remedy=_remedy(evidence, one))
    cause = f"{what}, which stops {one.target.what}"
    return Rung(RungName.PATH, "FAIL", found, facts, as_of, cause, remedy=_remedy(evidence, one))


def _is_older(evidence: Evidence, tunnel: Tunnel) -> bool:
    presence = presence_of(evidence)
    seen = last_contact(evidence.thing.value, presence)
    since = tunnel.status.since if tunnel.status is not None else None
    silent = presence is not None and not presence.online
    return silent and seen is not None and since is not None and since < seen


def _what(evidence: Evidence, one: Walked, tunnel: Tunnel | None) -> tuple[str, datetime | None]:
    """What stops it in words, and as of when that is known."""
    if tunnel is not None:
        status = tunnel.status
        since = f" for {age(status.since, evidence.now)}" if status and status.since else ""
        as_of = (status.as_of if status else None) or evidence.tunnels.read_at
        return f"tunnel {tunnel_name(tunnel)} {state_text(tunnel)}{since}", as_of
    profile, chain = evidence.profile.value, _chain(one)
    if profile is not None and chain and one.last.rule_index is not None:
        rule = chain_of(profile, chain).items[one.last.rule_index]
        name = named(profile.name)
        words = f"rule {one.last.rule_index + 1} of IP profile {name} says {rule_sentence(rule)}"
        return words + _hits(profile, chain, one.last.rule_index), evidence.profile.read_at
    read_at = evidence.routes.read_at if one.last.stage == Stage.ROUTE else evidence.network.read_at
    return f"{one.last.stage}: {one.last.text}", read_at


def _hits(profile: IpProfile, chain: str, index: int) -> str:
    rules = profile.inbound if chain == "INBOUND" else profile.outbound
    hits = rules[index].hits
    return f" ({count_text(hits)} hits)" if hits is not None else ""


def _chain(one: Walked) -> str:
    return {Stage.INBOUND: "INBOUND", Stage.OUTBOUND: "OUTBOUND"}.get(one.last.stage, "")


def _tunnel_of(evidence: Evidence, one: Walked) -> Tunnel | None:
    """The tunnel that stops it."""
    if one.last.stage != Stage.TUNNEL:
        return None
    probe = one.target.probes[0]
    place = span_of(probe.dst if probe.direction == "FROM_THING" else probe.src)
    if place is None:
        return None
    tunnels = evidence.tunnels.value or ()
    return next((one for one in tunnels if holding(place[0], one.remote_cidrs)), None)


def _remedy(evidence: Evidence, one: Walked) -> Remedy:
    profile, network = evidence.profile.value, evidence.network.value
    network_id = network.network_id if network is not None else ""
    if tunnel := _tunnel_of(evidence, one):
        words = (
            f"Look at tunnel {tunnel_name(tunnel)}, and compare its settings with the other side"
        )
        return Remedy(words, ref=Ref(Kind.TUNNEL, tunnel.tunnel_id, network_id))
    if (chain := _chain(one)) and profile is not None:
        place = f"rule {(one.last.rule_index or 0) + 1}" if one.last.rule_index is not None else ""
        words = f"Look at {place or 'the chain'}: switch it off or move it, if it is a mistake"
        return Remedy(words, ref=Ref(Kind.CHAIN, chain, profile.ip_profile_id))
    if one.last.stage == Stage.NAT:
        return Remedy("Look at the NAT rules", ref=Ref(Kind.NAT_RULE, "", network_id))
    if one.last.stage == Stage.ISOLATION:
        return Remedy("Look at the isolation", ref=Ref(Kind.NETWORK, network_id))
    return Remedy("Look at the routes", ref=Ref(Kind.ROUTES, "", network_id))


def _not_stopped(evidence: Evidence, walked: tuple[Walked, ...], facts: tuple[str, ...]) -> Rung:
    as_of = evidence.tunnels.read_at or evidence.routes.read_at
    down = next((one for one in walked if one.stopped and _tunnel_of(evidence, one)), None)
    firm = [one for one in walked if one.target.firm]
    unsure = [one for one in firm if one.walk.verdict == "NOT_KNOWN"]
    if not firm:
        found = "Nothing shows what its group normally talks to"
        if down is not None:
            found = f"{found}; {_what(evidence, down, _tunnel_of(evidence, down))[0]}"
        return unknown(RungName.PATH, found, *facts)
    if unsure:
        return unknown(RungName.PATH, f"Not known for {unsure[0].target.what}", *facts)
    more = f" and {count_text(len(firm) - 1)} more get" if len(firm) > 1 else " gets"
    found = f"{firm[0].target.what}{more} through, as modelled"
    return Rung(RungName.PATH, "PASS", f"{found[0].upper()}{found[1:]}", facts, as_of)
