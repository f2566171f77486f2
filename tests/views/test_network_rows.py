"""Networks, their head, their pools and their leases as lines of text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from simtui.models import Apn, IpPool, Lease, Network, SessionSummary, Thing, ThingsGroup
from simtui.models.settings import NetworkSettings
from simtui.views.cell import Column, Row
from simtui.views.fleet_context import FleetContext
from simtui.views.network.head import facts_line, parts_line
from simtui.views.network.isolation import isolation_remark
from simtui.views.network.lease_rows import in_order, lease_columns, lease_counts, lease_row
from simtui.views.network.pool_rows import pool_columns, pool_line, pool_row
from simtui.views.network.rows import network_columns, network_row
from simtui.views.text import cell_width

POOL = IpPool("q1", "10.0.0.0/24", "10.0.0.1", 253, 31, 4, 222, is_default=True)
NETWORK = Network(
    "n1",
    "factory",
    apn=Apn("jpu.m2m"),
    ip_pools=(POOL,),
    nat_public_address="198.51.100.7",
    thing_count=1482,
)
HOSTILE = "fa\x1b[2J\u202ec"


def texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def joined(row: Row) -> str:
    return "".join(cell.text for cell in row)


@pytest.mark.parametrize("columns_of", [network_columns, pool_columns, lease_columns])
def test_the_columns_fit_into_80_cells_and_use_120(columns_of) -> None:
    for width in (80, 120):
        columns: tuple[Column, ...] = columns_of(width)
        # the gutter and the edge take 4 cells, a gap 2
        assert sum(one.width for one in columns) + 2 * (len(columns) - 1) + 4 <= width
        assert all(cell_width(one.title) <= one.width for one in columns)
    assert columns_of(120) != columns_of(80)


def test_a_network_as_a_row(context: FleetContext) -> None:
    row = network_row(NETWORK, network_columns(80), context)
    assert texts(row) == [
        "factory", "1,482", "1", "1", "█▒░░░░  12 %", "off", "198.51.100.7",
    ]  # fmt: skip
    odd = Network("n9", HOSTILE, thing_isolation=True)
    assert texts(network_row(odd, network_columns(80), context)) == [
        "fa\\x1b[2J\\u202ec", "–", "0", "0", "–", "on", "–",
    ]  # fmt: skip


def test_the_head_says_that_the_apn_is_fixed_and_why() -> None:
    wide = joined(facts_line(NETWORK, 120))
    assert "APN jpu.m2m, fixed: all accounts share it" in wide
    assert "isolation off: its Things reach each other" in wide
    isolated = facts_line(replace(NETWORK, thing_isolation=True), 120)
    assert "isolation on: its Things do not reach each other" in joined(isolated)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_the_head_fits_any_terminal(width: int, context: FleetContext) -> None:
    line = joined(facts_line(NETWORK, width))
    assert cell_width(line) <= width
    assert "isolation off" in line or width < 30
    counts = {"pools": 2, "routes": 3, "nat": 4, "tunnels": None}
    parts = joined(parts_line("n1", "nat", counts, context, max(width, 45)))
    assert parts.startswith(" pools 2 · routes 3 · ▸NAT 4 · IPsec –")
    assert cell_width(parts) <= max(width, 45)


def test_who_uses_a_network_stands_at_the_right(context: FleetContext) -> None:
    line = joined(parts_line("n1", "pools", {}, context, 100))
    assert line.endswith("used by 1 group, an unknown number of Things: depot-7 ")
    group = replace(context.groups["g1"], thing_count=0)
    counted = replace(context, groups={"g1": group})
    assert joined(parts_line("n1", "pools", {}, counted, 75)).endswith("1 group, no Things ")


def test_a_network_that_is_not_there(context: FleetContext) -> None:
    assert "not known here" in joined(facts_line(None, 80))


def test_a_pool_as_a_row_and_as_a_line() -> None:
    assert texts(pool_row(POOL, pool_columns(80))) == [
        "10.0.0.0/24", "default", "█▒░░░░  12 %", "4", "27", "222", "253",
    ]  # fmt: skip
    assert texts(pool_row(POOL, pool_columns(120)))[-1] == "10.0.0.1"
    assert pool_line(POOL) == "gateway 10.0.0.1 · 253 usable: █ 4 locked, ▒ 27 leased, ░ 222 free"
    untold = IpPool("q2", "10.0.1.0/24")
    assert texts(pool_row(untold, pool_columns(80)))[2:] == ["–"] * 5
    assert pool_line(untold) == "gateway – · its fill is not told"


def test_leases_are_in_the_order_of_their_numbers() -> None:
    addresses = ("10.0.0.10", "10.0.0.9", "odd", "9.0.0.1")
    leases = in_order(Lease(address, "t1") for address in addresses)
    assert [lease.address for lease in leases] == ["9.0.0.1", "10.0.0.9", "10.0.0.10", "odd"]
    assert lease_counts(leases, POOL) == "4 of 253 in use"
    assert lease_counts(leases, None) == "4 in use"


@pytest.mark.parametrize(
    ("lease", "text"),
    [
        (Lease("10.0.0.2", "t1", locked=True), "locked"),
        (Lease("10.0.0.2", "t1", lease_expires_at=timedelta(hours=3)), "in 3h"),
        (Lease("10.0.0.2", "t1", lease_expires_at=timedelta(hours=-3)), "over"),
        (Lease("10.0.0.2", "t1"), "–"),
    ],
)
def test_when_a_lease_ends(lease: Lease, text: str, now: datetime) -> None:
    if lease.lease_expires_at is not None:
        lease = replace(lease, lease_expires_at=now + lease.lease_expires_at)
    assert texts(lease_row(lease, None, lease_columns(80), now))[1] == text


def test_a_narrow_row_says_the_session_of_what_is_active(now: datetime) -> None:
    session = SessionSummary("ONLINE", now, now)
    thing = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", session=session)
    lease = Lease("10.0.0.2", "t1", locked=True)

    def status(thing: Thing | None) -> str:
        return texts(lease_row(lease, thing, lease_columns(80), now))[-1]

    assert status(thing) == "◉ online"
    assert status(replace(thing, state="SUSPENDED")) == "◐ susp."
    assert status(None) == "not known"
    assert texts(lease_row(lease, thing, lease_columns(120), now))[2:] == [
        "pump-12", "8931086200000000019", "● active", "◉ online",
    ]  # fmt: skip
    assert texts(lease_row(Lease("1", HOSTILE), None, lease_columns(80), now))[2] == (
        "Thing fa\\x1b[2J\\u202ec"
    )


def test_what_isolation_means_is_said_when_it_changes() -> None:
    off, on = NetworkSettings("n"), NetworkSettings("n", thing_isolation=True)
    assert "no longer reach each other" in isolation_remark(off, on)[0].text
    assert "reach each other again" in isolation_remark(on, off)[0].text
    assert "no longer reach each other" in isolation_remark(None, on)[0].text
    assert isolation_remark(on, on) == isolation_remark(None, off) == ()


def test_groups_are_counted_by_the_network_they_are_tied_to(context: FleetContext) -> None:
    groups = {f"g{n}": ThingsGroup(f"g{n}", f"g{n}", network_id="n1") for n in range(3)}
    row = network_row(NETWORK, network_columns(80), replace(context, groups=groups))
    assert texts(row)[2] == "3"
