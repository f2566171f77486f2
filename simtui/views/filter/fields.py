"""Every field of the filter language, as one table that all the rest reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simtui.models import Service, SessionState, State
from simtui.views.filter.quantities import QuantityKind
from simtui.views.things.whereabouts import RADIOS

FieldKind: TypeAlias = Literal[
    "choice", "tag", "group", "network", "ip_profile", "text", "id", "digits", "address", "quantity"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, what its values are, and how it is explained.

    ``choices`` are all values of a ``choice`` field; ``quantity`` is the kind of amount a
    compared field takes; ``examples`` are offered when there is nothing better.
    """

    name: str
    kind: FieldKind
    help: str
    choices: tuple[str, ...] = ()
    quantity: QuantityKind | None = None
    examples: tuple[str, ...] = ()

    @property
    def operators(self) -> tuple[str, ...]:
        """What may stand behind the name: ``:``, or ``>`` and ``<`` for amounts."""
        return (">", "<") if self.quantity else (":",)

    @property
    def usage(self) -> str:
        """How it is typed, for an error or a help text: ``state:`` or ``seen>2h``."""
        return f"{self.name}>{self.examples[0]}" if self.quantity else f"{self.name}:"


_YES_NO = ("yes", "no")


def _lower(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value.lower() for value in values)


_ALL = (
    Field("state", "choice", "lifecycle state", _lower(State.ALL)),
    Field("tag", "tag", "carries this tag"),
    Field("group", "group", "Things Group, by name or id"),
    Field("net", "network", "Network of its group, by name or id"),
    Field("profile", "ip_profile", "IP profile of its group, by name or id"),
    Field("name", "text", "name contains"),
    Field("ip", "address", "address, CIDR or first digits", examples=("10.0.4.0/24",)),
    Field("iccid", "digits", "ICCID, whole or its first digits", examples=("8931",)),
    Field("imei", "digits", "IMEI, whole or its first digits (TAC)", examples=("49015420",)),
    Field("imsi", "digits", "IMSI, whole or its first digits", examples=("20408",)),
    Field("id", "id", "Thing id, exactly"),
    Field("pool", "text", "IP pool of its address, by CIDR or id", examples=("10.16.0.0/21",)),
    Field("operator", "text", "operator where last seen, by name or MCC MNC", examples=("20408",)),
    Field("country", "text", "country where last seen, or its MCC", examples=("nl", "be", "lu")),
    Field("radio", "choice", "radio where last seen", tuple(RADIOS)),
    Field("online", "choice", "has a data session", (*_YES_NO, "unknown")),
    Field("session", "choice", "session state", _lower(SessionState.ALL)),
    Field("service", "choice", "may use it; none: all blocked", (*_lower(Service.ALL), "none")),
    Field("locked", "choice", "its IP address is locked", _YES_NO),
    Field("pending", "choice", "a state change is in flight", _YES_NO),
    Field("faulty", "choice", "has trouble (ctrl+z)", _YES_NO),
    Field("silent", "choice", "silent for longer than its habit", _YES_NO),
    Field(
        "seen",
        "quantity",
        "silent for longer / seen within",
        quantity="duration",
        examples=("2h", "24h", "7d"),
    ),
    Field(
        "data",
        "quantity",
        "data of the open billing cycle",
        quantity="bytes",
        examples=("50MB", "1GB"),
    ),
    Field(
        "sms", "quantity", "SMS of the open billing cycle", quantity="count", examples=("10", "100")
    ),
    Field(
        "imei-changed",
        "quantity",
        "the SIM moved to another device",
        quantity="duration",
        examples=("24h", "7d"),
    ),
)

FIELDS: Final[dict[str, Field]] = {field.name: field for field in _ALL}
"""All fields by name, in the order in which they are offered."""

TIMED: Final = frozenset({"seen", "imei-changed", "faulty", "silent"})
"""Fields whose answer changes as time passes."""

NAMED: Final = frozenset({"group", "net", "profile", "pool"})
"""Fields whose answer depends on groups, networks, their pools and IP profiles."""
