"""Jobs run in world time, can be followed, cancelled and forgotten (contract §1.6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from simtui.sandbox.jobs import start_job
from simtui.sandbox.records import JobItem, JobRecord
from simtui.sandbox.world import World
from simtui.secret import Secret


def begin(world: World, **given: Any) -> JobRecord:
    kind = {"kind": "ADD_TAGS", "by": "me", "now": world.clock.now(), "total": 0}
    return start_job(world, **(kind | given))


def go_on(world: World, seconds: float) -> None:
    world.clock.advance(seconds)
    world.catch_up()


def item_of(index: int, moment: datetime) -> JobItem:
    return JobItem("FAILED" if index == 1 else "OK", f"t_{index}", iccid=f"{9 - index}")


def test_a_job_goes_through_its_targets_in_time(world: World) -> None:
    job = begin(world, total=10, step=item_of, per_second=4)
    assert job.status == "QUEUED"
    go_on(world, 0.5)
    assert (job.status, len(job.items)) == ("RUNNING", 2)
    go_on(world, 1)
    assert len(job.items) == 6
    go_on(world, 1)
    assert (job.status, len(job.items)) == ("COMPLETED_WITH_ERRORS", 10)
    assert job.finished_at == world.clock.now()


def test_a_job_can_stop_at_the_first_error(world: World) -> None:
    job = begin(world, total=4, step=item_of, stop_on_first_error=True)
    go_on(world, 5)
    assert [item.outcome for item in job.items] == ["OK", "FAILED", "SKIPPED", "SKIPPED"]
    assert job.items[-1].name == "STOPPED"


def test_a_job_without_targets_takes_its_time(world: World) -> None:
    job = begin(world, kind="REPORT", finish=lambda moment: {"at": moment}, seconds=3)
    go_on(world, 3)
    assert (job.status, job.document) == ("RUNNING", None)
    go_on(world, 0.5)
    assert (job.status, job.document) == ("COMPLETED", {"at": world.clock.now()})


@pytest.mark.parametrize("seconds", [0, 0.6])
def test_a_cancelled_job_does_no_more(world: World, seconds: float) -> None:
    done: list[int] = []

    def step(index: int, moment: datetime) -> JobItem:
        done.append(index)
        return JobItem("OK")

    job = begin(world, total=100, step=step, per_second=2, finish=lambda moment: {})
    go_on(world, seconds)
    job.status, so_far = "CANCELLED", len(done)
    go_on(world, 60)
    assert (job.status, len(done), job.document) == ("CANCELLED", so_far, None)


async def test_a_job_is_followed_from_200_to_302_to_its_result(
    api: httpx.AsyncClient, world: World
) -> None:
    job = begin(world, total=4, step=item_of, client_reference="INC-1")
    answer = await api.get(f"/jobs/{job.job_id}")
    assert (answer.status_code, answer.json()["status"]) == (200, "QUEUED")
    assert answer.json()["resultPath"] is None
    assert answer.headers["retry-after"] == "1"
    world.clock.advance(5)
    answer = await api.get(f"/jobs/{job.job_id}")
    assert answer.status_code == 302
    result = (await api.get(answer.headers["location"])).json()
    assert result["job"] | {"createdAt": "", "startedAt": "", "finishedAt": ""} == {
        "jobId": job.job_id,
        "type": "ADD_TAGS",
        "status": "COMPLETED_WITH_ERRORS",
        "total": 4,
        "succeeded": 3,
        "failed": 1,
        "skipped": 0,
        "createdBy": "me",
        "createdAt": "",
        "startedAt": "",
        "finishedAt": "",
        "clientReference": "INC-1",
        "resultPath": f"/jobs/{job.job_id}/result",
    }
    assert result["total"] == 4


async def test_a_result_is_filtered_sorted_and_paged(api: httpx.AsyncClient, world: World) -> None:
    job = begin(world, total=4, step=item_of)
    go_on(world, 5)
    path = f"/jobs/{job.job_id}/result"
    failed = (await api.get(path, params={"outcome": "FAILED"})).json()
    assert ([item["thingId"] for item in failed["items"]], failed["total"]) == (["t_1"], 1)
    params = {"sort": "iccid", "limit": 2, "offset": 1}
    some = (await api.get(path, params=params)).json()
    assert [item["thingId"] for item in some["items"]] == ["t_2", "t_1"]


async def test_a_secret_in_a_result_is_shown_once(api: httpx.AsyncClient, world: World) -> None:
    job = begin(world, finish=lambda moment: {"tunnelId": "tun_1"})
    job.shown_once["psk"] = Secret("made-up-key")
    go_on(world, 9)
    path = f"/jobs/{job.job_id}/result"
    first, second = [(await api.get(path)).json()["document"] for _ in range(2)]
    assert first == {"tunnelId": "tun_1", "psk": "made-up-key"}
    assert second == {"tunnelId": "tun_1"}


async def test_cancelling_over_the_api(api: httpx.AsyncClient, world: World) -> None:
    job = begin(world, total=100, step=item_of)
    answer = await api.post(f"/jobs/{job.job_id}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (200, "CANCELLED")
    again = await api.post(f"/jobs/{job.job_id}/cancel")
    assert (again.status_code, again.json()["name"]) == (412, "JOB_FINISHED")


async def test_jobs_are_listed_latest_first_and_forgotten_after_a_week(
    api: httpx.AsyncClient, world: World
) -> None:
    jobs = [begin(world) for _ in range(3)]
    go_on(world, 3)
    listed = (await api.get("/jobs")).json()["items"]
    assert [one["jobId"] for one in listed] == [job.job_id for job in jobs[::-1]]
    week = timedelta(days=7)
    jobs[0].finished_at = world.clock.now() - week
    jobs[1].finished_at = world.clock.now() - week + timedelta(seconds=1)
    listed = (await api.get("/jobs")).json()["items"]
    assert [one["jobId"] for one in listed] == [jobs[2].job_id, jobs[1].job_id]
    assert (await api.get(f"/jobs/{jobs[0].job_id}")).status_code == 404
