"""Port forwarding by keyboard: add a rule and lock the address, what is refused, what is wrong."""

from __future__ import annotations

import pytest

from simtui.sandbox.addressing import drop_lock, lock_address, release_address
from simtui.sandbox.records import NatRuleRecord, NetworkRecord, ThingRecord
from simtui.ui.history import NetworkPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.nat import NatPage
from simtui.ui.screens.save_dialog import SaveDialog, Stage
from tests.ui.acting_bench import writes
from tests.ui.app_bench import Bench, lines, screen_text, until
from tests.ui.config_bench import at, dialog, fill, network_named, save, sent


def thing_named(bench: Bench, name: str) -> ThingRecord:
    return next(one for one in bench.world.things.values() if one.name == name)


def depots(bench: Bench) -> NetworkRecord:
    """A network with an unlocked pump-1, and four rules: the second one's Thing is retired."""
    return network_named(bench, "depots")


def rule_to(bench: Bench, state: str) -> NatRuleRecord:
    rules = depots(bench).nat_rules.values()
    return next(one for one in rules if bench.world.things[one.thing_id].state == state)


def flowing(app) -> str:
    """What a dialog says, without its frame and its line ends."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def nat_page(bench: Bench, app, pilot) -> NatPage:
    await at(app, pilot, NetworkPlace(depots(bench).network_id, "nat"))
    await until(pilot, lambda: isinstance(app.page, NatPage) and bool(app.page.keys()))
    assert isinstance(app.page, NatPage)
    return app.page


async def test_a_rule_is_added_by_keyboard_and_the_address_is_locked_first(bench: Bench) -> None:
    pump, network = thing_named(bench, "pump-1"), depots(bench)
    assert not pump.ip_locked
    async with bench.running() as (app, pilot):
        page = await nat_page(bench, app, pilot)
        ports = [rule.public_ports for rule in page.items.values()]
        assert ports == ["20000", "20001", "20002", "20003"]
        await pilot.press("n")
        await dialog(app, pilot, FormDialog)
        await pilot.press(*"ssh", "tab", *"pump-1", "enter")
        assert "the address of pump-1 is not locked: it will be locked first" in screen_text(app)
        await pilot.press("enter", *"8080", "tab", *"22", "tab")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        text = screen_text(app)
        assert f"+ first: lock {pump.ip_address} to pump-1" in text
        assert "+ Thing: pump-1" in text
        assert f"TCP {network.nat_public_address}:8080 → pump-1, {pump.ip_address}:22" in text
        assert "open to the whole Internet" in text
        assert not writes(bench)

        await save(app, pilot)
        assert sent(bench) == [
            ("PUT", f"/things/{pump.thing_id}/ip-lock", {"ipAddress": pump.ip_address}),
            (
                "POST",
                f"/networks/{network.network_id}/nat-rules",
                {
                    "name": "ssh",
                    "protocol": "TCP",
                    "publicPorts": "8080",
                    "privatePorts": "22",
                    "thingId": pump.thing_id,
                    "allowedSources": ["0.0.0.0/0"],
                    "enabled": True,
                },
            ),
        ]
        assert pump.ip_locked
        assert "✓ Created: NAT rule ssh of network depots" in lines(app)[-1]
        await until(pilot, lambda: len(page.keys()) == 5)
        entries = app.feed.store.journal.entries
        assert [(one.intent.batch, one.intent.batches) for one in entries] == [(1, 2), (2, 2)]
        assert len({one.intent.operation for one in entries}) == 1, "they are one operation"


async def test_a_rule_of_a_thing_that_is_locked_sends_nothing_first(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await nat_page(bench, app, pilot)
        await pilot.press("n")
        await fill(
            app, pilot, thing="pump-4", protocol="UDP", public_ports="8000-8010",
            sources="192.0.2.0/24", expires="2h",
        )  # fmt: skip
        assert "not locked" not in screen_text(app)
        assert "open to the whole Internet" not in screen_text(app)
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        assert "first:" not in screen_text(app)
        await save(app, pilot)
        ((method, _, body),) = sent(bench)
        assert method == "POST"
        assert body["privatePorts"] == "8000-8010"
        assert body["expiresAt"].startswith("2026-11-22T05:12")


REFUSED = [
    ("public_ports", "20000", "TCP 20000 is taken by NAT rule modbus pump-4"),
    ("public_ports", "500", "1024"),
    ("public_ports", "0", "0"),
    ("public_ports", "8010-8000", "8000-8010"),
    ("private_ports", "22-23", "1 public port cannot lead to 2 private ones"),
    ("sources", "192.0.2.1/24", "host bits"),
    ("expires", "2020-01-01 10:00", "is not in the future"),
]


async def test_what_the_server_would_refuse_is_refused_at_its_field(bench: Bench) -> None:
    world = bench.world
    elsewhere = next(
        one
        for one in world.things.values()
        if one.ip_address
        and world.groups[one.group_id].network_id != depots(bench).network_id
        and one.state != "RETIRED"
    )
    retired = bench.world.things[rule_to(bench, "RETIRED").thing_id]
    good = {"thing": "pump-1", "protocol": "TCP", "public_ports": "8080", "private_ports": "22"}
    good |= {"sources": "192.0.2.0/24", "expires": ""}
    cases = [
        *REFUSED,
        ("thing", elsewhere.iccid, "is in network"),
        ("thing", retired.iccid, "is retired"),
        ("thing", "nobody", "There is no one Thing “nobody”"),
    ]
    async with bench.running() as (app, pilot):
        await nat_page(bench, app, pilot)
        await pilot.press("n")
        form = await fill(app, pilot, **good)
        for field, wrong, reason in cases:
            await fill(app, pilot, **{field: wrong})
            await pilot.press("ctrl+s")
            assert app.screen is form, wrong
            row = next(one for one in form._rows if one.field.name == field)
            assert row.problem is not None, wrong
            assert reason in str(row.problem), wrong
            assert f"✗ {row.field.label}" in screen_text(app)
            await fill(app, pilot, **{field: good[field]})
        await fill(app, pilot, protocol="UDP", public_ports="4500")
        await pilot.press("ctrl+s")
        assert app.screen is form
        assert "4500" in screen_text(app).split("✗", 1)[1]
        assert not writes(bench)


async def test_a_lock_that_is_refused_sends_no_rule_and_loses_nothing(bench: Bench) -> None:
    pump, other = thing_named(bench, "pump-1"), thing_named(bench, "pump-3")
    async with bench.running() as (app, pilot):
        await nat_page(bench, app, pilot)
        await pilot.press("n")
        await fill(app, pilot, name="ssh", thing="pump-1", public_ports="8080")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        taken = pump.ip_address
        release_address(bench.world, pump)  # meanwhile somebody else gets the address
        lock_address(bench.world, other, taken)
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await until(pilot, lambda: asked.stage is Stage.REFUSED)
        assert f"{taken} is held by another Thing" in flowing(app)
        assert [method for method, _, _ in sent(bench)] == ["PUT"]
        assert len(depots(bench).nat_rules) == 4

        await pilot.press("escape")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["name"] == "ssh"
        assert form.answers["thing"] == "pump-1"
        assert form.answers["public_ports"] == "8080"


async def test_what_is_wrong_with_a_rule_is_said_below_the_table(bench: Bench) -> None:
    rule, well = rule_to(bench, "RETIRED"), rule_to(bench, "ACTIVE")
    groups = bench.world.groups.values()
    far = next(one for one in groups if one.network_id != depots(bench).network_id)
    async with bench.running() as (app, pilot):
        page = await nat_page(bench, app, pilot)
        assert lines(app)[-3].strip() == "", "nothing is wrong with the first one"
        await pilot.press("j")
        await pilot.pause()
        assert "is retired: nothing answers there" in lines(app)[-3]
        assert "retired" in lines(app)[6]
        await pilot.press("j")
        await pilot.pause()
        assert "it is open to the whole Internet" in lines(app)[-3]

        bench.world.things[well.thing_id].group_id = far.group_id
        bench.world.touch(bench.world.things[well.thing_id], bench.clock.now(), "x@example.com")
        app.feed.refresh()
        await pilot.press("home")
        await until(pilot, lambda: "has moved to network" in lines(app)[-3])
        assert "moved" in lines(app)[5]

        page.table.move_to(rule.nat_rule_id)
        await pilot.press("t")
        await dialog(app, pilot, SaveDialog)
        assert "~ enabled: on → off" in screen_text(app)
        assert "first:" not in screen_text(app), "a retired Thing is not locked"
        await save(app, pilot)
        assert not rule.enabled
        await until(pilot, lambda: "it is switched off" in lines(app)[-3])
        await pilot.press("t")
        await until(pilot, lambda: "is retired" in lines(app)[-1])
        assert not isinstance(app.screen, SaveDialog), "it cannot be switched on again"
        assert [method for method, _, _ in sent(bench)] == ["PATCH"]


async def test_a_rule_that_is_switched_on_again_has_the_address_locked_first(bench: Bench) -> None:
    rule = rule_to(bench, "ACTIVE")
    thing = bench.world.things[rule.thing_id]
    rule.enabled = False
    drop_lock(bench.world, thing)
    async with bench.running() as (app, pilot):
        page = await nat_page(bench, app, pilot)
        page.table.move_to(rule.nat_rule_id)
        await until(pilot, lambda: "is not locked: it can change" in lines(app)[-3])
        await pilot.press("t")
        await dialog(app, pilot, SaveDialog)
        assert f"+ first: lock {thing.ip_address} to {thing.name}" in screen_text(app)
        assert "~ enabled: off → on" in screen_text(app)
        await save(app, pilot)
        assert [method for method, _, _ in sent(bench)] == ["PUT", "PATCH"]
        assert rule.enabled
        assert thing.ip_locked


async def test_a_rule_is_changed_and_deleted_after_the_difference(bench: Bench) -> None:
    rule = next(iter(depots(bench).nat_rules.values()))
    path = f"/networks/{depots(bench).network_id}/nat-rules/{rule.nat_rule_id}"
    async with bench.running() as (app, pilot):
        page = await nat_page(bench, app, pilot)
        await pilot.press("enter")
        await fill(app, pilot, private_ports="503")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        assert "~ private ports: 502 → 503" in screen_text(app)
        await save(app, pilot)
        await pilot.press("ctrl+d")
        await dialog(app, pilot, SaveDialog)
        assert "- Thing: pump-4" in screen_text(app)
        await save(app, pilot)
        assert sent(bench) == [("PATCH", path, {"privatePorts": "503"}), ("DELETE", path, None)]
        await until(pilot, lambda: len(page.keys()) == 3)


@pytest.mark.parametrize("size", [(40, 10), (120, 40)])
async def test_it_can_be_used_on_every_terminal(bench: Bench, size: tuple[int, int]) -> None:
    async with bench.running(size) as (app, pilot):
        await nat_page(bench, app, pilot)
        await pilot.press("j")
        await pilot.pause()
        below = lines(app)[-2] if size[1] < 20 else lines(app)[-3]
        assert "is retired" in below
        assert any(line.startswith("▌") for line in lines(app))


async def test_a_network_without_rules_says_what_to_do(bench: Bench) -> None:
    network = network_named(bench, "metering")
    async with bench.running() as (app, pilot):
        await at(app, pilot, NetworkPlace(network.network_id, "nat"))
        await until(pilot, lambda: "No port is forwarded into this network." in screen_text(app))
        assert "t on/off" not in lines(app)[-1]
        await pilot.press("e", "t", "ctrl+d")
        await pilot.pause()
        assert isinstance(app.screen, NatPage)
