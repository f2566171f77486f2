"""What a bill with a line for everything that each Thing used takes: read, shown, sorted, kept.

The yardsticks: the same JSON read at once, a loop over its lines, a plain sort of as many
amounts, and the same lines written as they came.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
import tracemalloc
from pathlib import Path
from typing import Any

from benchmarks.job import Job
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from simtui.api.report_decode import decode_report
from simtui.clock import SystemClock
from simtui.models import BillingReport
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.ui.billing.bill_list import BillList
from simtui.ui.exporting import write_lines
from simtui.views.billing.export import bill_csv
from simtui.views.billing.names import Names
from simtui.views.fleet_context import FleetContext

SECTION = "a bill by Thing, three lines each"
GROUPS = 40


def document(things: int, seed: int = 7) -> bytes:
    """A report as the wire spells it (contract §3.9)."""
    dice = random.Random(seed)
    lines = [line for number in range(things) for line in _lines(dice, number)]
    cycle = {"cycleId": "2026-11", "status": "OPEN", "timeZone": "Europe/Amsterdam"}
    head = {"scope": "ACCOUNT", "currency": "EUR", "cycle": cycle, "totals": {"net": "0.00"}}
    return json.dumps({**head, "lines": lines}, separators=(",", ":")).encode()


def _lines(dice: random.Random, number: int) -> list[dict[str, str]]:
    place = {"thingId": f"t_{number}", "thingsGroupId": f"g_{number % GROUPS}"}
    mega, messages = dice.randrange(10**9) / 1e6, dice.randrange(1, 9)
    return [
        _line("SUBSCRIPTION", "THING", "1", "0.9500", "0.95", place),
        _line("DATA", "MB", f"{mega:.6f}", "0.0500", f"{mega / 20:.2f}", place),
        _line("SMS_MT", "SMS", str(messages), "0.0450", f"{messages * 0.045:.2f}", place),
    ]


def _line(
    kind: str, unit: str, quantity: str, price: str, amount: str, place: dict[str, str]
) -> dict[str, str]:
    told = {"kind": kind, "unit": unit, "quantity": quantity, "unitPrice": price}
    return {**told, "amount": amount, **place}


async def reading(body: bytes) -> tuple[BillingReport, list[Figure]]:
    """From the bytes to the model."""
    start = time.perf_counter()
    plain: Any = json.loads(body)
    bare = (time.perf_counter() - start) * 1000
    del plain
    async with StallWatch() as stalls:
        start = time.perf_counter()
        with collector_held():
            report, _ = await decode_report(body)
            hide_from_collector(len(report.lines))
        took = (time.perf_counter() - start) * 1000
    return report, [
        Figure(SECTION, "read", took, "ms", bare, "json.loads, which stalls for all of it"),
        Figure(SECTION, "read: longest stall", stalls.longest * 1000, "ms", bare),
    ]


async def remembering(body: bytes) -> Figure:
    """How much of the memory it keeps."""
    tracemalloc.start()
    report, _ = await decode_report(body)
    kept = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    note = f"the JSON of {len(report.lines):,} lines"
    return Figure(SECTION, "read: memory", kept, "MB", len(body) / 1e6, note)


class Looking:
    """A list that notes when rows first came."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.first: float | None = None
        self._changed = asyncio.Event()
        self.list = BillList(self._rows)

    def _rows(self) -> None:
        self._changed.set()
        if self.first is None and len(self.list.keys):
            self.first = (time.perf_counter() - self.started) * 1000

    async def settled(self) -> float:
        """The milliseconds until nothing is left to do."""
        while self.list.busy:
            self._changed.clear()
            await self._changed.wait()
        return (time.perf_counter() - self.started) * 1000


async def showing(report: BillingReport, names: Names) -> list[Figure]:
    """From the model to rows in order, and to another order."""
    start = time.perf_counter()
    amounts = [float(line.amount) for line in report.lines]
    bare_loop = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    amounts.sort()
    bare_sort = (time.perf_counter() - start) * 1000
    async with StallWatch() as stalls:
        looking = Looking()
        looking.list.order(("amount", True), unused=False)
        looking.list.show(report, None, "things", names)
        shown = await looking.settled()
        looking.started = time.perf_counter()
        looking.list.order(("data", True), unused=False)
        resorted = await looking.settled()
    return [
        Figure(SECTION, "first rows", looking.first, "ms", bare_loop, "a loop over the lines"),
        Figure(SECTION, "all rows, in order", shown, "ms", bare_loop),
        Figure(SECTION, "another order", resorted, "ms", bare_sort, "a sort of all amounts"),
        Figure(SECTION, "rows: longest stall", stalls.longest * 1000, "ms", bare_loop),
    ]


async def exporting(report: BillingReport, names: Names, folder: Path) -> list[Figure]:
    """The lines as CSV on the disk."""
    async with StallWatch() as stalls:
        start = time.perf_counter()
        await write_lines(folder / "bill.csv", bill_csv(report, names))
        took = (time.perf_counter() - start) * 1000
    text = (folder / "bill.csv").read_bytes()
    start = time.perf_counter()
    with (folder / "bare.csv").open("wb", buffering=0) as file:
        file.write(text)
        os.fsync(file.fileno())
    bare = (time.perf_counter() - start) * 1000
    return [
        Figure(SECTION, "export", took, "ms", bare, "the same bytes with fsync"),
        Figure(SECTION, "export: longest stall", stalls.longest * 1000, "ms", bare),
    ]


async def _measured(job: Job) -> list[Figure]:
    body = document(job.things)
    names = Names(FleetContext(SystemClock().now()), lambda thing_id: None)
    report, figures = await reading(body)
    figures += await showing(report, names)
    figures += await exporting(report, names, job.folder)
    return [*figures, await remembering(body)]


def measure(job: Job) -> list[Figure]:
    """Everything."""
    return asyncio.run(_measured(job))
