"""The settings of a tunnel, each by the name that both sides know it by, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from simtui.models.tunnel import Tunnel
from simtui.views.ages import utc_text
from simtui.views.amounts import NOTHING
from simtui.views.text import clean
from simtui.views.tunnel.algorithms import group_text

PFS_OFF: Final = "off (no PFS)"
GCM_ONLY: Final = "none (GCM protects it)"

_BEGINS: Final[Mapping[str, str]] = {
    "INITIATE": "our side begins (INITIATE)",
    "RESPOND": "our side waits (RESPOND)",
}
_VERSIONS: Final[Mapping[str, str]] = {"IKEV1": "IKEv1", "IKEV2": "IKEv2"}


def listed_text(texts: Iterable[str], empty: str = NOTHING) -> str:
    """All of them with commas between, safe to print; ``empty`` for none."""
    return ", ".join(clean(text, 80) for text in texts) or empty


def groups_text(groups: Iterable[int], empty: str = PFS_OFF) -> str:
    """``14 (MODP 2048), 19 (ECP 256)``; ``empty`` for none."""
    return ", ".join(map(group_text, groups)) or empty


def version_text(ike_version: str) -> str:
    """``IKEv2``; a version that is not known as it is."""
    return _VERSIONS.get(ike_version) or clean(ike_version, 40)


def startup_text(startup_action: str) -> str:
    """Which side begins; an action that is not known as it is."""
    return _BEGINS.get(startup_action) or clean(startup_action, 40)


def _optional(text: str | None) -> str:
    return clean(text) if text else NOTHING


VALUES: Final[Mapping[str, Callable[[Tunnel], str]]] = {
    "our gateway": lambda one: _optional(one.local_gateway),
    "remote gateway": lambda one: _optional(one.remote_gateway),
    "our id": lambda one: _optional(one.local_id or one.local_gateway),
    "remote id": lambda one: _optional(one.remote_id or one.remote_gateway),
    "key set": lambda one: utc_text(one.psk_set_at),
    "our nets": lambda one: listed_text(one.local_cidrs),
    "remote nets": lambda one: listed_text(one.remote_cidrs),
    "IKE version": lambda one: version_text(one.ike_version),
    "exchange mode": lambda one: clean(one.exchange_mode, 40),
    "phase 1 encryption": lambda one: listed_text(one.phase1.encryption),
    "phase 1 integrity": lambda one: listed_text(one.phase1.integrity, GCM_ONLY),
    "phase 1 DH groups": lambda one: groups_text(one.phase1.dh_groups, NOTHING),
    "phase 2 encryption": lambda one: listed_text(one.phase2.encryption),
    "phase 2 integrity": lambda one: listed_text(one.phase2.integrity, GCM_ONLY),
    "phase 2 PFS groups": lambda one: groups_text(one.phase2.pfs_groups),
    "DPD": lambda one: (
        f"every {one.dpd.delay_seconds} s, gone after {one.dpd.timeout_seconds} s,"
        f" then {clean(one.dpd.action, 40)}"
    ),
    "start": lambda one: startup_text(one.startup_action),
}
"""Each setting that two sides compare, by its name."""
