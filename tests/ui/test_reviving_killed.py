"""A revive that is killed and gone on with: nothing is sent twice, and time passed counts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simtui.models.runbook import Revival, ReviveStep, StepState
from tests.ui.runbook_bench import Program, RunbookBench, nothing_is_left_to_chance, runbook_bench

ALL = ("session", "device", "dead", "unseen")
RESETS, MESSAGES = "CONNECTION_RESET", "SEND_SMS"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_left_to_chance(monkeypatch)


@pytest.fixture
def bench(tmp_path: Path) -> RunbookBench:
    return runbook_bench(tmp_path)


@pytest.fixture
async def program(bench: RunbookBench) -> AsyncIterator[Program]:
    program = Program(bench)
    yield program
    await program.close()


def bulks(bench: RunbookBench) -> list[dict[str, object]]:
    return [json.loads(request.content) for request in bench.sent]


async def next_program(bench: RunbookBench) -> Program:
    bench.process += 1
    program = Program(bench)
    await program.start()
    program.go_on()
    return program


@pytest.mark.parametrize("lost_run_file", [False, True])
async def test_killed_right_after_the_reset_left_it_is_not_sent_again(
    bench: RunbookBench, lost_run_file: bool
) -> None:
    """The run on the disk may be of the moment before the answer came."""
    records = [bench.strike("session"), bench.strike("device")]
    bench.pass_time(3600)
    first = Program(bench)
    await first.start()
    first.revive(records)
    await first.until(lambda: len(bench.sent) == 1)
    if lost_run_file:
        first.runs._folder = None
    await first.until(lambda: first.run.step(ReviveStep.LOOK).state == StepState.OFFERED)
    await first.runs.close()
    await first.kill()
    again = await next_program(bench)
    expected = StepState.OFFERED if lost_run_file else StepState.DONE
    assert again.run.step(ReviveStep.RESET).state == expected
    run = await again.to_its_end()
    assert [one["action"] for one in bulks(bench)[:1]] == [RESETS]
    assert [request.url.path.rsplit("/", 1)[1] for request in bench.sent] == ["bulk-actions", "sms"]
    assert [one.revival for one in run.things] == [
        Revival.BACK_AFTER_RESET,
        Revival.BACK_AFTER_SMS,
    ]
    await again.close()


async def test_killed_before_anything_left_it_is_sent_when_it_goes_on(
    bench: RunbookBench,
) -> None:
    records = [bench.strike("session"), bench.strike("session")]
    bench.pass_time(3600)
    first = Program(bench)
    await first.start()
    release = bench.cable.hold(lambda request: request.url.path.endswith("/things"))
    first.revive(records)
    await first.until(lambda: True)
    await first.runs.close()
    await first.kill()
    release()
    assert bench.sent == []
    again = await next_program(bench)
    run = await again.to_its_end()
    assert len(bench.sent) == 1
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_RESET] * 2
    await again.close()


async def test_time_that_passed_while_nobody_was_there_counts(bench: RunbookBench) -> None:
    records = [bench.strike("device"), bench.strike("dead")]
    bench.pass_time(3600)
    first = Program(bench)
    await first.start()
    first.revive(records)
    await first.until(lambda: first.run.step(ReviveStep.VERIFY).state == StepState.OFFERED)
    await first.runs.close()
    await first.kill()
    bench.pass_time(1800)
    again = await next_program(bench)
    begun = bench.clock.now()
    run = await again.to_its_end()
    assert run.ended
    assert (bench.clock.now() - begun).total_seconds() < 60
    assert again.of(records[0]).revival == Revival.BACK_AFTER_SMS
    assert len(bench.sent) == 2
    await again.close()


async def test_killed_between_the_sms_and_its_answer_it_is_not_sent_again(
    bench: RunbookBench,
) -> None:
    records = [bench.strike("device"), bench.strike("device")]
    bench.pass_time(3600)
    first = Program(bench)
    await first.start()
    first.revive(records)
    await first.until(lambda: len(bench.sent) == 2, step=2.0)
    await first.kill()
    again = await next_program(bench)
    run = await again.to_its_end()
    assert [one["action"] for one in bulks(bench)] == [RESETS, MESSAGES]
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_SMS] * 2
    await again.close()
