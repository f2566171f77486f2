"""A NAT rule in files: ports, sources, end, and the Thing that it leads to (contract §3.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from simtui.errors import UsageError
from simtui.models import Thing, ThingsGroup
from simtui.models.config_change import Kind
from simtui.models.settings import GroupSettings, NatSettings
from simtui.views.ages import utc_text
from simtui.views.fields.cidr import parse_cidr
from simtui.views.fields.ports import parse_port_range, parse_public_ports, ports_text
from simtui.views.fields.text import parse_optional_name
from simtui.views.files.intended import Intended, Meant
from simtui.views.files.mistakes import Mistakes
from simtui.views.files.neighbours import nat_rules_of, network_of
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.nat_ports import refuse_other_length, refuse_taken_ports
from simtui.views.forms.nat_thing import refuse_thing
from simtui.views.plan.wording import named, thing_name

_PROTOCOLS: Final = ("TCP", "UDP")


def checked_nat_rule(
    one: Meant, rule: NatSettings, intended: Intended, mistakes: Mistakes, now: datetime
) -> NatSettings:
    """The rule in the spelling of the API. ``now`` is aware."""
    before = one.before.settings if one.before else None
    had = before if isinstance(before, NatSettings) else None
    wanted = _checked_words(one, rule, had, mistakes)
    if had is None or (wanted.protocol, wanted.public_ports, wanted.private_ports) != (
        had.protocol,
        had.public_ports,
        had.private_ports,
    ):
        wanted = _checked_ports(one, wanted, intended, mistakes)
    is_new_thing = had is None or rule.thing_id != had.thing_id
    if is_new_thing or rule.enabled:
        _refuse_thing(one, rule.thing_id, intended, mistakes, now)
    is_new_end = had is None or rule.expires_at != had.expires_at
    if rule.expires_at is not None and (is_new_end or rule.enabled) and rule.expires_at <= now:
        mistakes.add(
            one.place,
            "expires_at",
            f"{utc_text(rule.expires_at)} is not in the future. A rule ends later, or never when "
            "it is left out. For example expires_at = 2030-12-24T18:00:00Z",
        )
    return wanted


def _checked_words(
    one: Meant, rule: NatSettings, had: NatSettings | None, mistakes: Mistakes
) -> NatSettings:
    wanted = rule
    if had is None or rule.name != had.name:
        name = mistakes.checked(one.place, "name", parse_optional_name, rule.name, rule.name)
        wanted = replace(wanted, name=name)
    if had is None or rule.protocol != had.protocol:
        word = mistakes.checked(one.place, "protocol", _parse_protocol, rule.protocol, "TCP")
        wanted = replace(wanted, protocol=word)
    if had is None or rule.allowed_sources != had.allowed_sources:
        sources = tuple(
            mistakes.checked(one.place, "allowed_sources", lambda t: str(parse_cidr(t)), text, text)
            for text in rule.allowed_sources
        )
        wanted = replace(wanted, allowed_sources=sources)
    return wanted


def _checked_ports(
    one: Meant, rule: NatSettings, intended: Intended, mistakes: Mistakes
) -> NatSettings:
    network = one.ref.parent_id
    others = (*nat_rules_of(intended, network), *nat_rules_of(intended, network, going=True))

    def parse_public(text: str) -> range:
        ports = parse_public_ports(text, rule.protocol)
        refuse_taken_ports(rule.protocol, ports, others, one.ref.object_id)
        return ports

    def parse_private(text: str) -> range:
        ports = parse_port_range(text)
        if public:
            refuse_other_length(public, ports)
        return ports

    public = mistakes.checked(one.place, "public_ports", parse_public, rule.public_ports, range(0))
    private = mistakes.checked(
        one.place, "private_ports", parse_private, rule.private_ports, range(0)
    )
    if not (public and private):
        return rule
    return replace(rule, public_ports=ports_text(public), private_ports=ports_text(private))


def _refuse_thing(
    one: Meant, thing_id: str, intended: Intended, mistakes: Mistakes, now: datetime
) -> None:
    thing = intended.configuration.things.get(thing_id)
    if thing is None:
        return
    network = network_of(intended, one.ref.parent_id)
    context = FleetContext(now, groups=_groups(intended))

    def check(thing: Thing) -> None:
        refuse_thing(thing, network, context)
        if thing.ip is None or not thing.ip.locked:
            raise UsageError(
                f"The address of {thing_name(thing)} is not locked",
                "A NAT rule leads to an address that stays the Thing's own",
                f"Lock it first: simtui apply lock-ip --iccid {named(thing.iccid)}",
            )

    mistakes.checked(one.place, "thing", check, thing, None)


def _groups(intended: Intended) -> dict[str, ThingsGroup]:
    """The groups as they will be: which network their Things are in."""
    return {
        ref.object_id: ThingsGroup(ref.object_id, group.name, network_id=group.network_id)
        for ref, group in intended.settings(Kind.GROUP)
        if isinstance(group, GroupSettings)
    }


def _parse_protocol(text: str) -> str:
    word = text.strip().upper()
    if word not in _PROTOCOLS:
        raise UsageError(
            f"“{named(text)}” cannot be forwarded",
            f"NAT takes {' or '.join(_PROTOCOLS)}",
            "For example TCP",
        )
    return word
