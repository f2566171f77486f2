"""From when on something is yellow or red on the Pulse; the ``[pulse]`` table may say otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The defaults are meant for a fleet of hundreds to a hundred thousand sensors and meters.

    Shares and fills are percent, spans are hours unless the name says otherwise.
    """

    silent_factor: float = 3.0
    """How many times its usual gap a Thing may be silent."""
    silent_floor: int = 3600
    """Seconds of silence that are never too long."""
    silent_share: int = 5
    """From which share of the Things with data on their silence is red."""
    silent_together: int = 5
    """From how many Things of one group on that fall silent together it is red."""
    offline_share: int = 50
    """From which share of the active Things on it is red that they are offline."""
    imei_hours: int = 24
    sms_failed_hours: int = 24
    sms_failed_bad: int = 10
    """From how many messages on that did not arrive it is red."""
    pool_fill_warn: int = 75
    pool_fill_bad: int = 95
    pool_full_hours: int = 24
    """A pool that will be full within that time at its present rate is red."""
    flap_hours: int = 6
    flap_changes: int = 4
    """How many changes of state within ``flap_hours`` make a tunnel flap."""
    job_hours: int = 24
    spend_warn: int = 20
    spend_bad: int = 50
    """Percent above the same days of the last cycle."""


DEFAULTS = Thresholds()
