"""``simtui apply`` against the sandbox, over a real loopback socket."""

from __future__ import annotations

import asyncio
import io
import json
import signal
from collections.abc import Callable, Iterator
from itertools import count
from types import SimpleNamespace
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from simtui.cli import confirm
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.server import LiveServer
from simtui.store.operations import Operations
from simtui.store.running import Running
from simtui.store.store import Store

FASTER = 20
"""World seconds in a second, so that nobody waits for a job."""
TAG_NUMBERS = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    world = build_world(things=120, seed=7, fresh=False, clock=WorldClock(rate=FASTER))
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


@pytest.fixture
def active(server: LiveServer) -> Iterator[ThingRecord]:
    """ACTIVE Things, none of which another test has had."""
    return (
        thing
        for thing in server.world.things.values()
        if thing.state == "ACTIVE" and not any(tag.startswith("test-") for tag in thing.tags)
    )


@pytest.fixture
def tagged(active: Iterator[ThingRecord]):
    """Gives some Things a tag that no others have; the tag and the Things."""

    def tagged(number: int) -> tuple[str, list[ThingRecord]]:
        tag = f"test-{next(TAG_NUMBERS)}"
        things = [next(active) for _ in range(number)]
        for thing in things:
            thing.tags = (tag,)
        return tag, things

    return tagged


@pytest.fixture
def writes(server: LiveServer):
    """The writes that arrived at the server during this test: method and path."""
    host = "{0.scheme}://{0.netloc}".format(urlsplit(server.endpoint.base_url))
    log = f"{host}/_sandbox/requests"
    urlopen(Request(log, method="DELETE")).close()

    def writes() -> list[str]:
        with urlopen(log) as answer:
            arrivals = json.load(answer)["items"]
        return [
            f"{one['method']} {one['path']}"
            for one in arrivals
            if one["method"] != "GET" and "accesstoken" not in one["path"]
        ]

    return writes


@pytest.fixture
def journal(simtui):
    """The journal as ``simtui journal`` tells it."""
    return lambda: json.loads(simtui("journal", "--json").out)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """Somebody at a terminal who types an answer; hands over what they were asked."""

    class Stderr(io.StringIO):
        def isatty(self) -> bool:
            return True

    def person(answer: str | Callable[[], object]) -> Stderr:
        stderr = Stderr()
        answers = answer if callable(answer) else lambda: answer
        stdin = SimpleNamespace(isatty=lambda: True, readline=answers)
        monkeypatch.setattr(confirm, "sys", SimpleNamespace(stdin=stdin, stderr=stderr))
        return stderr

    return person


def test_a_dry_run_shows_the_plan_and_changes_nothing(simtui, tagged, writes, journal) -> None:
    tag, things = tagged(3)
    things[0].state = "SUSPENDED"
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    summary, *rest = ended.out.splitlines()
    assert summary == f"Suspend 2 Things (tag {tag}): 2 would change, 1 so already"
    assert "  2 × ACTIVE → SUSPENDED" in rest
    assert any("charged for this cycle" in line for line in rest)
    assert rest[-1] == "Nothing was sent."
    assert [thing.state for thing in things] == ["SUSPENDED", "ACTIVE", "ACTIVE"]
    assert len(writes()) == 1  # the API's own rehearsal
    assert journal() == []


def test_many_are_changed_by_one_request_and_reported_one_by_one(
    simtui, tagged, writes, journal
) -> None:
    tag, things = tagged(4)
    ended = simtui(
        "apply", "suspend", "--filter", f"tag:{tag}", "--expect", "4", "--yes", "--json",
        "--reason", "INC-1",
    )  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert told["summary"] == f"Suspend 4 Things (tag {tag})"
    assert told["target"] == f"tag {tag}"
    assert told["counts"] == {"ok": 4, "skipped": 0, "failed": 0, "illegal": 0}
    assert {one["iccid"] for one in told["items"]} == {thing.iccid for thing in things}
    assert {one["outcome"] for one in told["items"]} == {"OK"}
    assert {thing.state for thing in things} == {"SUSPENDED"}
    assert [write.rsplit("/", 1)[1] for write in writes()] == ["bulk-actions"] * 2
    (entry,) = journal()
    assert (entry["outcome"], entry["operation"]) == ("confirmed", told["operation"])
    assert entry["parameters"]["reason"] == "INC-1"


def test_what_is_so_already_is_no_failure_and_not_sent(simtui, tagged, writes) -> None:
    tag, _ = tagged(2)
    ended = simtui("apply", "activate", "--filter", f"tag:{tag}", "--yes")
    assert ended.code == 0
    assert "2 so already" in ended.out
    assert writes() == []


def test_what_is_not_possible_is_reported_and_the_rest_is_done(simtui, tagged) -> None:
    tag, things = tagged(3)
    things[0].state = "PROVISIONED"
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert ended.code == 4
    assert "2 done, 1 not possible, so not sent" in ended.out
    assert f"{things[0].iccid} {things[0].name}: a PROVISIONED Thing" in ended.out
    assert [thing.state for thing in things] == ["PROVISIONED", "SUSPENDED", "SUSPENDED"]


def test_one_thing_is_changed_without_a_job(simtui, active, writes, journal) -> None:
    thing = next(active)
    ended = simtui("apply", "add-tag", "test-one", "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0].endswith("1 done")
    assert "test-one" in thing.tags
    assert len(writes()) == 1
    assert [entry["outcome"] for entry in journal()] == ["confirmed"]


def test_another_number_of_things_than_expected_is_refused(simtui, tagged, writes) -> None:
    tag, _ = tagged(2)
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--expect", "3", "--yes")
    assert (ended.code, ended.out) == (4, "")
    assert "2 Things, not 3" in ended.err
    assert writes() == []


def test_things_that_fail_are_told_in_the_servers_words(simtui, tagged, fault, journal) -> None:
    tag, things = tagged(4)
    fault("job-errors", {"targets": 2, "times": 2})  # the rehearsal has its share
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert ended.code == 4
    assert "2 done, 2 failed" in ended.out
    assert "  2 × INTERNAL: The platform could not reach the Thing's profile" in ended.out
    assert sum(thing.state == "ACTIVE" for thing in things) == 2
    assert [entry["outcome"] for entry in journal()] == ["partly"]


def test_a_lost_answer_is_looked_up_and_never_sent_twice(
    simtui, active, fault, writes, journal
) -> None:
    thing = next(active)
    fault("drop-after", {"path": f"/things/{thing.thing_id}", "method": "PUT"})
    ended = simtui("apply", "add-tag", "test-lost", "--iccid", thing.iccid, "--yes")
    assert ended.code == 0
    assert len(writes()) == 1
    (entry,) = journal()
    assert [result["outcome"] for result in entry["results"]] == ["unknown", "confirmed"]


def test_a_request_that_never_arrived_is_not_repeated(
    simtui, active, fault, writes, journal
) -> None:
    thing = next(active)
    fault("drop-before", {"path": f"/things/{thing.thing_id}", "method": "PUT"})
    ended = simtui("apply", "add-tag", "test-gone", "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.out) == (4, "")
    assert "Nothing was sent again" in ended.err
    assert "test-gone" not in thing.tags
    assert len(writes()) == 1
    assert [entry["outcome"] for entry in journal()] == ["failed"]


def test_a_rehearsal_without_an_answer_ends_it(simtui, tagged, fault, writes, journal) -> None:
    tag, things = tagged(2)
    fault("drop-after", {"path": "/bulk-actions"})
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert (ended.code, ended.out) == (5, "")
    assert {thing.state for thing in things} == {"ACTIVE"}
    assert len(writes()) == 1
    assert journal() == []


def test_a_job_whose_answer_was_lost_is_found_again(
    simtui, tagged, fault, writes, monkeypatch
) -> None:
    tag, things = tagged(3)
    start = Operations.start

    def start_badly(self: Operations, *arguments, **options) -> Running:
        fault("drop-after", {"path": "/bulk-actions"})  # after the rehearsal
        return start(self, *arguments, **options)

    monkeypatch.setattr(Operations, "start", start_badly)
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert ended.code == 0
    assert "3 done" in ended.out
    assert {thing.state for thing in things} == {"SUSPENDED"}
    assert len(writes()) == 2  # the rehearsal, and the one that counts


def test_somebody_else_was_faster(simtui, active, fault) -> None:
    thing = next(active)
    fault("second-writer")
    ended = simtui("apply", "add-tag", "test-raced", "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.out) == (4, "")
    assert "test-raced" not in thing.tags
    assert "simtui journal" in ended.err


def test_without_a_journal_nothing_is_sent(simtui, active, writes, own_directories) -> None:
    (own_directories / "state").write_text("in the way")
    thing = next(active)
    ended = simtui("apply", "add-tag", "test-unwritten", "--iccid", thing.iccid, "--yes")
    assert (ended.code, ended.out) == (3, "")
    assert "nothing was sent" in ended.err
    assert "simtui journal" not in ended.err
    assert writes() == []


def test_a_list_of_iccids_is_done(simtui, tagged, tmp_path) -> None:
    _, things = tagged(2)
    file = tmp_path / "list.csv"
    file.write_text("iccid,site\n" + "".join(f"{thing.iccid},north\n" for thing in things))
    ended = simtui("apply", "services", "sms", "--iccids-from", str(file), "--yes")
    assert ended.code == 0
    assert {tuple(thing.allowed_services) for thing in things} == {("SMS",)}


def test_a_list_with_an_unknown_iccid_is_refused_as_a_whole(
    simtui, active, writes, monkeypatch
) -> None:
    known = next(active)
    lines = f"{known.iccid}\n8931086299999999990\n\x1b]0;x\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    ended = simtui("apply", "suspend", "--iccids-from", "-", "--yes")
    assert (ended.code, ended.out) == (2, "")
    title, *problems = ended.err.splitlines()
    assert "not used" in title
    assert [problem.split(":")[0] for problem in problems] == ["  line 2", "  line 3"]
    assert "No Thing of this account has this ICCID" in problems[0]
    assert "\x1b" not in ended.err
    assert writes() == []


def test_retiring_unattended_takes_the_number_too(simtui, tagged, writes) -> None:
    tag, things = tagged(2)
    command = ("apply", "retire", "--filter", f"tag:{tag}", "--yes")
    refused = simtui(*command)
    assert (refused.code, refused.out) == (2, "")
    assert "--expect" in refused.err
    assert writes() == []
    assert simtui(*command, "--expect", "2").code == 0
    assert {thing.state for thing in things} == {"RETIRED"}


def test_a_level_that_may_not_is_told_before_anything_is_sent(
    simtui, sign_in, tagged, writes
) -> None:
    tag, _ = tagged(2)
    sign_in("READ_ONLY")
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert (ended.code, ended.out) == (4, "")
    assert "OPERATOR" in ended.err
    assert "READ_ONLY" in ended.err
    assert writes() == []


def test_read_only_sends_nothing_but_can_plan(simtui, tagged, writes) -> None:
    tag, _ = tagged(2)
    command = ("--read-only", "apply", "suspend", "--filter", f"tag:{tag}")
    refused = simtui(*command, "--yes")
    assert (refused.code, refused.out) == (2, "")
    assert "read-only" in refused.err
    planned = simtui(*command, "--dry-run", "--json")
    assert planned.code == 0
    assert json.loads(planned.out)["counts"]["change"] == 2
    assert writes() == []


def test_an_empty_target_is_refused(simtui) -> None:
    ended = simtui("apply", "suspend", "--filter", "tag:no-such-tag", "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert "tag no-such-tag" in ended.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("reset", "--reason", "x"), "--reason means nothing here"),
        (("resume", "--end-session"), "--end-session means nothing here"),
        (("add-tag", "a\tb"), "control character"),
        (("move", "no such group"), "no such group"),
        (("name", "x"), "one Thing at a time"),
    ],
)
def test_what_can_never_be_is_refused(simtui, tagged, writes, arguments, reason: str) -> None:
    tag, _ = tagged(2)
    ended = simtui("apply", *arguments, "--filter", f"tag:{tag}", "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err
    assert writes() == []


def test_a_mistake_in_the_filter_is_pointed_at(simtui) -> None:
    ended = simtui("apply", "suspend", "--filter", "state:active group:nope", "--yes")
    assert (ended.code, ended.out) == (2, "")
    _, expression, caret = ended.err.splitlines()
    assert expression[len(caret) - 1 :] == "nope"


def test_a_person_is_shown_the_plan_and_the_number(simtui, tagged, person) -> None:
    tag, things = tagged(2)
    asked = person("YES\n")
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--json")
    assert ended.code == 0
    json.loads(ended.out)  # the dialogue is not in it
    shown = asked.getvalue()
    assert things[0].iccid in shown
    assert shown.endswith("Suspend 2 Things? Type yes to go on: ")


@pytest.mark.parametrize("answer", ["no\n", "\n", "", "2\n"])
def test_any_other_answer_sends_nothing(simtui, tagged, person, journal, answer: str) -> None:
    tag, things = tagged(2)
    person(answer)
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}")
    assert (ended.code, ended.out) == (2, "")
    assert "Nothing was sent" in ended.err
    assert {thing.state for thing in things} == {"ACTIVE"}
    assert journal() == []


def test_ctrl_c_at_the_question_ends_it_at_once(simtui, tagged, person, journal) -> None:
    tag, _ = tagged(2)
    person(lambda: signal.raise_signal(signal.SIGINT))
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}")
    assert (ended.code, ended.out, ended.err) == (130, "", "")
    assert journal() == []


def test_retiring_is_confirmed_by_its_number_or_iccid(simtui, tagged, active, person) -> None:
    tag, things = tagged(2)
    person("yes\n")
    assert simtui("apply", "retire", "--filter", f"tag:{tag}").code == 2
    person("2\n")
    assert simtui("apply", "retire", "--filter", f"tag:{tag}").code == 0
    one = next(active)
    person(f"{one.iccid}\n")
    assert simtui("apply", "retire", "--iccid", one.iccid).code == 0
    assert {thing.state for thing in (*things, one)} == {"RETIRED"}


@pytest.fixture
def world_clock(server: LiveServer) -> Iterator[WorldClock]:
    """The clock of the world, which runs again after the test."""
    yield server.world.clock
    server.world.clock.set_rate(FASTER)


def test_an_interruption_tells_which_job_goes_on(
    simtui, tagged, journal, world_clock, monkeypatch
) -> None:
    tag, _ = tagged(2)
    wait = Running.wait

    def wait_and_be_interrupted(self: Running):
        def interrupt() -> None:
            if self.progress.job is not None:
                listen_no_more()
                signal.raise_signal(signal.SIGINT)

        world_clock.set_rate(0)  # the job never ends
        listen_no_more = self.listen(interrupt)
        return wait(self)

    monkeypatch.setattr(Running, "wait", wait_and_be_interrupted)
    ended = simtui("apply", "suspend", "--filter", f"tag:{tag}", "--yes")
    assert (ended.code, ended.out) == (130, "")
    (entry,) = journal()
    assert entry["outcome"] == "accepted"
    assert f"Job {entry['job_id']} goes on on the server. What is known of it:" in ended.err


def test_a_name_cannot_act_on_the_terminal(simtui, tagged) -> None:
    _, things = tagged(2)
    for thing in things:
        thing.name = "\x1b]52;c;aGk=\x07\u202eevil\x7f"
    for form in ((), ("--json",)):
        ended = simtui("apply", "name", "x", "--iccid", things[0].iccid, "--dry-run", *form)
        assert ended.code == 0
        assert "evil" in ended.out
        for character in "\x1b\x07\u202e\x7f":
            assert character not in ended.out
