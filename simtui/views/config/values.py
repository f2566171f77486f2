"""Settings as flat lists of labels and texts, the same in differences and comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simtui.models.plain import plain_of
from simtui.models.settings import RouteSettings, RuleSettings, Settings
from simtui.views.amounts import NOTHING
from simtui.views.config.route_text import route_text
from simtui.views.forms.rule_text import rule_text
from simtui.views.text import clean

Names = Mapping[str, str]
"""Readable names by id, safe to print."""

_LABELS: Final[Mapping[str, str]] = {
    "network_id": "network",
    "email": "e-mail",
    "ip_profile_id": "IP profile",
    "thing_id": "Thing",
    "cidr": "range",
    "thing_isolation": "isolation",
    "ike_version": "IKE version",
    "local_id": "local ID",
    "remote_id": "remote ID",
    "local_cidrs": "local nets",
    "remote_cidrs": "remote nets",
    "dh_groups": "DH groups",
    "pfs_groups": "PFS groups",
    "lifetime_seconds": "lifetime",
    "delay_seconds": "delay",
    "timeout_seconds": "timeout",
    "expires_at": "expires",
    "phase1": "phase 1",
    "phase2": "phase 2",
    "dpd": "DPD",
}
_EMPTY: Final[Mapping[str, str]] = {
    "pfs_groups": "off",
    "expires_at": "never",
    "integrity": "none",
}
"""What nothing means where it means something."""


def flat(settings: Settings | None, names: Names) -> dict[str, str]:
    """Label and text of every setting; of nested ones ``phase 1 lifetime``."""
    return {label: _text(name, value, names) for label, name, value in _flat(plain_of(settings))}


def changed_labels(before: Settings | None, after: Settings | None) -> list[str]:
    """The labels of what differs, also where it reads the same."""
    was = {label: value for label, _, value in _flat(plain_of(before))}
    return [label for label, _, value in _flat(plain_of(after)) if was.get(label) != value]


def item_text(item: RuleSettings | RouteSettings, names: Names) -> str:
    """One rule or route as a line; safe to print."""
    return rule_text(item) if isinstance(item, RuleSettings) else route_text(item, names)


def _flat(plain: Mapping[str, Any] | None, prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """Label, name and plain value of each setting, of nested ones too."""
    for name, value in (plain or {}).items():
        label = f"{prefix}{_LABELS.get(name, name.replace('_', ' '))}"
        if isinstance(value, dict):
            yield from _flat(value, f"{label} ")
        else:
            yield label, name, value


def _text(name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return _EMPTY.get(name, NOTHING)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(clean(str(item)) for item in value)
    if name.endswith("_seconds"):
        return f"{value} s"
    return names.get(str(value), clean(str(value))) if name.endswith("_id") else clean(str(value))
