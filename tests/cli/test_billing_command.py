"""``simtui billing`` against the sandbox, over a real loopback socket."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer

THINGS = 300  # a report by Thing takes a job
FAST = 60.0
"""World seconds in a real one: nobody wants to wait for the job."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    clock = WorldClock(rate=FAST)
    with LiveServer(build_world(things=THINGS, seed=7, fresh=False, clock=clock)) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


@pytest.fixture(scope="module")
def last_month(server: LiveServer) -> str:
    """A cycle that is closed, so that it is the same each time."""
    from simtui.sandbox.cycles import cycle_at

    return cycle_at(server.world.clock.now(), server.world.time_zone).previous().cycle_id


def group_of(server: LiveServer, name: str) -> str:
    return next(one.group_id for one in server.world.groups.values() if one.name == name)


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_the_open_cycle_for_people(simtui) -> None:
    ended = simtui("billing")
    assert (ended.code, ended.err) == (0, "")
    head, net, end, charged, _, titles, *_ = ended.out.splitlines()
    assert " open · " in head
    assert " EUR so far = subscriptions " in net
    assert "estimate" in end
    assert "Things charged" in charged
    assert titles.split() == ["WHAT", "QUANTITY", "UNIT", "UNIT", "PRICE", "AMOUNT"]
    assert "\x1b" not in ended.out


def test_csv_of_a_closed_cycle_by_thing_has_the_lines_of_the_job(
    simtui, server: LiveServer, last_month: str
) -> None:
    ended = simtui("billing", "--cycle", last_month, "--group-by", "THING", "--csv")
    assert (ended.code, ended.err) == (0, "")
    found = rows(ended.out)
    assert {row["cycle_id"] for row in found} == {last_month}
    assert {row["cycle_status"] for row in found} == {"CLOSED"}
    for row in found:
        thing = server.world.things[row["thing_id"]]
        assert row["iccid"] == thing.iccid
        assert row["group_name"] == server.world.groups[thing.group_id].name
        price, quantity = Decimal(row["unit_price"]), Decimal(row["quantity"])
        assert abs(price * quantity - Decimal(row["amount"])) <= Decimal("0.005")


def test_json_has_totals_and_lines(simtui, last_month: str) -> None:
    ended = simtui("billing", "--cycle", last_month, "--group-by", "things_group", "--json")
    told = json.loads(ended.out)
    amounts = [Decimal(line["amount"]) for line in told["lines"]]
    assert sum(amounts) == Decimal(told["totals"]["net"])
    assert told["cycle"]["status"] == "CLOSED"
    assert all(line["group_name"] for line in told["lines"])


def test_a_group_and_a_thing(simtui, server: LiveServer, last_month: str) -> None:
    group = simtui("billing", "--scope", "group:depot-7", "--cycle", last_month, "--csv")
    assert {row["scope_id"] for row in rows(group.out)} == {group_of(server, "depot-7")}
    thing = next(one for one in server.world.things.values() if one.state == "ACTIVE")
    ended = simtui("billing", "--scope", f"thing:{thing.iccid}", "--group-by", "day", "--csv")
    assert {row["scope_id"] for row in rows(ended.out)} == {thing.thing_id}
    assert all(row["date"] for row in rows(ended.out))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--scope", "fleet"), 2, "account, group:NAME or thing:ICCID"),
        (("--scope", "group:"), 2, "account, group:NAME or thing:ICCID"),
        (("--scope", "group:depot-77"), 2, "Did you mean depot-7"),
        (("--scope", "thing:123"), 2, "ICCID"),
        (("--scope", "thing:89310860200000999999"), 2, "ICCID"),
        (("--group-by", "COLOUR"), 2, "invalid choice"),
        (("--cycle", "1999-01"), 4, "1999-01"),
        (("--csv", "--json"), 2, "not allowed with"),
    ],
)
def test_what_cannot_be_asked(simtui, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = simtui("billing", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


@pytest.mark.parametrize("level", ["OPERATOR", "NETWORK_MANAGER"])
def test_a_level_without_the_bill_is_told_which_one_has_it(simtui, sign_in, level: str) -> None:
    sign_in(level)
    ended = simtui("billing")
    assert (ended.code, ended.out) == (4, "")
    assert f"needs READ_ONLY or BILLING or ADMINISTRATOR; your level is {level}" in ended.err


@pytest.mark.parametrize("level", ["BILLING", "READ_ONLY"])
def test_a_level_with_the_bill(simtui, sign_in, level: str, last_month: str) -> None:
    sign_in(level)
    ended = simtui("billing", "--cycle", last_month, "--group-by", "DAY")
    assert ended.code == 0
    assert "closed" in ended.out
