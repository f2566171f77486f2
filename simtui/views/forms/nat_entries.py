"""The fields of a NAT rule, each with its own rule (contract §3.6)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from simtui.models import Network
from simtui.models.settings import NatSettings
from simtui.views.fields.cidr import EVERYWHERE, is_any, parse_cidr
from simtui.views.fields.items import parse_items
from simtui.views.fields.moments import moment_value, parse_expiry
from simtui.views.fields.ports import parse_port_range, parse_public_ports, ports_text
from simtui.views.fields.text import parse_optional_name
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.entry import Entry, shown_text, text_entry, untouched
from simtui.views.forms.field import Answers, Choice, Field
from simtui.views.forms.nat_thing import Things, thing_entry
from simtui.views.forms.on_off import enabled_entry
from simtui.views.forms.options import choice_entry, suggestions, words

_PROTOCOLS = words("protocol", Choice("TCP"), Choice("UDP"))
_SOURCES = suggestions(Choice(EVERYWHERE, "the whole Internet"))


class NatEntries(NamedTuple):
    """In the order of the keyboard."""

    name: Entry[str]
    thing: Entry[str]
    protocol: Entry[str]
    public_ports: Entry[str]
    private_ports: Entry[str]
    sources: Entry[tuple[str, ...]]
    expires: Entry[datetime | None]
    enabled: Entry[bool]

    @property
    def fields(self) -> tuple[Field, ...]:
        """What to fill in."""
        return tuple(entry.field for entry in self)

    def read(self, answers: Answers) -> NatSettings:
        """Each answer by itself; no private ports are the same as the public ones.

        Raises:
            FieldError: an answer cannot be.
        """
        public_ports = self.public_ports.read(answers)
        return NatSettings(
            name=self.name.read(answers),
            thing_id=self.thing.read(answers),
            protocol=self.protocol.read(answers),
            public_ports=public_ports,
            private_ports=self.private_ports.read(answers) or public_ports,
            allowed_sources=self.sources.read(answers),
            expires_at=self.expires.read(answers),
            enabled=self.enabled.read(answers),
        )


def nat_entries(
    settings: NatSettings | None,
    things: Things,
    network: Network,
    now: datetime,
    context: FleetContext,
) -> NatEntries:
    """The fields of a rule as it is, or of a new one."""
    start = settings or NatSettings("TCP", "", "", "")
    original = settings.public_ports if settings else None
    protocols = _PROTOCOLS.including(start.protocol, start.protocol)
    return NatEntries(
        text_entry("name", "Name", parse_optional_name, start.name, example="ssh"),
        thing_entry(settings.thing_id if settings else None, things, network, context),
        choice_entry("protocol", "Protocol", protocols, protocols.text_of(start.protocol)),
        text_entry("public_ports", "Public ports", _public, original, example="8080, or 8000-8010"),
        _private_entry(settings),
        _sources_entry(start.allowed_sources),
        _expires_entry(start.expires_at, now),
        enabled_entry(start.enabled, "rule"),
    )


def _public(text: str) -> str:
    """What is right whatever the protocol is."""
    return ports_text(parse_public_ports(text, protocol=""))


def _private_entry(settings: NatSettings | None) -> Entry[str]:
    def parse(text: str) -> str:
        return ports_text(parse_port_range(text)) if text.strip() else ""

    original = settings.private_ports if settings else None
    example = "22; nothing is the same as public"
    return text_entry("private_ports", "Priv. ports", parse, original, example=example)


def _sources_entry(sources: tuple[str, ...]) -> Entry[tuple[str, ...]]:
    shown = ", ".join(map(shown_text, sources))
    parse = untouched(shown, sources, _parse_sources)
    example = "192.0.2.0/24, 198.51.100.7; nothing is everybody"
    field = Field("sources", "Sources", shown, parse, example, _SOURCES, several=True)
    return Entry(field, parse)


def _parse_sources(text: str) -> tuple[str, ...]:
    """Networks, each once; nothing and ``any`` are the whole Internet."""
    networks = (
        EVERYWHERE if is_any(item) else str(parse_cidr(item))
        for item in parse_items(text) or (EVERYWHERE,)
    )
    return tuple(dict.fromkeys(networks))


def _expires_entry(expires_at: datetime | None, now: datetime) -> Entry[datetime | None]:
    shown = moment_value(expires_at)

    def parse(text: str) -> datetime | None:
        return parse_expiry(text, now)

    kept = untouched(shown, expires_at, parse)
    example = "2h, 3d, 2026-12-24 18:00; nothing is never"
    return Entry(Field("expires", "Expires", shown, kept, example), kept)
