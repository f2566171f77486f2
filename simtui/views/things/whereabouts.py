"""Through whom and how a Thing is connected, as far as the list of Things tells.

The list has no operator, country or radio technology (contract §3.1: its ``session`` is a
state and two times), but where the network last saw a Thing: country and operator are the codes
of that place, and the kind of its area code tells one generation of radio from the other. So
all of this is of the last place, and unknown for a Thing that has none.
"""

from __future__ import annotations

from typing import Final

from simtui.models import Location, Network, Thing
from simtui.views.things.coverage import COVERED

OPERATORS: Final = {
    "20404": "Vodafone NL",
    "20408": "KPN",
    "20416": "Odido",
    "20601": "Proximus",
    "20610": "Orange Belgium",
    "20620": "BASE",
    "27001": "POST Luxembourg",
    "27077": "Tango",
    "27099": "Orange Luxembourg",
}
"""Names of mobile networks of the coverage by MCC and MNC (ITU-T E.212). What is not in here
is told by its digits: a wrong name would send somebody to the wrong operator."""

LTE: Final = "lte"
"""Its area code is a tracking area code: LTE or LTE-M."""

GSM_UMTS: Final = "gsm-umts"
"""Its area code is a location area code: GSM or UMTS."""

RADIOS: Final = {LTE: "LTE or LTE-M", GSM_UMTS: "GSM or UMTS"}
"""What can be told apart without the session, by the word of the filter."""


def operator_of(place: Location | None) -> str | None:
    """MCC and MNC as digits, ``20601``; None when they are not known."""
    return f"{place.mcc}{place.mnc}" if place and place.mcc and place.mnc else None


def operator_name(digits: str) -> str:
    """``Proximus``; ``MNC 20633`` for one that has no name here. Unclean."""
    return OPERATORS.get(digits) or f"MNC {digits}"


def country_name(mcc: str) -> str:
    """``BE``; ``MCC 262`` outside of the coverage. Unclean."""
    return COVERED.get(mcc) or f"MCC {mcc}"


def radio_of(place: Location | None) -> str | None:
    """A key of `RADIOS`; None when it cannot be told."""
    if place is None:
        return None
    return LTE if place.tac else GSM_UMTS if place.lac else None


def pool_of(thing: Thing, network: Network | None) -> str | None:
    """The id of the pool that its address is from, or would be from: where it has none, that
    is told by a network with only one. None when it is not known."""
    if thing.ip is not None and thing.ip.pool_id:
        return thing.ip.pool_id
    return only_pool(network)


def only_pool(network: Network | None) -> str | None:
    """The id of the pool of a network that has no other."""
    pools = network.ip_pools if network is not None else ()
    return pools[0].ip_pool_id if len(pools) == 1 else None
