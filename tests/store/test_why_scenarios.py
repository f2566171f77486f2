"""Every scenario of the sandbox, asked over the API: the ladder names what is really wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.scenarios.play import play
from simtui.sandbox.token import Credentials
from simtui.views.why.words import why_text
from tests.ui.app_bench import NOW, Bench, bench_in
from tests.why_bench import THINGS, assert_right, find_out


def bench_of(folder: Path, things: int, seed: int) -> Bench:
    plain = bench_in(folder)
    world = build_world(things=things, seed=seed, fresh=False, clock=WorldClock(NOW, rate=0))
    return Bench(world, plain.faults, plain.clock, plain.paths, Credentials(world))


@pytest.mark.parametrize(("things", "seed"), [(THINGS, 7), (2000, 1), (2000, 4)])
@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_right_cause_is_named(tmp_path: Path, name: str, things: int, seed: int) -> None:
    bench = bench_of(tmp_path, things, seed)
    record = play(bench.world, bench.faults, name, NOW)
    _, diagnosis, _ = await find_out(bench, record.thing_id)
    assert_right(diagnosis, SCENARIOS[name].truth)


@pytest.mark.parametrize("name", SCENARIOS)
async def test_it_stays_right_while_the_world_goes_on(tmp_path: Path, name: str) -> None:
    """Half an hour later; what is stale by then is not known any more, and never another cause."""
    bench = bench_of(tmp_path, THINGS, 7)
    record = play(bench.world, bench.faults, name, NOW)
    bench.world.clock.advance(1_800)
    bench.clock.advance(1_800)
    _, diagnosis, _ = await find_out(bench, record.thing_id)
    if name == "suspended-by-colleague":
        assert "suspended" in diagnosis.sentence
    else:
        assert_right(diagnosis, SCENARIOS[name].truth)


async def test_without_ext_endpoints_what_needs_them_is_not_known(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, THINGS, 7)
    record = play(bench.world, bench.faults, "data-limit", NOW)
    bench.faults.switch_on("ext-absent")
    _, diagnosis, _ = await find_out(bench, record.thing_id)
    assert diagnosis.conclusion == "UNKNOWN"
    assert "Services, limits" in diagnosis.sentence
    assert all("not offered" not in rung.cause for rung in diagnosis.rungs)


async def test_the_ticket_has_every_check_with_its_age(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, THINGS, 7)
    record = play(bench.world, bench.faults, "tunnel-down", NOW)
    thing, diagnosis, context = await find_out(bench, record.thing_id)
    text = "\n".join(why_text(thing, diagnosis, context.now))
    assert record.iccid in text
    assert "[✗ fail] Path: " in text
    assert "as of 2026-11-22 03:12:05Z, now" in text
    assert all(f"] {rung.name}: " in text for rung in diagnosis.rungs)
    assert "PSK_MISMATCH" in text
