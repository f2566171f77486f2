"""IPsec tunnels by keyboard: set one up, its key is seen once; errors in words; the sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simtui.sandbox.records import NetworkRecord, TunnelRecord
from simtui.sandbox.tunnels import set_state
from simtui.store.drafts import Drafts
from simtui.ui.history import NetworkPlace, TunnelPlace
from simtui.ui.launcher import Launcher
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.save_dialog import SaveDialog
from simtui.ui.screens.tunnel import TunnelPage
from simtui.ui.screens.tunnels import TunnelsPage
from simtui.ui.workspace import Workspace
from tests.ui.acting_bench import writes
from tests.ui.app_bench import NOW, Bench, bench_in, lines, screen_text, until
from tests.ui.config_bench import at, body_of, dialog, fill, network_named, save, sent
from tests.ui.pages_bench import PagesBench

GOOD = {
    "name": "hq-amsterdam",
    "remote_gateway": "203.0.113.77",
    "remote_cidrs": "192.168.40.0/24",
    "psk": "Rather.Secret_99",
}


class KeepingBench(PagesBench):
    """It keeps a journal and the unsaved edits on the disk."""

    def workspace(self, launcher: Launcher | None = None) -> Workspace:
        made = super().workspace(launcher)
        folder = self.paths.state_dir / "prod.drafts"
        made.drafts = Drafts(folder, "here", self.clock, lambda error: None)
        return made


@pytest.fixture
def bench(tmp_path: Path) -> KeepingBench:
    plain = bench_in(tmp_path)
    return KeepingBench(plain.world, plain.faults, plain.clock, plain.paths, plain.credentials)


def tunnel_of(network: NetworkRecord, name: str) -> TunnelRecord:
    return next(one for one in network.tunnels.values() if one.settings["name"] == name)


def on_disk(bench: Bench) -> bytes:
    """Everything that was written down."""
    files = (file for file in bench.paths.state_dir.rglob("*") if file.is_file())
    return b"\n".join(file.read_bytes() for file in files)


def flowing(app) -> str:
    """What the screen says, without frames and line ends."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def tunnels_page(bench: Bench, app, pilot, name: str = "depots") -> TunnelsPage:
    await at(app, pilot, NetworkPlace(network_named(bench, name).network_id, "tunnels"))
    await until(pilot, lambda: isinstance(app.page, TunnelsPage) and bool(app.page.keys()))
    assert isinstance(app.page, TunnelsPage)
    return app.page


async def test_a_tunnel_is_set_up_with_a_generated_key_that_is_seen_once(
    bench: KeepingBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    network = network_named(bench, "depots")
    async with bench.running() as (app, pilot):
        page = await tunnels_page(bench, app, pilot)
        await pilot.press("n")
        await dialog(app, pilot, FormDialog)
        await pilot.press(*"hq-amsterdam", "tab", "tab", "tab", *"vpn.example.com")
        await pilot.press("ctrl+g")
        await pilot.pause()
        found = re.search(r"New key, shown only now: (\w{32})", screen_text(app))
        assert found is not None
        key = found[1]
        assert key not in repr(app.screen)
        await fill(app, pilot, remote_cidrs="192.168.40.0/24")
        await until(pilot, lambda: b"hq-amsterdam" in on_disk(bench))
        assert key.encode() not in on_disk(bench), "the draft is without it"

        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        assert key not in screen_text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "+ a pre-shared key (not shown)" in screen_text(app)
        assert "Both sides negotiate then, which takes minutes." in screen_text(app)
        assert key not in screen_text(app)
        await until(pilot, lambda: asked.ready)
        await pilot.press("escape")
        await dialog(app, pilot, FormDialog)
        assert "•" * 32 in screen_text(app)
        assert key not in screen_text(app), "it is not shown a second time"
        await pilot.press("ctrl+s")
        await save(app, pilot)

        (request,) = writes(bench)
        assert request.method == "POST"
        body = body_of(request)
        assert body["psk"] == key
        assert body["remoteGateway"] == "vpn.example.com"
        assert body["localCidrs"] == ["10.16.0.0/24"]
        assert body["remoteCidrs"] == ["192.168.40.0/24"]
        assert "✓ Created: IPsec tunnel hq-amsterdam of network depots" in lines(app)[-1]
        await until(pilot, lambda: len(page.keys()) == 3)
        assert "◌ negotiates" in screen_text(app)
        assert key not in screen_text(app)

        made = tunnel_of(network, "hq-amsterdam")
        await app.go(TunnelPlace(network.network_id, made.tunnel_id))
        await until(pilot, lambda: isinstance(app.screen, TunnelPage) and not app.screen.asking)
        assert key not in screen_text(app)
        await pilot.press("c")
        assert "IPsec tunnel hq-amsterdam of network depots" in app.clipboard
        assert key not in app.clipboard
        (entry,) = app.feed.store.journal.entries
        assert entry.intent.parameters["new_key"] is True
        assert key not in repr(entry)
        bench.pass_time(200)
        await until(pilot, lambda: made.state == "UP" and "● up" in screen_text(app))
    assert b"hq-amsterdam" in on_disk(bench)
    assert key.encode() not in on_disk(bench)
    assert not list(bench.paths.state_dir.rglob("*.draft.json")), "it is saved"
    assert key not in caplog.text


async def test_a_key_is_typed_hidden_and_an_undo_does_not_show_a_generated_one(
    bench: KeepingBench,
) -> None:
    async with bench.running() as (app, pilot):
        await tunnels_page(bench, app, pilot)
        await pilot.press("n")
        form = await fill(app, pilot, **{**GOOD, "psk": ""})
        await pilot.press("ctrl+g", "ctrl+z")
        await pilot.pause()
        assert form.answers["psk"] == ""
        assert "New key" not in screen_text(app)
        await fill(app, pilot, psk="")
        await pilot.press(*"Rather.Secret_99")
        assert form.answers["psk"] == "Rather.Secret_99"
        assert "•" * 16 in screen_text(app)
        assert "Rather" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TunnelsPage))
        assert "Kept unsaved" in lines(app)[-1]
        assert "a key is not kept" in lines(app)[-1]
        await until(pilot, lambda: b"hq-amsterdam" in on_disk(bench))
        assert b"Rather" not in on_disk(bench)

        await pilot.press("n")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["name"] == "hq-amsterdam"
        assert form.answers["psk"] == ""
        await pilot.press("ctrl+s")
        assert "A pre-shared key is missing" in screen_text(app)
        await fill(app, pilot, psk="Rather.Secret_99")
        await pilot.press("ctrl+s")
        await save(app, pilot)
        ((_, _, body),) = sent(bench)
        assert body["psk"] == "Rather.Secret_99"
        assert "Rather" not in screen_text(app)
    assert b"Rather" not in on_disk(bench)


REFUSED = [
    ("psk", "seven77", "8"),
    ("psk", "01234567", "begins with the digit zero"),
    ("psk", "with space", "letters"),
    ("remote_gateway", "vpn example.com", "blank"),
    ("remote_id", "vpn example.com", "blank"),
    ("remote_cidrs", "10.16.0.0/25", "pool"),
    ("remote_cidrs", "10.200.16.128/25", "scada-zwolle"),
    ("remote_cidrs", "192.168.1.1/24", "host bits"),
    ("local_cidrs", "10.99.0.0/24", "is not a pool of this network"),
]


async def test_what_cannot_be_is_refused_at_its_field_with_the_reason(bench: KeepingBench) -> None:
    async with bench.running() as (app, pilot):
        await tunnels_page(bench, app, pilot)
        await pilot.press("n")
        good = {**GOOD, "remote_id": "", "local_cidrs": "10.16.0.0/24"}
        form = await fill(app, pilot, **good)
        for field, wrong, reason in REFUSED:
            await fill(app, pilot, **{field: wrong})
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert app.screen is form, wrong
            row = next(one for one in form._rows if one.field.name == field)
            assert row.problem is not None, wrong
            assert reason in flowing(app), flowing(app)
            assert (wrong in screen_text(app)) is (field != "psk"), "a key is never shown"
            await fill(app, pilot, **{field: good[field]})
        await fill(app, pilot, phase1_lifetime="1800", phase2_lifetime="3600")
        await pilot.press("ctrl+s")
        assert "The 3600 s of phase 2 are not below the 1800 s of phase 1" in flowing(app)
        assert not writes(bench)


async def test_a_new_key_survives_a_conflict_and_stays_hidden(bench: KeepingBench) -> None:
    network = network_named(bench, "depots")
    tunnel = tunnel_of(network, "scada-zwolle")
    async with bench.running() as (app, pilot):
        page = await tunnels_page(bench, app, pilot)
        page.table.move_to(tunnel.tunnel_id)
        await pilot.press("e")
        await fill(app, pilot, psk="Rather.Secret_99")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        text = flowing(app)
        assert "+ another pre-shared key (not shown)" in text
        assert "Both sides negotiate anew, which takes minutes and interrupts the tunnel" in text
        tunnel.settings["description"] = "by anna"
        tunnel.version += 1
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await dialog(app, pilot, ConflictDialog)
        assert "Rather" not in screen_text(app)
        await pilot.press("m")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["description"] == "by anna"
        assert form.answers["psk"] == "Rather.Secret_99"
        assert "Rather" not in screen_text(app)
        await pilot.press("ctrl+s")
        await save(app, pilot)
        assert sent(bench)[-1][2] == {"psk": "Rather.Secret_99"}
        assert tunnel.psk_set_at == NOW
        assert tunnel.settings["description"] == "by anna"


async def test_a_name_is_changed_without_a_word_of_negotiation(bench: KeepingBench) -> None:
    tunnel = tunnel_of(network_named(bench, "depots"), "scada-zwolle")
    async with bench.running() as (app, pilot):
        page = await tunnels_page(bench, app, pilot)
        page.table.move_to(tunnel.tunnel_id)
        await pilot.press("e")
        await fill(app, pilot, name="scada")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        assert "negotiate" not in screen_text(app)
        await save(app, pilot)
        assert tunnel.state == "UP"
        assert sent(bench)[-1][2] == {"name": "scada"}


async def test_errors_are_told_in_words_and_followed_live(bench: KeepingBench) -> None:
    network = network_named(bench, "metering")
    tunnel = tunnel_of(network, "head-end")
    async with bench.running() as (app, pilot):
        await tunnels_page(bench, app, pilot, "metering")
        assert "● up" in screen_text(app)
        set_state(tunnel, "ERROR", NOW, "NO_PROPOSAL_CHOSEN")
        bench.clock.wake(16)  # nobody presses a key
        await until(pilot, lambda: "✗ error" in screen_text(app))
        text = flowing(app)
        assert "no proposal" in text
        assert "No combination of algorithms that we offer is one that the other side" in text
        assert "Compare: IKE version: IKEv2" in text

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TunnelPage))
        text = screen_text(app)
        assert "no proposal (NO_PROPOSAL_CHOSEN)" in text
        await pilot.press("c")
        copied = app.clipboard
        assert "IPsec tunnel head-end of network metering" in copied
        assert network.nat_public_address in copied
        assert "AES256" in copied
        assert "the key is not in it" in lines(app)[-1]

        await pilot.press("ctrl+d")
        await until(pilot, lambda: "cannot be deleted" in lines(app)[-1])
        await pilot.press("t")
        await dialog(app, pilot, SaveDialog)
        assert "~ enabled: on → off" in screen_text(app)
        assert "goes down" in screen_text(app)
        await save(app, pilot)
        assert sent(bench)[-1][2] == {"enabled": False}
        await until(pilot, lambda: "⊘ disabled" in screen_text(app))

        network.routes = [one for one in network.routes if one.tunnel_id != tunnel.tunnel_id]
        await pilot.press("r")
        await until(pilot, lambda: not app.page.asking)
        await pilot.press("ctrl+d")
        await save(app, pilot)
        assert not network.tunnels
        await until(pilot, lambda: "not there any more" in screen_text(app))
        await pilot.press("e", "t", "c", "escape")
        await until(pilot, lambda: isinstance(app.screen, TunnelsPage))
        assert "This network has no IPsec tunnel." in screen_text(app)


async def test_a_wide_terminal_has_two_columns_and_a_small_one_goes_on(
    bench: KeepingBench,
) -> None:
    network = network_named(bench, "charging")
    tunnel = tunnel_of(network, "ocpp-legacy")
    async with bench.running((120, 40)) as (app, pilot):
        await tunnels_page(bench, app, pilot, "charging")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TunnelPage))
        await until(pilot, lambda: any("─ State" in one and "─ Peers" in one for one in lines(app)))
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: not any("─ Peers" in one for one in lines(app)))
        assert "─ State" in screen_text(app)
        assert any(tunnel.settings["name"] in one for one in lines(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TunnelsPage))
        await until(pilot, lambda: "The other side has another" in lines(app)[-2])
