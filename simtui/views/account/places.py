"""Where the service works: the APN of each network, and the coverage (contract §3.2, §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simtui.models import Network
from simtui.views.cell import Cell
from simtui.views.detail.section import Rows, Section
from simtui.views.network.apn import apn_name
from simtui.views.plan.wording import named, plural
from simtui.views.things.coverage import COUNTRIES, RADIO, RADIO_PLANNED

_FIXED: Final = "The platform gives the APN; nobody can change it."


def apn_section(networks: Iterable[Network]) -> Section:
    """One row an APN, with the networks that have it; safe to print."""
    names: dict[str, list[str]] = {}
    for one in sorted(networks, key=lambda one: one.name.casefold()):
        names.setdefault(_apn(one), []).append(one.name)
    if not names:
        return Section("APN", note=f"There is no network here yet. {_FIXED}")
    rows = [row for text, having in names.items() for row in _rows(text, having)]
    return Section("APN", tuple(rows), _FIXED)


def coverage_section() -> Section:
    """What the vendor states; a session elsewhere is marked OUT OF COVERAGE."""
    rows = (
        *((country, Cell(f"MCC {mcc}")) for mcc, country in COUNTRIES.items()),
        ("Radio", Cell(f"{RADIO}; {RADIO_PLANNED} is planned")),
        ("Elsewhere", Cell("no service: sessions there are marked OUT OF COVERAGE", "dim")),
    )
    return Section("Coverage", rows)


def _rows(text: str, networks: list[str]) -> Rows:
    word = plural(len(networks), "Network", "Networks")
    return (("APN", Cell(text)), (word, Cell(", ".join(map(named, networks)), "dim")))


def _apn(network: Network) -> str:
    apn = network.apn
    if apn is None or not apn.name:
        return "not told"
    user = f", user {named(apn.user_name)}" if apn.user_name else ""
    shared = "shared by all accounts" if apn.shared else "of this account alone"
    return f"{apn_name(network)}{user}, fixed, {shared}"
