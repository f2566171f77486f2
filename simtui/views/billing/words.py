"""What the parts of a bill are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from simtui.models.billing import GroupBy, Kind, Scope, Total
from simtui.views.plan.wording import named

View: TypeAlias = Literal["lines", "groups", "things", "days"]
"""By what the table of a bill tells lines apart."""

GROUP_BY: Final[Mapping[View, str]] = {
    "lines": "",
    "groups": GroupBy.GROUP,
    "things": GroupBy.THING,
    "days": GroupBy.DAY,
}
VIEWS: Final[Mapping[str, tuple[View, ...]]] = {
    Scope.ACCOUNT: ("lines", "groups", "things", "days"),
    Scope.GROUP: ("lines", "things", "days"),
    Scope.THING: ("lines", "days"),
}
"""The views that make sense of a scope, in the order of ``tab``."""
VIEW_NAMES: Final[Mapping[View, str]] = {
    "lines": "lines",
    "groups": "by group",
    "things": "by Thing",
    "days": "by day",
}
_KINDS: Final[Mapping[str, str]] = {
    Kind.SUBSCRIPTION: "Subscriptions",
    Kind.DATA: "Data",
    Kind.SMS_MT: "SMS to Things",
    Kind.SMS_MO: "SMS from Things",
}
TOTALS: Final[Mapping[str, str]] = {
    Total.SUBSCRIPTION: "Subscriptions",
    Total.DATA: "Data",
    Total.SMS: "SMS",
}
"""The sums of a report in the order in which they are shown, before those we do not know."""
REASONS: Final[Mapping[str, str]] = {
    "PROVISIONED": "provisioned",
    "SUSPENDED_FULL_CYCLE": "suspended the whole cycle",
    "RETIRED": "retired",
}
"""Why nothing is charged for a Thing (contract §4)."""


def kind_name(kind: str) -> str:
    """What a line is for."""
    return _KINDS.get(kind, named(kind))


def total_name(total: str) -> str:
    """What a sum is of."""
    return TOTALS.get(total, named(total))


def reason_text(reason: str) -> str:
    """Why a Thing is free, as a part of a sentence."""
    return REASONS.get(reason, named(reason.replace("_", " ").lower()))
