"""The troubles that can be provoked by hand, by name (contract §10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from simtui.sandbox.life.network_trouble import (
    drop_tunnel,
    exhaust_pool,
    flap_tunnel,
    silence_network,
)
from simtui.sandbox.life.thing_trouble import (
    breach_imei_lock,
    change_by_colleague,
    go_silent,
    hang_device,
    hang_session,
    hit_data_limit,
    move_out_of_coverage,
    stick_sms,
    swap_imei,
    swap_imei_back,
    turn_stale,
    wake,
)
from simtui.sandbox.records import NetworkRecord, ThingRecord
from simtui.sandbox.world import World

ThingTrouble: TypeAlias = Callable[[World, ThingRecord, datetime], None]
NetworkTrouble: TypeAlias = Callable[[World, NetworkRecord, datetime], None]

THING_TROUBLES: Mapping[str, ThingTrouble] = {
    "swap-imei": swap_imei,
    "swap-imei-back": swap_imei_back,
    "breach-imei-lock": breach_imei_lock,
    "move-out-of-coverage": move_out_of_coverage,
    "go-silent": go_silent,
    "hang-session": hang_session,
    "hang-device": hang_device,
    "wake": wake,
    "turn-stale": turn_stale,
    "hit-data-limit": hit_data_limit,
    "change-by-colleague": change_by_colleague,
    "stick-sms": stick_sms,
}
"""Troubles that strike one Thing."""

NETWORK_TROUBLES: Mapping[str, NetworkTrouble] = {
    "exhaust-pool": exhaust_pool,
    "drop-tunnel": drop_tunnel,
    "flap-tunnel": flap_tunnel,
    "silence-network": silence_network,
}
"""Troubles that strike a network."""


def describe(trouble: ThingTrouble | NetworkTrouble) -> str:
    """A trouble in one sentence."""
    return (trouble.__doc__ or "").strip().splitlines()[0]
