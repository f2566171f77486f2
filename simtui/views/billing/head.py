"""The lines over a bill: which cycle, what it comes to, what it will come to, who is charged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simtui.models import BillingCycle, BillingReport
from simtui.models.billing import NET, CycleStatus, Total
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.billing.estimate import elapsed_of, estimate_of, is_open
from simtui.views.billing.money import plain
from simtui.views.billing.words import REASONS, TOTALS, reason_text, total_name
from simtui.views.cell import Cell, Row, Tone
from simtui.views.plan.wording import day_text, named, things_text
from simtui.views.text import cell_width, fit

_SHORTER = (
    (" Things charged", " charged"),
    ("suspended the whole cycle", "suspended throughout"),
    ("provisioned", "prov."),
    ("suspended throughout", "susp."),
)
"""What gives way where there is no room, first to last."""
_SHOWN = (Total.SUBSCRIPTION, Total.DATA, Total.SMS)


def cycle_line(
    cycle: BillingCycle | None, report: BillingReport | None, now: datetime, width: int
) -> Row:
    """``2026-11 open · 1 Nov 2026 to 1 Dec 2026 · 70.4 % of it over · as of 5m ago``."""
    cycle = report.cycle if report is not None and report.cycle is not None else cycle
    if cycle is None:
        return (Cell(" The account does not tell its billing cycle", "dim"),)
    parts = [*_span(cycle)]
    elapsed = elapsed_of(report, now) if report is not None else None
    if report is not None and is_open(report) and elapsed is not None and not elapsed.over:
        parts.append(f"{elapsed.percent_text} of it over")
    if report is not None and report.generated_at is not None:
        parts.append(f"as of {age_ago(report.generated_at, now)}")
    if cycle.time_zone:
        parts.append(named(cycle.time_zone))
    head = f"{named(cycle.cycle_id)} {status_word(cycle)}"
    while parts and cell_width(head + "".join(f" · {part}" for part in parts)) >= width:
        parts.pop()
    return _fitted(width, (head, "strong"), ("".join(f" · {part}" for part in parts), "dim"))


def status_word(cycle: BillingCycle) -> str:
    """Whether it grows, in a word."""
    words = {CycleStatus.OPEN: "open", CycleStatus.CLOSED: "closed"}
    return words.get(cycle.status, named(cycle.status).lower())


def net_text(report: BillingReport) -> str:
    """The sum as the server tells it, and whether more will come."""
    net = report.totals.get(NET)
    text = money(net, report) if net is not None else "not told"
    return f"{text} so far" if is_open(report) else text


def net_line(report: BillingReport, width: int) -> Row:
    """``412.10 EUR so far = subscriptions 300.00 + data 100.10 + SMS 12.00``."""
    parts = " + ".join(f"{_in_a_sentence(name)} {amount}" for name, amount in parts_of(report))
    return _fitted(width, (net_text(report), "strong"), (f" = {parts}" if parts else "", ""))


def _in_a_sentence(name: str) -> str:
    return name if name.isupper() else name.lower()


def parts_of(report: BillingReport) -> Iterator[tuple[str, str]]:
    """The sums beside the net, in the order in which they are shown, as they are told."""
    others = sorted(name for name in report.totals if name not in TOTALS and name != NET)
    for name in (*_SHOWN, *others):
        if name in report.totals:
            yield total_name(name), named(report.totals[name])


def money(amount: str, report: BillingReport) -> str:
    """An amount as it is told, with its currency."""
    return f"{named(amount)} {named(report.currency)}".strip()


def estimate_text(report: BillingReport, now: datetime) -> str:
    """``≈ 585.37 EUR · estimate: usage ÷ 70.4 % of …``; empty for a closed cycle."""
    estimate = estimate_of(report, now)
    if estimate is None:
        return ""
    if estimate.amount is None:
        return f"no estimate: {estimate.method}"
    return f"≈ {money(plain(estimate.amount), report)} · estimate: {estimate.method}"


def estimate_line(report: BillingReport, now: datetime, width: int) -> Row:
    """What it will come to, and how that was found."""
    text = estimate_text(report, now)
    if not text:
        return _fitted(width, ("The cycle is closed: nothing more is added", "dim"))
    amount, separator, method = text.partition(" · ")
    if not separator:
        return _fitted(width, (f"At its end: {text}", "dim"))
    return _fitted(width, (amount, "accent"), (f" at its end · {method}", "dim"))


def charged_line(report: BillingReport, width: int) -> Row:
    """Who is charged, who is free and why; in short where there is no room."""
    text = charged_text(report)
    for long, short in _SHORTER:
        if cell_width(text) > width - 2:
            text = text.replace(long, short)
    return _fitted(width, (text, ""))


def charged_text(report: BillingReport) -> str:
    """``812 Things charged, 188 free: 120 provisioned, 8 retired``; empty when not told."""
    if report.things_billable is None:
        return ""
    text = f"{things_text(report.things_billable)} charged"
    if report.things_free:
        text += f", {count_text(report.things_free)} free"
        reasons = [
            f"{count_text(count)} {reason_text(reason)}"
            for reason, count in sorted(report.free_reasons.items(), key=_known_first)
            if count
        ]
        text += f": {', '.join(reasons)}" if reasons else ""
    return text


def _known_first(told: tuple[str, int]) -> tuple[int, str]:
    known = tuple(REASONS)
    return (known.index(told[0]) if told[0] in known else len(known), told[0])


def _fitted(width: int, *parts: tuple[str, Tone]) -> Row:
    """The parts behind a blank, cut where there is no room."""
    cells, room = [Cell(" ")], width - 1
    for text, tone in parts:
        cells.append(Cell(fit(text, room) if cell_width(text) > room else text, tone))
        room -= cell_width(cells[-1].text)
    return tuple(cells)


def _span(cycle: BillingCycle) -> Iterator[str]:
    if cycle.start is not None and cycle.end is not None:
        start, end = (day_text(at, cycle.time_zone) for at in (cycle.start, cycle.end))
        yield f"{start} to {end}"
