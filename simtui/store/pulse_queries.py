"""Questions of the Pulse: what the pages of their own ask often, it asks slowly.

An hour of it costs, at full pace and on top of what every page asks: 4 requests for messages
and one for each of at most 8 networks every 3 minutes, one for the jobs every minute, the bill
of the open cycle four times and that of the last one once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simtui.store.config_queries import TunnelsQuery
from simtui.store.job_queries import JobsQuery
from simtui.store.sms_queries import OpenSmsQuery

SLOWLY: Final = 180.0
"""Seconds between two looks at what costs several requests."""
BILL_EVERY: Final = 900.0
"""Seconds between two looks at the bill of the open cycle."""
MOST_NETWORKS: Final = 8
"""Networks whose tunnels are looked at."""


@dataclass(frozen=True, slots=True)
class PulseSmsQuery(OpenSmsQuery):
    """What is pending or did not arrive."""

    max_age = SLOWLY


@dataclass(frozen=True, slots=True)
class PulseTunnelsQuery(TunnelsQuery):
    """The tunnels of a network."""

    max_age = SLOWLY


@dataclass(frozen=True, slots=True)
class PulseJobsQuery(JobsQuery):
    """The jobs."""

    max_age = 60.0
