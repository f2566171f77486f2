"""A revive on a living world with a driven clock: who comes back when, what is sent, and that it
goes on after a kill without sending anything twice."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from simtui.models.runbook import Revival, ReviveSettings, ReviveStep, StepState
from simtui.sandbox.life.thing_trouble import wake
from tests.ui.runbook_bench import (
    RUN,
    Program,
    RunbookBench,
    nothing_is_left_to_chance,
    runbook_bench,
)

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


async def test_one_comes_back_after_the_reset_one_after_the_sms_one_never_one_is_not_told(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike(how) for how in ALL]
    by_session, by_sms, dead, unseen = records
    bench.pass_time(3600)
    await program.start()
    program.revive(records)
    run = await program.to_its_end()
    assert run.ended
    assert [step.state for step in run.steps] == [StepState.DONE] * 4
    assert program.of(by_session).revival == Revival.BACK_AFTER_RESET
    assert "after the reset" in program.of(by_session).said
    assert program.of(by_sms).revival == Revival.BACK_AFTER_SMS
    assert "after the SMS" in program.of(by_sms).said
    assert program.of(dead).revival == Revival.NOT_BACK
    assert "the SMS is expired (the device is not registered" in program.of(dead).said
    assert program.of(unseen).revival == Revival.NOT_KNOWN
    assert "no session is told" in program.of(unseen).said


async def test_one_request_a_stage_and_few_reads(bench: RunbookBench, program: Program) -> None:
    records = [bench.strike(how) for how in ALL]
    bench.pass_time(3600)
    await program.start()
    before = len(bench.cable.asked)
    program.revive(records)
    await program.to_its_end()
    sent = bulks(bench)
    assert [one["action"] for one in sent] == [RESETS, MESSAGES]
    assert [one["expectedCount"] for one in sent] == [4, 3]
    assert sent[1]["parameters"] == {
        "text": "RESET",
        "validityMinutes": 5,
        "clientReference": f"runbook-{RUN}-sms-1",
    }
    asked = [request.url.path for request in bench.cable.asked[before:]]
    assert not any("/things/t_" in path for path in asked)
    looks = [path for path in asked if path.endswith("/things")]
    assert len(looks) <= 20


async def test_when_all_are_back_after_the_reset_no_sms_is_sent_and_nothing_is_waited_for(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike("session") for _ in range(3)]
    bench.pass_time(3600)
    await program.start()
    begun = bench.clock.now()
    program.revive(records)
    run = await program.to_its_end()
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_RESET] * 3
    assert [step.state for step in run.steps] == ["done", "done", "skipped", "skipped"]
    assert [one["action"] for one in bulks(bench)] == [RESETS]
    assert (bench.clock.now() - begun).total_seconds() < 120


async def test_without_a_text_no_sms_is_sent(bench: RunbookBench, program: Program) -> None:
    record = bench.strike("device")
    bench.pass_time(3600)
    await program.start()
    program.revive([record, bench.strike("device")], ReviveSettings(1, "", 5))
    run = await program.to_its_end()
    assert [one["action"] for one in bulks(bench)] == [RESETS]
    assert run.step(ReviveStep.VERIFY).state == StepState.SKIPPED
    assert program.of(record).revival in (Revival.NOT_BACK, Revival.NOT_KNOWN)


async def test_who_may_not_use_sms_is_reset_only_and_the_report_says_so(
    bench: RunbookBench, program: Program
) -> None:
    silent, other = bench.strike("dead"), bench.strike("device")
    silent.allowed_services = ("DATA",)
    bench.pass_time(3600)
    await program.start()
    program.revive([silent, other])
    await program.to_its_end()
    assert "no SMS: it may not use SMS" in program.of(silent).note
    assert program.of(other).revival == Revival.BACK_AFTER_SMS


async def test_one_thing_alone_needs_no_bulk_request(bench: RunbookBench, program: Program) -> None:
    record = bench.strike("device")
    bench.pass_time(3600)
    await program.start()
    program.revive([record])
    run = await program.to_its_end()
    paths = [request.url.path.rsplit("/", 1)[1] for request in bench.sent]
    assert paths == ["connection-reset", "sms"]
    assert run.things[0].revival == Revival.BACK_AFTER_SMS


async def test_the_wait_is_as_long_as_it_was_set_and_then_it_is_looked(
    bench: RunbookBench, program: Program
) -> None:
    record = bench.strike("dead")
    bench.pass_time(3600)
    await program.start()
    program.revive([record, bench.strike("dead")], ReviveSettings(7, "RESET", 11))
    run = await program.to_its_end()
    for name, minutes in ((ReviveStep.LOOK, 7), (ReviveStep.VERIFY, 11)):
        step = run.step(name)
        assert step.begun is not None
        assert step.until is not None
        assert step.ended is not None
        assert (step.until - step.begun).total_seconds() == minutes * 60
        assert 0 <= (step.ended - step.until).total_seconds() <= 10


async def test_who_comes_back_by_itself_before_the_sms_gets_none(
    bench: RunbookBench, program: Program
) -> None:
    first, other = bench.strike("dead"), bench.strike("device")
    bench.pass_time(3600)
    await program.start()
    program.revive([first, other])
    await program.until(lambda: program.run.step(ReviveStep.LOOK).state == StepState.OFFERED)
    wake(bench.world, first, bench.world.clock.now())
    await program.to_its_end()
    paths = [request.url.path.rsplit("/", 1)[1] for request in bench.sent]
    assert paths == ["bulk-actions", "sms"]
    assert program.of(first).revival == Revival.BACK_AFTER_RESET


# Stopping, and what goes wrong


async def test_stopping_leaves_what_was_sent_and_says_what_is_not_known(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike("session"), bench.strike("device")]
    bench.pass_time(3600)
    await program.start()
    program.revive(records)
    await program.until(
        lambda: any(one.revival == Revival.BACK_AFTER_RESET for one in program.run.things)
    )
    assert program.engine is not None
    program.engine.stop()
    for _ in range(50):
        bench.pass_time(30)
        program.engine.look()
    assert program.engine.done
    assert [step.state for step in program.run.steps] == ["done", "stopped", "stopped", "stopped"]
    assert [one["action"] for one in bulks(bench)] == [RESETS]


async def test_an_api_that_does_not_answer_is_waited_for(
    bench: RunbookBench, program: Program
) -> None:
    record = bench.strike("session")
    bench.pass_time(3600)
    await program.start()
    program.revive([record, bench.strike("session")])
    await program.until(lambda: program.run.step(ReviveStep.LOOK).state == StepState.OFFERED)
    bench.cable.cut()
    engine = program.engine
    assert engine is not None
    await program.until(lambda: bool(engine.trouble))
    bench.pass_time(600)
    engine.look()
    assert not engine.done
    bench.cable.mend()
    await program.to_its_end()
    assert engine.trouble == ""
    assert program.of(record).revival == Revival.BACK_AFTER_RESET


async def test_what_is_refused_fails_the_step_and_is_sent_again_only_when_asked(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike("session"), bench.strike("session")]
    bench.pass_time(3600)
    await program.start()
    bench.faults.switch_on("permission-level", {"level": "READ_ONLY", "method": "POST"})
    program.revive(records)
    run = await program.to_its_end()
    assert not run.ended
    assert run.step(ReviveStep.RESET).state == StepState.FAILED
    assert run.step(ReviveStep.RESET).said
    assert len(bench.sent) == 1
    bench.faults.switch_off("permission-level")
    program.go_on()
    run = await program.to_its_end()
    assert run.ended
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_RESET] * 2
    assert len(run.step(ReviveStep.RESET).operations) == 2


async def test_a_lost_answer_is_looked_up_and_nothing_is_sent_again(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike("session"), bench.strike("session")]
    bench.pass_time(3600)
    await program.start()
    bench.faults.switch_on("drop-after", {"method": "POST", "path": "/bulk-actions"})
    program.revive(records)
    run = await program.to_its_end()
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_RESET] * 2
    assert len(bench.sent) == 1


async def test_that_it_is_about_to_be_sent_is_on_the_disk_before_it_leaves(
    bench: RunbookBench, program: Program
) -> None:
    records = [bench.strike("device"), bench.strike("device")]
    bench.pass_time(3600)
    await program.start()
    on_disk: list[str] = []

    def look(request: httpx.Request) -> None:
        if request.url.path.endswith("/bulk-actions"):
            (file,) = program.runs._folder.glob("*.run.json")
            run = json.loads(file.read_bytes())["run"]
            on_disk.extend(step["name"] for step in run["steps"] if step["state"] == "offered")

    bench.cable.instead = look
    program.revive(records)
    await program.to_its_end()
    assert on_disk == [ReviveStep.RESET, ReviveStep.SMS]
