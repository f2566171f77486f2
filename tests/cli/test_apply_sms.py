"""``simtui apply send-sms`` against the sandbox, over a real loopback socket."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from itertools import count, islice
from types import SimpleNamespace

import pytest

from simtui.cli import confirm
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.server import LiveServer
from simtui.store.store import Store

FASTER = 20
"""World seconds in a second, so that nobody waits for a job."""
NUMBERS = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    world = build_world(things=120, seed=7, fresh=False, clock=WorldClock(rate=FASTER))
    world.sms.clear()
    with LiveServer(world) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between two questions about a job pass as fast as the world's time."""

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / FASTER)

    defaults = Store.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "sleep", sleep)


@pytest.fixture(scope="module")
def reachable(server: LiveServer) -> Iterator[ThingRecord]:
    """Things that get messages; no test has one of another's."""
    return (
        thing
        for thing in list(server.world.things.values())
        if thing.state == "ACTIVE" and "SMS" in thing.allowed_services
    )


@pytest.fixture
def tagged(reachable: Iterator[ThingRecord]):
    """Gives some Things a tag that no others have, and plain names."""

    def tagged(number: int) -> tuple[str, list[ThingRecord]]:
        tag = f"test-{next(NUMBERS)}"
        things = list(islice(reachable, number))
        assert len(things) == number, "the world has none left"
        for each, thing in enumerate(things):
            thing.tags, thing.name = (tag,), f"pump-{tag}-{each}"
        return tag, things

    return tagged


@pytest.fixture
def sent(server: LiveServer):
    """The messages to some Things, as the server has them."""

    def sent(*things: ThingRecord) -> list[SmsRecord]:
        ids = [thing.thing_id for thing in things]
        messages = [sms for sms in server.world.sms.values() if sms.direction == "MT"]
        return [sms for sms in messages if sms.thing_id in ids]

    return sent


@pytest.fixture
def journal(simtui):
    """The journal as ``simtui journal`` tells it."""
    return lambda: json.loads(simtui("journal", "--json").out)


def test_one_message_by_iccid(simtui, tagged, sent, journal) -> None:
    _, (thing,) = tagged(1)
    ended = simtui(
        "apply", "send-sms", "SET", "NAME", "{name}", "--iccid", thing.iccid, "--yes",
        "--valid", "2h", "--sender", "OPS",
    )  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == f"Send “SET NAME {{name}}” to {thing.name}: 1 done"
    (message,) = sent(thing)
    assert message.text == f"SET NAME {thing.name}"
    assert (message.validity_minutes, message.sender) == (120, "OPS")
    (entry,) = journal()
    assert entry["outcome"] == "confirmed"
    assert message.client_reference == entry["operation"]


def test_many_get_the_same_text_by_one_request(simtui, tagged, sent, journal) -> None:
    tag, things = tagged(3)
    ended = simtui(
        "apply", "send-sms", "PING", "--filter", f"tag:{tag}", "--yes", "--expect", "3", "--json"
    )
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["counts"] == {"ok": 3, "skipped": 0, "failed": 0, "illegal": 0}
    assert [message.text for message in sent(*things)] == ["PING"] * 3
    (entry,) = journal()
    assert {message.client_reference for message in sent(*things)} == {entry["operation"]}


def test_each_gets_a_text_of_its_own(simtui, tagged, sent, journal) -> None:
    tag, things = tagged(3)
    things[1].state = "SUSPENDED"
    ended = simtui("apply", "send-sms", "ID {iccid}", "--filter", f"tag:{tag}", "--yes")
    assert ended.code == 4
    assert "2 done, 1 not possible, so not sent" in ended.out
    assert "is SUSPENDED: resume it first" in ended.out
    assert {message.text for message in sent(*things)} == {
        f"ID {things[0].iccid}",
        f"ID {things[2].iccid}",
    }
    assert [entry["outcome"] for entry in journal()] == ["confirmed"] * 2


def test_a_dry_run_shows_the_plan_and_sends_nothing(simtui, tagged, sent, journal) -> None:
    tag, things = tagged(2)
    ended = simtui("apply", "send-sms", "ID {iccid}", "--filter", f"tag:{tag}", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Send “ID {iccid}” to 2 Things (tag test-")
    assert "So it takes 2 requests, one a Thing." in ended.out
    assert ended.out.endswith("Nothing was sent.\n")
    assert sent(*things) == []
    assert journal() == []


def test_a_person_is_shown_what_it_takes(simtui, tagged, sent, monkeypatch) -> None:
    class Stderr(io.StringIO):
        def isatty(self) -> bool:
            return True

    stderr = Stderr()
    stdin = SimpleNamespace(isatty=lambda: True, readline=lambda: "no\n")
    monkeypatch.setattr(confirm, "sys", SimpleNamespace(stdin=stdin, stderr=stderr))
    _, (thing,) = tagged(1)
    ended = simtui("apply", "send-sms", "a’b", "--iccid", thing.iccid)
    assert ended.code == 2
    shown = stderr.getvalue()
    assert "1 message, 1 segment in all, UCS-2." in shown
    assert shown.endswith(f"Send “a’b” to {thing.name}? Type yes to go on: ")
    assert sent(thing) == []


# The same text within the hour


def test_the_same_text_again_is_refused_when_nobody_can_be_asked(
    simtui, tagged, sent, journal
) -> None:
    _, (thing,) = tagged(1)
    command = ("apply", "send-sms", "SET NAME {name}", "--iccid", thing.iccid, "--yes")
    assert simtui(*command).code == 0
    refused = simtui(*command)
    assert (refused.code, refused.out) == (2, "")
    assert "The same text went out within the last hour" in refused.err
    assert f"The very same text was sent to {thing.name}" in refused.err
    assert "add --again" in refused.err
    assert len(sent(thing)) == len(journal()) == 1

    planned = simtui(*command, "--dry-run")
    assert planned.code == 0
    assert f"The very same text was sent to {thing.name}" in planned.out

    assert simtui(*command, "--again").code == 0
    assert len(sent(thing)) == 2

    other = simtui("apply", "send-sms", "SET NAME other", "--iccid", thing.iccid, "--yes")
    assert other.code == 0


def test_of_many_it_is_told_who_got_it_already(simtui, tagged, sent) -> None:
    tag, things = tagged(2)
    one = simtui("apply", "send-sms", "PING", "--iccid", things[0].iccid, "--yes")
    assert one.code == 0
    command = ("apply", "send-sms", "PING", "--filter", f"tag:{tag}", "--yes")
    refused = simtui(*command)
    assert (refused.code, refused.out) == (2, "")
    assert things[0].name in refused.err
    assert things[1].name not in refused.err
    assert simtui(*command, "--again").code == 0
    assert len(sent(*things)) == 3


def test_what_did_not_arrive_can_be_sent_again(simtui, tagged, sent) -> None:
    _, (thing,) = tagged(1)
    command = ("apply", "send-sms", "RESET", "--iccid", thing.iccid, "--yes")
    assert simtui(*command).code == 0
    sent(thing)[0].status = "FAILED"
    assert simtui(*command).code == 0


def test_when_it_cannot_be_looked_up_it_is_said_and_sent(simtui, tagged, fault, sent) -> None:
    _, (thing,) = tagged(1)
    fault("not-json", {"path": f"/things/{thing.thing_id}/sms", "method": "GET"})
    ended = simtui("apply", "send-sms", "PING", "--iccid", thing.iccid, "--dry-run")
    assert ended.code == 0
    assert "What was sent within the last hour is not looked at" in ended.out


# What is refused


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("send-sms",), "Expected: send-sms"),
        (("send-sms", "x", "--valid", "soon"), "“soon” is no length of time"),
        (("send-sms", "x", "--valid", "4d"), "cannot be valid for 5,760 minutes"),
        (("send-sms", "x", "--sender", "+31612345678"), "cannot be a sender"),
        (("send-sms", "{phone}"), "There is no such field"),
        (("send-sms", "a" * 1531), "too long"),
        (("send-sms", "a\x1bb"), "control characters"),
        (("send-sms", "x", "--reason", "y"), "--reason means nothing here"),
        (("send-sms", "x", "--end-session"), "--end-session means nothing here"),
        (("suspend", "--valid", "2h"), "--valid means nothing here"),
        (("reset", "--sender", "OPS"), "--sender means nothing here"),
        (("ping", "--again"), "--again means nothing here"),
    ],
)
def test_what_can_never_be_is_refused(simtui, tagged, sent, arguments, reason: str) -> None:
    _, (thing,) = tagged(1)
    ended = simtui("apply", *arguments, "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err
    assert "\x1b" not in ended.err
    assert sent(thing) == []


def test_a_thing_that_gets_none_is_not_asked_for_one(simtui, tagged, sent, journal) -> None:
    _, (thing,) = tagged(1)
    thing.allowed_services = ("DATA",)
    ended = simtui("apply", "send-sms", "x", "--iccid", thing.iccid, "--yes")
    assert ended.code == 4
    assert "may not use SMS: allow it first" in ended.out
    assert sent(thing) == []
    assert journal() == []


def test_a_level_that_may_not_is_told_before_anything_is_sent(
    simtui, sign_in, tagged, sent
) -> None:
    _, (thing,) = tagged(1)
    sign_in("READ_ONLY")
    ended = simtui("apply", "send-sms", "x", "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.out) == (4, "")
    assert "OPERATOR" in ended.err
    assert sent(thing) == []


def test_a_lost_answer_is_looked_up_and_never_sent_twice(
    simtui, tagged, fault, sent, journal
) -> None:
    _, (thing,) = tagged(1)
    fault("drop-after", {"path": f"/things/{thing.thing_id}/sms", "method": "POST"})
    ended = simtui("apply", "send-sms", "PING", "--iccid", thing.iccid, "--yes")
    assert ended.code == 0
    (message,) = sent(thing)
    (entry,) = journal()
    assert [result["outcome"] for result in entry["results"]] == ["unknown", "confirmed"]
    assert entry["results"][-1]["detail"] == f"The platform has it as message {message.sms_id}"
