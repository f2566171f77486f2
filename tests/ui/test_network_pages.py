"""Networks by keyboard: make one, its pools, its leases, isolate it, and what is refused."""

from __future__ import annotations

import json
from functools import partial

import httpx
from textual.widgets import Static

from simtui.sandbox.records import NetworkRecord
from simtui.ui.history import LeasesPlace, NetworkPlace, NetworksPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.leases import LeasesPage
from simtui.ui.screens.nat import NatPage
from simtui.ui.screens.networks import NetworksPage
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.ui.screens.pools import PoolsPage
from simtui.ui.screens.routes import RoutesPage
from simtui.ui.screens.save_dialog import SaveDialog
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.tunnels import TunnelsPage
from tests.ui.acting_bench import planned, settled, writes
from tests.ui.app_bench import Bench, lines, screen_text, until
from tests.ui.config_bench import at, dialog, fill, network_named, save, sent


def flowing(app) -> str:
    """What a dialog says, without its frame and its line ends."""
    return " ".join(screen_text(app).replace("│", " ").split())


def pool_id(network: NetworkRecord) -> str:
    return next(iter(network.pools))


async def pools_page(app, pilot, network: NetworkRecord) -> PoolsPage:
    await at(app, pilot, NetworkPlace(network.network_id))
    await until(pilot, lambda: isinstance(app.page, PoolsPage) and bool(app.page.keys()))
    return app.page


async def leases_page(app, pilot, network: NetworkRecord) -> LeasesPage:
    await at(app, pilot, LeasesPlace(network.network_id, pool_id(network)))
    await until(pilot, lambda: isinstance(app.page, LeasesPage) and bool(app.page.keys()))
    return app.page


async def refused(app, pilot, cidr: str, why: str) -> None:
    """The field says why, and the form stays."""
    form = await fill(app, pilot, cidr=cidr)
    await pilot.press("enter")
    await until(pilot, lambda: why in str(form.query_one("#form-problem", Static).content))
    assert app.screen is form


def is_at(app, page: type, title: str) -> bool:
    return isinstance(app.page, page) and title in lines(app)[3]


async def test_a_network_and_a_pool_in_it_are_made_and_deleted(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await at(app, pilot, NetworksPlace())
        await until(pilot, lambda: "buildings" in screen_text(app))
        row = next(line for line in lines(app) if "metering" in line)
        assert "%  on " in row and "198.51.100.131" in row
        await pilot.press("n")
        await dialog(app, pilot, FormDialog)
        assert "is fixed: all accounts share it" in flowing(app)
        await fill(app, pilot, name="use case", isolation="on")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        assert "Things of this network no longer reach each other" in flowing(app)
        await save(app, pilot)
        await until(pilot, lambda: "use case" in "\n".join(lines(app)[:-1]))
        made = network_named(bench, "use case")
        assert made.thing_isolation

        app.page.table.move_to(made.network_id)
        await pilot.press("enter")
        await until(pilot, lambda: "This network has no IP pool." in screen_text(app))
        await pilot.press("n")
        await fill(app, pilot, cidr="10.96.0.0/24")
        assert "253 addresses for Things" in screen_text(app)
        await pilot.press("enter")
        await save(app, pilot)
        await until(pilot, lambda: "▸pools 1" in screen_text(app))
        assert "10.96.0.0/24" in lines(app)[5] and "default" in lines(app)[5]
        assert "gateway 10.96.0.1 · 253 usable" in lines(app)[-2]

        await pilot.press("ctrl+d")
        await save(app, pilot)
        await until(pilot, lambda: "▸pools 0" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.page, NetworksPage))
        app.page.table.move_to(made.network_id)
        await pilot.press("ctrl+d")
        await save(app, pilot)
        assert [(method, body) for method, _, body in sent(bench)] == [
            ("POST", {"name": "use case", "description": "", "thingIsolation": True}),
            ("POST", {"cidr": "10.96.0.0/24"}),
            ("DELETE", None),
            ("DELETE", None),
        ]
        assert made.network_id not in bench.world.networks


async def test_addresses_that_cannot_be_a_pool_are_refused_at_the_field(bench: Bench) -> None:
    depots = network_named(bench, "depots")
    async with bench.running() as (app, pilot):
        await pools_page(app, pilot, depots)
        await pilot.press("n")
        await refused(app, pilot, "10.96.0.1/24", "has host bits set")
        await refused(app, pilot, "10.0.0.0/8", "/16")
        await refused(app, pilot, "10.96.0.0/30", "/29")
        await refused(app, pilot, "8.8.8.0/24", "private")
        await refused(app, pilot, "10.16.0.128/25", "overlaps the pool 10.16.0.0/24")
        await refused(app, pilot, "10.200.16.0/24", "overlaps")
        assert not writes(bench)


async def test_a_pool_is_resized_but_not_below_what_is_in_use(bench: Bench) -> None:
    network = network_named(bench, "depots")
    pool = network.pools[pool_id(network)]
    async with bench.running() as (app, pilot):
        await pools_page(app, pilot, network)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: "cannot be deleted" in lines(app)[-1])
        await pilot.press("e")
        await refused(app, pilot, "10.16.0.0/29", "in use would not be usable any more")
        await fill(app, pilot, cidr="10.16.0.0/23")
        await pilot.press("enter")
        await dialog(app, pilot, SaveDialog)
        assert "10.16.0.0/24 → 10.16.0.0/23" in flowing(app)
        await save(app, pilot)
        await until(pilot, lambda: "10.16.0.0/23" in lines(app)[5])
        assert pool.cidr == "10.16.0.0/23"
        (write,) = writes(bench)
        assert json.loads(write.content) == {"cidr": "10.16.0.0/23"}
        assert write.headers["if-match"] == '"v1"'


async def test_no_more_pools_than_the_account_may_have(bench: Bench) -> None:
    network = network_named(bench, "charging")
    async with bench.running() as (app, pilot):
        await pools_page(app, pilot, network)
        known = app.feed.context.networks[network.network_id]
        assert known.limits is not None and known.limits.ip_pools is not None
        own = network.pools[pool_id(network)]
        for number in range(known.limits.ip_pools - 1):
            name = f"x{number}"
            network.pools[name] = type(own)(name, f"10.97.{number}.0/24", is_default=False)
        await pilot.press("r")
        await until(pilot, lambda: f"▸pools {known.limits.ip_pools}" in screen_text(app))
        await pilot.press("n")
        await refused(app, pilot, "10.98.0.0/24", "Ask KPN for an extension")
        assert not writes(bench)


async def test_isolating_a_network_is_one_field_of_it_at_the_version_that_was_seen(
    bench: Bench,
) -> None:
    network = network_named(bench, "depots")
    async with bench.running() as (app, pilot):
        await pools_page(app, pilot, network)
        assert "isolation off" in lines(app)[2]
        await pilot.press("I")
        await dialog(app, pilot, SaveDialog)
        text = flowing(app)
        assert "~ isolation: off → on" in text
        assert "no longer reach each other; everything else goes on" in text
        assert "in 5 groups" in text
        await save(app, pilot)
        await until(pilot, lambda: "isolation on" in lines(app)[2])
        (write,) = writes(bench)
        assert (write.method, json.loads(write.content)) == ("PATCH", {"thingIsolation": True})
        assert write.headers["if-match"] == '"v1"'
        await pilot.press("E")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["isolation"] == "on"


async def test_tab_goes_through_the_parts_and_back_leads_out(bench: Bench) -> None:
    network = network_named(bench, "depots")
    async with bench.running() as (app, pilot):
        await at(app, pilot, NetworksPlace())
        await pools_page(app, pilot, network)
        head = " ▸pools 1 · routes 4 · NAT 4 · IPsec 2"
        await until(pilot, lambda: lines(app)[3].startswith(head))
        assert "used by 5 groups" in lines(app)[3]
        for page, title in (
            (RoutesPage, "▸routes 4"),
            (NatPage, "▸NAT 4"),
            (TunnelsPage, "▸IPsec 2"),
            (PoolsPage, "▸pools 1"),
        ):
            await pilot.press("tab")
            await until(pilot, partial(is_at, app, page, title))
        await pilot.press("shift+tab")
        await until(pilot, lambda: isinstance(app.page, TunnelsPage))
        await pilot.press("u")
        await dialog(app, pilot, PickDialog)
        assert "depot-7" in screen_text(app)
        await pilot.press("escape")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.page, NetworksPage))


async def test_a_network_that_is_used_stays(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await at(app, pilot, NetworksPlace())
        await until(pilot, lambda: "buildings" in screen_text(app))
        await pilot.press("ctrl+d")
        await until(pilot, lambda: "Network buildings cannot be deleted" in lines(app)[-1])
        assert not writes(bench)


async def test_an_address_is_locked_and_unlocked_from_the_lease_list(bench: Bench) -> None:
    network = network_named(bench, "charging")
    async with bench.running() as (app, pilot):
        await pools_page(app, pilot, network)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.page, LeasesPage) and bool(app.page.keys()))
        page = app.page
        assert "in use" in lines(app)[0]
        leases = page._leases
        addresses = [tuple(map(int, address.split("."))) for address in leases]
        assert addresses == sorted(addresses)
        active = next(
            address
            for address, lease in leases.items()
            if (thing := app.feed.thing(lease.thing_id))
            and thing.state == "ACTIVE"
            and not lease.locked
        )
        thing = bench.world.things[page._leases[active].thing_id]
        page.table.move_to(active)
        await pilot.press("t")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        await until(pilot, lambda: page._leases[active].locked)
        assert (thing.ip_locked, thing.ip_address) == (True, active)
        await until(pilot, lambda: app.feed.thing(thing.thing_id).ip.locked)
        await until(pilot, lambda: app.screen is page)
        assert active in next(line for line in lines(app) if "▌" in line)
        assert "locked" in next(line for line in lines(app) if "▌" in line)
        await pilot.press("t")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        await until(pilot, lambda: not page._leases[active].locked)
        assert not thing.ip_locked
        await until(pilot, lambda: app.screen is page)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.page, ThingPage))


async def test_an_address_of_a_thing_that_is_not_known_here(bench: Bench) -> None:
    network = network_named(bench, "charging")

    def leases(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/leases"):
            return None
        lease = {"address": "10.48.0.9", "thingId": "t_\x1b", "locked": False}
        page = {"items": [lease], "offset": 0, "limit": 500, "total": 1}
        return httpx.Response(200, json=page)

    bench.cable.instead = leases
    async with bench.running() as (app, pilot):
        await leases_page(app, pilot, network)
        assert "Thing t_\\x1b" in lines(app)[3]
        for key in ("t", "a"):
            await pilot.press(key)
            await until(pilot, lambda: "not in the list as it is known here" in lines(app)[-1])
            assert app.screen is app.page
        assert not writes(bench)


async def test_an_empty_pool_and_an_error_say_so(bench: Bench) -> None:
    network = network_named(bench, "charging")
    own = network.pools[pool_id(network)]
    network.pools["x1"] = type(own)("x1", "10.97.0.0/24", is_default=False)
    async with bench.running() as (app, pilot):
        await at(app, pilot, LeasesPlace(network.network_id, "x1"))
        await until(pilot, lambda: "No Thing has an address of this pool." in screen_text(app))
        page = await leases_page(app, pilot, network)
        shown = page.keys()
        bench.cable.cut()
        await pilot.press("r")
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert page.keys() == shown, "what was there stays"


async def test_a_small_terminal_shows_all_of_them(bench: Bench) -> None:
    network = network_named(bench, "depots")
    async with bench.running(size=(40, 10)) as (app, pilot):
        await at(app, pilot, NetworksPlace())
        await until(pilot, lambda: "buildings" in screen_text(app))
        await pools_page(app, pilot, network)
        await until(pilot, lambda: "10.16.0.0/24" in screen_text(app))
        await pilot.press("n")
        await dialog(app, pilot, FormDialog)
        await pilot.press("escape")
        await leases_page(app, pilot, network)
        await until(pilot, lambda: "10.16.0." in screen_text(app))
