"""The two sides of a tunnel in its form: gateways, identities and the key (contract §3.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from simtui.errors import UsageError
from simtui.secret import Secret
from simtui.views.fields.ipsec import parse_gateway, parse_peer_id, parse_psk
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Answers, Field, FieldError
from simtui.views.forms.tunnel_entry import Place, value_entry, with_example
from simtui.views.text import clean

_KEY_FORM: Final = "8 to 64 letters, digits, . and _"


@dataclass(frozen=True, slots=True)
class PeerEntries:
    """Who the two sides are."""

    place: Place
    gateway: Entry[str]
    local_id: Entry[str | None]
    remote_id: Entry[str | None]
    psk: Entry[Secret | None]

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of the form."""
        return tuple(e.field for e in (self.gateway, self.local_id, self.remote_id, self.psk))

    def read_local_id(self, answers: Answers) -> str | None:
        """Our identity, as ``read_remote_id``."""
        before = self.place.before
        entered = self.local_id.read(answers)
        if entered is not None or before is None or before.local_id is None:
            return entered
        own = _own_gateway(self.place)
        if own is None:
            raise FieldError(
                "local_id",
                "The local id cannot be taken away",
                "It would be our public address, which is not known",
                "Type the identity that the other side expects of us",
            )
        return own

    def read_remote_id(self, answers: Answers) -> str | None:
        """The identity of the other side; None is the address of its gateway.

        The API cannot take an identity away again, so that of a tunnel that has one becomes
        that address itself.

        Raises:
            FieldError: the identity or the gateway cannot be.
        """
        before = self.place.before
        entered = self.remote_id.read(answers)
        if entered is not None or before is None or before.remote_id is None:
            return entered
        return self.gateway.read(answers)


def peer_entries(place: Place) -> PeerEntries:
    """The fields of both sides, with what is known of them."""
    start, own = place.start, _own_gateway(place)
    local = _id_entry(place, "local_id", "Local id", start.local_id, own)
    remote = _id_entry(place, "remote_id", "Remote id", start.remote_id, start.remote_gateway)
    gateway = value_entry(
        place,
        "remote_gateway",
        "Gateway",
        start.remote_gateway,
        start.remote_gateway,
        parse_gateway,
    )
    return PeerEntries(
        place,
        with_example(gateway, "of the other side: 203.0.113.9 or vpn.example.com"),
        with_example(local, f"our public address{f', {clean(own)}' if own else ''}"),
        with_example(remote, "the other side's gateway"),
        _psk_entry(place),
    )


def _id_entry(
    place: Place, name: str, label: str, identity: str | None, gateway: str | None
) -> Entry[str | None]:
    """An identity that is the gateway's address is left empty, and so follows it."""
    text = "" if identity == gateway else identity or ""
    value = identity if text else None
    return value_entry(place, name, label, value, text, parse_peer_id)


def _own_gateway(place: Place) -> str | None:
    return (place.own and place.own.local_gateway) or place.network.nat_public_address


def _psk_entry(place: Place) -> Entry[Secret | None]:
    """On a tunnel that has a key, nothing typed leaves it as it is."""
    is_new = place.before is None

    def parse(text: str) -> Secret | None:
        if text:
            return parse_psk(text)
        if is_new:
            raise UsageError(
                "A pre-shared key is missing",
                f"Both sides prove themselves with it: {_KEY_FORM}, not beginning with 0",
                "ctrl+g generates one",
            )
        return None

    example = f"{_KEY_FORM}; ctrl+g generates one" if is_new else "stays as it is; ctrl+g: new"
    field = Field("psk", "Key (PSK)", "", parse, example)
    return Entry(replace(field, secret=True), parse)
