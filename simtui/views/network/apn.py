"""The access point name of a network, and why it cannot be chosen (contract §3.4)."""

from __future__ import annotations

from simtui.models import Network
from simtui.views.plan.wording import named


def apn_name(network: Network) -> str:
    """What it is called, safe to print."""
    return named(network.apn.name if network.apn and network.apn.name else "not told")


def why_apn_is_fixed(network: Network | None) -> str:
    """As a sentence beside what can be chosen; None for a network that is yet to be made."""
    which = f"The APN {apn_name(network)}" if network is not None else "The APN"
    return f"{which} is fixed: all accounts share it, and the platform gives it."
