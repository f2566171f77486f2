"""Jobs: while they run, when they are done, and what became of their targets (contract §1.6)."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from simtui.errors import NotFound, UnexpectedAnswer
from simtui.models import JobItem

JOB = {"jobId": "j_7", "type": "SET_STATE", "status": "RUNNING", "total": 482, "succeeded": 120}
DONE = JOB | {"status": "COMPLETED_WITH_ERRORS", "failed": 3, "clientReference": "INC-4711"}


async def test_a_job_that_runs(api) -> None:
    api.answer_with(httpx.Response(200, json=JOB, headers={"Retry-After": "2"}))
    progress = await api.client().job("j_7")
    assert (progress.job.status, progress.job.done, progress.job.finished) == (
        "RUNNING",
        120,
        False,
    )
    assert progress.retry_after == 2
    assert api.requests[-1].url.path == "/iot/sim/jobs/j_7"


async def test_a_job_that_does_not_say_when_to_ask_again(api) -> None:
    api.answer_with(httpx.Response(200, json=JOB, headers={"Retry-After": "soon"}))
    assert (await api.client().job("j_7")).retry_after is None


@pytest.mark.parametrize(
    "location", ["/jobs/j_7/result", "https://api.example.com/iot/sim/jobs/j_7/result"]
)
async def test_a_job_that_is_done_is_found_in_its_result(api, page_json, location) -> None:
    items = [{"thingId": "t_1", "outcome": "OK"}]
    api.answer_with(
        httpx.Response(302, headers={"location": location}),
        httpx.Response(200, json={"job": DONE, **page_json(items), "document": {}}),
    )
    progress = await api.client().job("j_7")
    assert progress.job.finished
    assert (progress.job.failed, progress.job.client_reference) == (3, "INC-4711")
    assert progress.retry_after is None
    assert api.requests[-1].url.path == "/iot/sim/jobs/j_7/result"


@pytest.mark.parametrize("body", [{}, {"job": None}, {"job": {"jobId": "j_7"}}, [JOB]])
async def test_an_answer_without_a_job(api, body) -> None:
    api.answer_with(httpx.Response(200, json=body))
    with pytest.raises(UnexpectedAnswer):
        await api.client().job("j_7")


async def test_a_job_that_was_forgotten(api) -> None:
    api.answer_with(httpx.Response(404, json={"name": "NOT_FOUND", "message": "No job j_7"}))
    with pytest.raises(NotFound):
        await api.client().job("j_7")


async def test_the_jobs_come_latest_first(api, page_json) -> None:
    def job(number: int, **more: str) -> dict[str, str]:
        return {"jobId": f"j_{number}", "type": "PING", "status": "QUEUED", **more}

    jobs = [job(1), job(2, createdAt="2026-11-01T00:00:00Z"), {"jobId": "j_0"}]
    jobs += [job(3, createdAt="2026-11-02T00:00:00Z")] * 2
    api.answer_with(httpx.Response(200, json=page_json(jobs)))
    found = await api.client().jobs()
    assert [one.job_id for one in found] == ["j_3", "j_2", "j_1"]
    assert found[0].created_at == datetime(2026, 11, 2, tzinfo=UTC)
    assert api.requests[-1].url.path == "/iot/sim/jobs"


async def test_the_items_tell_what_became_of_each_target(api, page_json) -> None:
    item = {
        "thingId": "t_1",
        "iccid": "8931",
        "outcome": "FAILED",
        "name": "ILLEGAL_STATE_TRANSITION",
        "message": "RETIRED is final",
        "before": {"state": "RETIRED"},
        "after": None,
    }
    api.answer_with(httpx.Response(200, json={"job": DONE, **page_json([item, {}])}))
    client = api.client()
    assert await client.job_items("j_7") == (
        JobItem(
            outcome="FAILED",
            thing_id="t_1",
            iccid="8931",
            name="ILLEGAL_STATE_TRANSITION",
            message="RETIRED is final",
            before={"state": "RETIRED"},
        ),
    )
    assert client.unreadable == 1
    assert api.requests[-1].url.path == "/iot/sim/jobs/j_7/result"


def result_of(rows: list[dict[str, object]]):
    """A server that hands out this result, ten items at a time."""

    def handler(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        page = {"items": rows[offset : offset + 10], "offset": offset, "limit": 10}
        return httpx.Response(200, json={"job": DONE, **page, "total": len(rows)})

    return handler


async def test_the_echoes_of_a_ping_are_all_there(api) -> None:
    api.handler = result_of([{"thingId": "t_1", "outcome": "FAILED", "name": "TIMEOUT"}] * 25)
    assert len(await api.client().job_items("j_7")) == 25


async def test_the_items_keep_the_servers_order_over_pages(api) -> None:
    rows = [{"thingId": f"t_{n * 7 % 31}", "outcome": "OK"} for n in range(31)]
    api.handler = result_of(rows)
    found = await api.client().job_items("j_7")
    assert [item.thing_id for item in found] == [row["thingId"] for row in rows]


async def test_items_that_come_while_they_are_read_are_there_too(api) -> None:
    rows: list[dict[str, object]] = [{"thingId": f"t_{n}", "outcome": "OK"} for n in range(15)]
    answer = result_of(rows)

    def handler(request: httpx.Request) -> httpx.Response:
        if len(api.requests) == 2:
            rows.extend({"thingId": f"t_{n}", "outcome": "OK"} for n in range(15, 25))
        return answer(request)

    api.handler = handler
    found = await api.client().job_items("j_7")
    assert [item.thing_id for item in found] == [f"t_{n}" for n in range(25)]


async def test_a_server_that_ignores_the_offset_gives_no_item_twice(api) -> None:
    page = {"items": [{"thingId": f"t_{n}", "outcome": "OK"} for n in range(10)], "offset": 0}
    api.answer_with(httpx.Response(200, json={"job": DONE, **page, "limit": 10, "total": 25}))
    assert len(await api.client().job_items("j_7")) == 10
