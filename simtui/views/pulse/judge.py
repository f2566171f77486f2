"""From what is known to the rows of the Pulse."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.views.pulse.pools import pool_rows
from simtui.views.pulse.row import PulseRow, by_level
from simtui.views.pulse.seen import Seen
from simtui.views.pulse.sessions import session_rows
from simtui.views.pulse.silence import device_row, silent_row
from simtui.views.pulse.spend import spend_row
from simtui.views.pulse.tunnels import tunnel_rows
from simtui.views.pulse.work import change_row, job_row, outcome_row, quota_row, sms_row


def judge(seen: Seen) -> tuple[PulseRow, ...]:
    """All rows, the worst first; what this API or our level does not have has none."""
    return by_level([row for row in _all(seen) if row is not None])


def _all(seen: Seen) -> Iterator[PulseRow | None]:
    """In the order in which they matter when they are equally bad."""
    yield silent_row(seen)
    yield outcome_row(seen)
    yield from tunnel_rows(seen)
    yield from pool_rows(seen)
    yield from session_rows(seen)
    yield device_row(seen)
    yield sms_row(seen)
    yield job_row(seen)
    yield spend_row(seen)
    yield quota_row(seen)
    yield from change_row(seen)
