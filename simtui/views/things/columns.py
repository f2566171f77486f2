"""The columns of the Thing list, in the sets that ``v`` cycles through.

``IMPORTANCE`` decides what stays when the terminal is narrow, ``ORDER`` where it stands.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from simtui.views.cell import Column


class ColumnPlan(NamedTuple):
    """A column at its least width, and what it grows to when there is room."""

    column: Column
    roomy: int = 0
    roomy_title: str = ""


def _plan(column: Column, roomy: int = 0, roomy_title: str = "") -> tuple[str, ColumnPlan]:
    return column.key, ColumnPlan(column, max(roomy, column.width), roomy_title or column.title)


PLANS: Final[dict[str, ColumnPlan]] = dict(
    (
        _plan(Column("state", "STATE", 9, sort_key="S")),
        _plan(Column("name", "NAME", 12, flex=True, sort_key="N")),
        _plan(Column("iccid", "ICCID", 21, sort_key="I")),
        _plan(Column("session", "SESSION", 11, sort_key="E")),
        _plan(Column("last_seen", "SEEN", 4, sort_key="L"), 9, "LAST SEEN"),
        _plan(Column("ip", "IP", 17, sort_key="P")),
        _plan(Column("group", "GROUP", 10, sort_key="R"), 14),
        _plan(Column("cycle", "CYCLE", 8, align="right", sort_key="C")),
        _plan(Column("tags", "TAGS", 12, sort_key="T"), 20),
        _plan(Column("network", "NETWORK", 10, sort_key="W"), 16),
        _plan(Column("profile", "IP PROFILE", 10, sort_key="F"), 16),
        _plan(Column("imei", "IMEI", 16, sort_key="M")),
        _plan(Column("imsi", "IMSI", 15, sort_key="B")),
        _plan(Column("imei_changed", "IMEI CHANGED", 12, sort_key="H")),
        _plan(Column("sms", "SMS", 5, align="right", sort_key="Q")),
        _plan(Column("services", "SERVICES", 8, sort_key="V")),
        _plan(Column("state_changed", "SINCE", 5, sort_key="A"), 9),
        _plan(Column("created", "CREATED", 10, sort_key="D")),
    )
)
"""Every column by key. Sort letters are the same in every set; G is taken (last row)."""

SET_NAMES: Final = ("overview", "identity", "network", "usage")
"""The sets in the order in which a person cycles through them."""

ORDER: Final[dict[str, tuple[str, ...]]] = {
    "overview": (
        "state", "name", "iccid", "session", "last_seen", "ip", "group", "cycle",
        "tags", "network", "imei", "imsi", "imei_changed", "sms",
    ),
    "identity": (
        "state", "name", "iccid", "imei", "imei_changed", "imsi", "tags", "group",
        "state_changed", "created",
    ),
    "network": (
        "state", "name", "iccid", "session", "ip", "group", "network", "profile",
        "services", "last_seen",
    ),
    "usage": (
        "state", "name", "iccid", "cycle", "sms", "last_seen", "group", "services", "tags",
    ),
}  # fmt: skip
"""From left to right."""

IMPORTANCE: Final[dict[str, tuple[str, ...]]] = {
    "overview": (
        "state", "name", "session", "last_seen", "iccid", "cycle", "group", "ip",
        "tags", "network", "imei", "imsi", "imei_changed", "sms",
    ),
    "identity": (
        "name", "iccid", "imei", "state", "imei_changed", "imsi", "tags", "group",
        "state_changed", "created",
    ),
    "network": (
        "name", "ip", "state", "iccid", "session", "network", "group", "profile",
        "services", "last_seen",
    ),
    "usage": (
        "name", "cycle", "state", "iccid", "sms", "last_seen", "group", "services", "tags",
    ),
}  # fmt: skip
"""The most important first; the first that does not fit ends the list."""
