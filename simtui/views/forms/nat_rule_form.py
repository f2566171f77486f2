"""A NAT rule (port forwarding) as a form: refused before the server does (contract §3.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from simtui.errors import UsageError
from simtui.models import NatRule, Network, State, Thing
from simtui.models.settings import NatSettings
from simtui.views.ages import moment_text, utc_text
from simtui.views.cell import Cell
from simtui.views.fields.ports import parse_port_range, parse_public_ports
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.entry import refused
from simtui.views.forms.field import Answers, FieldError, Form
from simtui.views.forms.nat_entries import NatEntries, nat_entries
from simtui.views.forms.nat_ports import refuse_other_length, refuse_taken_ports
from simtui.views.forms.nat_thing import Things, refuse_thing
from simtui.views.nat.sources import openness
from simtui.views.plan.wording import named, thing_name


def nat_form(
    settings: NatSettings | None,
    network: Network,
    things: Callable[[str], Sequence[Thing]],
    thing_of: Callable[[str], Thing | None],
    find_thing: Callable[[str], Thing | None],
    rules: Sequence[NatRule],
    own_id: str,
    now: datetime,
    context: FleetContext,
) -> Form[NatSettings]:
    """The rule ``own_id`` of a network, or a new one (``own_id`` empty).

    ``things`` answers a limited number of Things by a part of their texts, ``thing_of`` one
    by its id, ``find_thing`` one by its whole name or ICCID, None when that is not clear.
    ``rules`` are all of the network.
    """
    fleet = Things(things, thing_of, find_thing)
    entries = nat_entries(settings, fleet, network, now, context)

    def read(answers: Answers) -> NatSettings:
        rule = entries.read(answers)
        if settings is None or _ports(rule) != _ports(settings):
            _refuse_ports(rule, rules, own_id)
        if rule.enabled:
            _refuse_thing(rule, fleet, network, context)
            _refuse_past(rule, now)
        return rule

    def remarks(answers: Answers) -> Sequence[Cell]:
        return tuple(_remarks(entries, answers, fleet, now))

    what = "NAT rule" if settings else "New NAT rule"
    name = f" {named(settings.name)}" if settings and settings.name else ""
    return Form(f"{what}{name} of network {named(network.name)}", entries.fields, read, remarks)


def _ports(rule: NatSettings) -> tuple[str, str, str]:
    return rule.protocol, rule.public_ports, rule.private_ports


def _refuse_ports(rule: NatSettings, rules: Sequence[NatRule], own_id: str) -> None:
    """What only shows beside the protocol, the other ports and the other rules."""
    try:
        public = parse_public_ports(rule.public_ports, rule.protocol)
        refuse_taken_ports(rule.protocol, public, rules, own_id)
    except UsageError as error:
        raise refused("public_ports", error) from None
    try:
        refuse_other_length(public, parse_port_range(rule.private_ports))
    except UsageError as error:
        raise refused("private_ports", error) from None


def _refuse_thing(
    rule: NatSettings, fleet: Things, network: Network, context: FleetContext
) -> None:
    """The rule of a retired Thing can be renamed or switched off, but not be in force."""
    thing = fleet.by_id(rule.thing_id)
    if thing is None:
        return
    try:
        refuse_thing(thing, network, context)
    except UsageError as error:
        raise refused("thing", error) from None


def _refuse_past(rule: NatSettings, now: datetime) -> None:
    if rule.expires_at is not None and rule.expires_at <= now:
        raise FieldError(
            "expires",
            f"The rule ended at {utc_text(rule.expires_at)}",
            "A rule that is enabled ends in the future, or never",
            "Give it another end, for example 2h, or switch it off",
        )


def _remarks(entries: NatEntries, answers: Answers, fleet: Things, now: datetime) -> Iterator[Cell]:
    """What can be said of each answer that can be read, whatever the others are."""
    readers: tuple[Callable[[], Iterator[Cell]], ...] = (
        lambda: _lock_remark(fleet.by_id(entries.thing.read(answers))),
        lambda: _open_remark(entries.sources.read(answers)),
        lambda: _end_remark(entries.expires.read(answers), now),
    )
    for remark in readers:
        try:
            yield from remark()
        except UsageError:
            continue


def _lock_remark(thing: Thing | None) -> Iterator[Cell]:
    if thing is None or thing.ip is None or thing.state == State.RETIRED:
        return
    if not thing.ip.locked:
        name = thing_name(thing)
        yield Cell(f"the address of {name} is not locked: it will be locked first", "warn")


def _open_remark(sources: Sequence[str]) -> Iterator[Cell]:
    if told := openness(sources):
        yield Cell(f"{told}: name the sources that need it", "warn")


def _end_remark(end: datetime | None, now: datetime) -> Iterator[Cell]:
    if end is not None:
        yield Cell(f"ends {moment_text(end, now)}")
