"""What something costs in a billing cycle (contract §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from simtui.models.account import BillingCycle

NET: Final = "net"
"""The key of the sum in ``totals``."""


class CycleStatus:
    """Whether a billing cycle still grows."""

    OPEN: Final = "OPEN"
    CLOSED: Final = "CLOSED"


class Scope:
    """What a report is about."""

    ACCOUNT: Final = "ACCOUNT"
    GROUP: Final = "THINGS_GROUP"
    THING: Final = "THING"


class GroupBy:
    """By what the lines of a report are told apart."""

    GROUP: Final = "THINGS_GROUP"
    THING: Final = "THING"
    DAY: Final = "DAY"


class Kind:
    """What a line is for."""

    SUBSCRIPTION: Final = "SUBSCRIPTION"
    DATA: Final = "DATA"
    SMS_MT: Final = "SMS_MT"
    SMS_MO: Final = "SMS_MO"


class Total:
    """What the sums of a report are for, beside ``NET``."""

    SUBSCRIPTION: Final = "SUBSCRIPTION"
    DATA: Final = "DATA"
    SMS: Final = "SMS"


TOTAL_OF: Final[Mapping[str, str]] = {
    Kind.SUBSCRIPTION: Total.SUBSCRIPTION,
    Kind.DATA: Total.DATA,
    Kind.SMS_MT: Total.SMS,
    Kind.SMS_MO: Total.SMS,
}
"""In which sum the lines of a kind are."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report: of what, in which cycle (``2026-11``), told apart by what.

    ``scope_id`` is empty for the account, ``group_by`` for one line a kind.
    """

    cycle_id: str
    scope: str = Scope.ACCOUNT
    scope_id: str = ""
    group_by: str = ""


@dataclass(frozen=True, slots=True)
class BillingLine:
    """One line; quantity, price and amount are decimal strings, never floats (contract §1)."""

    kind: str
    amount: str
    unit: str = ""
    quantity: str = ""
    unit_price: str = ""
    thing_id: str | None = None
    things_group_id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class BillingReport:
    """A report; the totals are decimal strings in ``currency``, never floats (contract §1).

    ``free_reasons`` are counts of Things by why nothing is charged for them.
    """

    scope: str
    currency: str
    cycle: BillingCycle | None = None
    scope_id: str | None = None
    report_id: str = ""
    estimated: bool = False
    generated_at: datetime | None = None
    bytes_per_mb: int | None = None
    lines: tuple[BillingLine, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)
    things_billable: int | None = None
    things_free: int | None = None
    free_reasons: Mapping[str, int] = field(default_factory=dict)
