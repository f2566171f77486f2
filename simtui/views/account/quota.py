"""The quota in use, and what simtui does when it runs out (contract §1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from simtui.models.quota import Quota
from simtui.views.ages import moment_text
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import Section
from simtui.views.jobs.progress import bar_text
from simtui.views.plan.wording import named

_BAR: Final = 16


def quota_section(
    quota: Quota | None, now: datetime, *, slow_from: float, stop_from: float
) -> Section:
    """What is used of it, and from which shares on simtui asks less; safe to print."""
    policy = (
        f"From {slow_from:.0%} on simtui looks less often; from {stop_from:.0%} on only what you"
        " ask for yourself is sent. The whole account shares the quota."
    )
    if quota is None:
        return Section("Quota", note=f"The API has not told it. {policy}")
    return Section("Quota", tuple(_rows(quota, now, slow_from, stop_from)), policy)


def _rows(
    quota: Quota, now: datetime, slow_from: float, stop_from: float
) -> Iterator[tuple[str, Cell]]:
    share = quota.share
    if quota.used is None or quota.limit is None or share is None:
        used = f"{count_text(quota.used)} of {count_text(quota.limit)}"
        yield "Used", Cell(used, "dim")
    else:
        tone: Tone = "bad" if share >= stop_from else "warn" if share >= slow_from else ""
        told = f"{count_text(quota.used)} of {count_text(quota.limit)}, {share:.0%}"
        yield "Used", Cell(f"{bar_text(quota.used, quota.limit, _BAR)} {told}", tone)
        yield "simtui", Cell(_doing(share, slow_from, stop_from), tone)
    yield "Interval", _interval(quota)
    yield "Resets", Cell(moment_text(quota.reset_at, now), "" if quota.reset_at else "dim")


def _doing(share: float, slow_from: float, stop_from: float) -> str:
    if share >= stop_from:
        return "has stopped looking by itself until the reset"
    return "looks less often than it would" if share >= slow_from else "looks as often as it should"


def _interval(quota: Quota) -> Cell:
    if not quota.interval or not quota.unit:
        return Cell(NOTHING, "dim")
    unit = named(quota.unit).lower()
    return Cell(f"{quota.interval} {unit}{'' if quota.interval == 1 else 's'}")
