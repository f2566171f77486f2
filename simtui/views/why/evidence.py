"""Everything that a ladder is judged by, with the age of each part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar

from simtui.errors import CapabilityAbsent, NoneOfThisOne, SimtuiError
from simtui.models import (
    DataQuota,
    Event,
    IpProfile,
    NatRule,
    Network,
    Routes,
    Session,
    StateHistoryEntry,
    Thing,
    ThingsGroup,
    Tunnel,
)
from simtui.views.detail.section import NOT_OFFERED
from simtui.views.text import clean
from simtui.views.why.around import Around

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

NOT_ASKED: Final = "it was not asked for"


class Answer(Protocol[T_co]):
    """The answer to a question, as the store's ``Entry`` has it."""

    @property
    def value(self) -> T_co | None:
        """The last known value, None until there was one."""

    @property
    def fetched_at(self) -> datetime | None:
        """When it was read."""

    @property
    def error(self) -> SimtuiError | None:
        """Why it is not newer, None when it is."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One part of the evidence.

    Without a ``value``, ``missing`` says why; ``waiting`` is whether it may still come,
    ``absent`` whether this one object has none of it. Texts are safe to print.
    """

    value: T | None = None
    read_at: datetime | None = None
    missing: str = NOT_ASKED
    waiting: bool = False
    absent: bool = False


def fact_of(answer: Answer[T], *, waiting: bool) -> Fact[T]:
    """An answer as a part of the evidence; ``waiting`` is whether it is on its way."""
    if answer.value is not None:
        return Fact(answer.value, answer.fetched_at, "")
    error = answer.error
    if error is None:
        return Fact(waiting=waiting)
    absent = isinstance(error, NoneOfThisOne)
    offered = absent or not isinstance(error, CapabilityAbsent)
    missing = clean(str(error) if absent else error.title) if offered else NOT_OFFERED
    return Fact(missing=missing, waiting=waiting, absent=absent)


def _unknown() -> Fact[Any]:
    return Fact()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one Thing and of what is around it, ``now`` (aware).

    ``group`` is None where it is not known. ``around`` is who else fell silent, None while
    the fleet is not known.
    """

    now: datetime
    thing: Fact[Thing] = field(default_factory=_unknown)
    session: Fact[Session] = field(default_factory=_unknown)
    sessions: Fact[tuple[Session, ...]] = field(default_factory=_unknown)
    states: Fact[tuple[StateHistoryEntry, ...]] = field(default_factory=_unknown)
    quota: Fact[DataQuota] = field(default_factory=_unknown)
    events: Fact[tuple[Event, ...]] = field(default_factory=_unknown)
    group: ThingsGroup | None = None
    network: Fact[Network] = field(default_factory=_unknown)
    profile: Fact[IpProfile] = field(default_factory=_unknown)
    routes: Fact[Routes] = field(default_factory=_unknown)
    tunnels: Fact[tuple[Tunnel, ...]] = field(default_factory=_unknown)
    nat_rules: Fact[tuple[NatRule, ...]] = field(default_factory=_unknown)
    around: Fact[Around] = field(default_factory=_unknown)
