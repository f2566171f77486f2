"""Billing cycles and reports, as they are asked for and read."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.api import report_decode
from simtui.api.decode import Undecodable
from simtui.api.json_slices import LongList
from simtui.api.report_decode import decode_report
from simtui.errors import NotFound, UnexpectedAnswer
from simtui.models import BillingLine, BillingReport, Job, ReportRequest
from simtui.models.billing import NET, GroupBy, Scope

LINE = {
    "kind": "DATA",
    "unit": "MB",
    "quantity": "12.345678",
    "unitPrice": "0.0500",
    "amount": "0.62",
    "thingId": "t_1",
    "thingsGroupId": "g_1",
}
REPORT: dict[str, Any] = {
    "reportId": "br_1",
    "scope": "ACCOUNT",
    "scopeId": "a_1",
    "cycle": {
        "cycleId": "2026-11",
        "start": "2026-10-31T23:00:00Z",
        "end": "2026-11-30T23:00:00Z",
        "timeZone": "Europe/Amsterdam",
        "status": "OPEN",
    },
    "estimated": True,
    "currency": "EUR",
    "bytesPerMb": 1_000_000,
    "lines": [LINE],
    "totals": {"DATA": "0.62", "net": "0.62"},
    "thingsBillable": 1,
    "thingsFree": 2,
    "freeReasons": {"PROVISIONED": 2},
}
JOB = {"jobId": "j_1", "type": "REPORT", "status": "RUNNING", "total": 0}


def asked(api) -> tuple[str, dict[str, str]]:
    request = api.requests[-1]
    return request.url.path.removeprefix("/iot/sim"), dict(request.url.params)


async def test_the_cycles_come_the_latest_first(api, page_json) -> None:
    items = [REPORT["cycle"] | {"cycleId": "2026-10", "start": "2026-09-30T22:00:00Z"}]
    api.answer_with(httpx.Response(200, json=page_json([*items, REPORT["cycle"]])))
    cycles = await api.client().billing_cycles()
    assert [cycle.cycle_id for cycle in cycles] == ["2026-11", "2026-10"]
    assert asked(api)[0] == "/billing/cycles"


async def test_a_report_is_asked_for_and_read_as_it_is(api) -> None:
    api.answer_with(httpx.Response(200, json=REPORT))
    request = ReportRequest("2026-11", Scope.GROUP, "g_1", GroupBy.THING)
    report = await api.client().billing_report(request)
    query = {"scope": "THINGS_GROUP", "id": "g_1", "cycle": "2026-11", "groupBy": "THING"}
    assert asked(api) == ("/billing/reports", query)
    assert isinstance(report, BillingReport)
    assert report.lines == (BillingLine("DATA", "0.62", "MB", "12.345678", "0.0500", "t_1", "g_1"),)
    assert (report.totals[NET], report.currency, report.free_reasons) == (
        "0.62",
        "EUR",
        {"PROVISIONED": 2},
    )
    assert report.cycle is not None
    assert report.cycle.time_zone == "Europe/Amsterdam"


async def test_what_is_not_asked_for_is_not_sent(api) -> None:
    api.answer_with(httpx.Response(200, json=REPORT))
    await api.client().billing_report(ReportRequest("2026-11"))
    assert asked(api)[1] == {"scope": "ACCOUNT", "cycle": "2026-11"}


async def test_numbers_of_json_keep_the_digits_that_were_sent(api) -> None:
    """Money is a string by the contract; where it is none, it still is no float."""
    text = json.dumps(REPORT).replace('"0.62"', "0.620").replace('"0.0500"', "0.0500")
    api.answer_with(httpx.Response(200, text=text))
    report = await api.client().billing_report(ReportRequest("2026-11"))
    assert isinstance(report, BillingReport)
    assert (report.lines[0].amount, report.lines[0].unit_price) == ("0.620", "0.0500")
    assert report.totals[NET] == "0.620"


async def test_a_large_report_is_a_job_and_comes_with_its_end(api) -> None:
    many = [LINE | {"thingId": f"t_{number}"} for number in range(2_500)]
    ended = {
        "job": JOB | {"status": "COMPLETED"},
        "items": [],
        "total": 0,
        "document": REPORT | {"lines": many},
    }

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/reports"):
            return httpx.Response(202, json=JOB, headers={"Location": "/jobs/j_1"})
        if path.endswith("/result"):
            return httpx.Response(200, json=ended)
        done = sum(one.url.path.endswith("/j_1") for one in api.requests) > 1
        if done:
            return httpx.Response(302, headers={"Location": "/jobs/j_1/result"})
        return httpx.Response(200, json=JOB, headers={"Retry-After": "2"})

    api.handler = answer
    client = api.client()
    job = await client.billing_report(ReportRequest("2026-11", group_by=GroupBy.THING))
    assert isinstance(job, Job)
    running = await client.job(job.job_id)
    assert (running.job.finished, running.retry_after, running.report) == (False, 2.0, None)
    made = await client.job(job.job_id)
    assert made.job.finished
    assert made.report is not None
    assert [line.thing_id for line in made.report.lines] == [one["thingId"] for one in many]
    assert made.report.totals == {"DATA": "0.62", "net": "0.62"}


async def test_what_another_job_made_is_no_report(api) -> None:
    result = {"job": JOB | {"type": "TUNNEL", "status": "COMPLETED"}, "document": {"psk": "x"}}
    api.answer_with(httpx.Response(200, json=result))
    progress = await api.client().job("j_1")
    assert progress.job.type == "TUNNEL"
    assert progress.report is None


@pytest.mark.parametrize("text", ["<html>", "[]", "{}", '{"scope":1}', '{"lines":[', "[" * 9_999])
async def test_an_answer_that_is_no_report_is_told_as_such(api, text: str) -> None:
    api.answer_with(httpx.Response(200, text=text))
    with pytest.raises((UnexpectedAnswer, NotFound)):
        await api.client().billing_report(ReportRequest("2026-11"))


async def test_lines_that_cannot_be_read_are_counted_and_cost_no_other(api) -> None:
    lines = [{"kind": "DATA"}, 7, LINE, None, LINE | {"unit": {"a": 1}}]
    api.answer_with(httpx.Response(200, json=REPORT | {"lines": lines}))
    client = api.client()
    report = await client.billing_report(ReportRequest("2026-11"))
    assert isinstance(report, BillingReport)
    assert [line.unit for line in report.lines] == ["MB", ""]
    assert client.unreadable == 3


async def test_reading_many_lines_lets_others_have_a_turn() -> None:
    body = json.dumps(REPORT | {"lines": [LINE] * (3 * report_decode.AT_ONCE)}).encode()
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    report, unreadable = await decode_report(body)
    task.cancel()
    assert (len(report.lines), unreadable) == (3 * report_decode.AT_ONCE, 0)
    assert turns >= 3
    assert len({id(line.unit_price) for line in report.lines}) == 1, "equal texts are one"


TEXTS = st.text(max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(
    before=st.dictionaries(st.text(max_size=4), JSON, max_size=3),
    elements=st.lists(JSON, max_size=5),
    after=st.dictionaries(st.text(max_size=4), JSON, max_size=3),
    indent=st.sampled_from([None, 1, "\t"]),
    nested=st.booleans(),
)
def test_a_long_list_is_read_as_any_parser_reads_it(
    before: dict[str, Any],
    elements: list[Any],
    after: dict[str, Any],
    indent: Any,
    nested: bool,
) -> None:
    for place in (before, after):
        place.pop("lines", None)
    document: Any = {**before, "lines": elements, **after}
    path = ("document", "lines") if nested else ("lines",)
    whole = {"job": {"lines": [1]}, "document": document} if nested else document
    long = LongList(json.dumps(whole, indent=indent), path)
    assert list(long.elements()) == elements
    emptied = {**document, "lines": []}
    assert long.rest() == ({**whole, "document": emptied} if nested else emptied)


@pytest.mark.parametrize("text", ['{"a":1}', '{"lines":7}', "[1]", "7", '{"lines":{"lines":[]}}'])
def test_without_a_list_at_the_path_there_is_only_the_rest(text: str) -> None:
    long = LongList(text, ("lines",))
    assert list(long.elements()) == []
    assert long.rest() == json.loads(text)


@pytest.mark.parametrize("text", ['{"lines":[1 2]}', '{"lines":[1,', '{"lines" 1}', '{"lines":[}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        long = LongList(text, ("lines",))
        list(long.elements())
        long.rest()


async def test_bytes_that_are_no_utf8_cost_no_report() -> None:
    body = json.dumps(REPORT | {"reportId": "X"}).encode().replace(b'"X"', b'"\xff"')
    report, _ = await decode_report(b"\xef\xbb\xbf" + body)
    assert report.report_id == "\ufffd"
    with pytest.raises(Undecodable):
        await decode_report(b"\xff\xfe")
