"""The ``[pulse]`` table: from when on something is bad, and whether a new red is heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from simtui.config.toml_table import Table, WrongType, did_you_mean, read_text, read_whole_number
from simtui.errors import UsageError
from simtui.views.filter.quantities import parse_quantity
from simtui.views.pulse.thresholds import DEFAULTS, Thresholds

Alert: TypeAlias = Literal["none", "bell", "notify"]
"""What is done about a new red: nothing, the bell, or a notification of the desktop (OSC 9)."""
Start: TypeAlias = Literal["auto", "list"]
"""``auto``: on the Pulse when anything is red; ``list``: always in the Thing list."""


@dataclass(frozen=True, slots=True)
class PulseSettings:
    """What the table says; the defaults where it says nothing."""

    thresholds: Thresholds = DEFAULTS
    alert: Alert = "none"
    start: Start = "auto"


USUAL: Final = PulseSettings()


def read_pulse(table: Table) -> PulseSettings:
    """The settings of the table. Raises ``ConfigError`` for what cannot be used."""
    table.refuse_others((*_LIMITS, "alert", "start"))
    limits = {key: table.get(key, reader) for key, reader in _LIMITS.items()}
    thresholds = Thresholds(**{key: told for key, told in limits.items() if told is not None})
    for less, more in (("pool_fill_warn", "pool_fill_bad"), ("spend_warn", "spend_bad")):
        if getattr(thresholds, less) > getattr(thresholds, more):
            raise table.error(
                less,
                f"is above {more}, which is {getattr(thresholds, more)}",
                "Yellow comes before red",
            )
    return PulseSettings(
        thresholds,
        table.get("alert", lambda value: _one_of(value, get_args(Alert))) or USUAL.alert,
        table.get("start", lambda value: _one_of(value, get_args(Start))) or USUAL.start,
    )


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        number = read_whole_number(value)
        if not least <= number <= most:
            raise WrongType(f"a whole number from {least} to {most}")
        return number

    return read


def _factor(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= 1000:
        raise WrongType("a number from 1 to 1000")
    return float(value)


def _seconds(value: Any) -> int:
    seconds = parse_quantity(read_text(value), "duration")
    if seconds is None:
        raise UsageError("", "it is no length of time", 'Write it like "90m" or "2h"')
    return seconds


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    text = read_text(value)
    if text not in known:
        hint = did_you_mean(text, known) or f"One of {', '.join(known)}"
        raise UsageError("", "it is none of the words that are known here", hint)
    return text


_PERCENT: Final = _whole(1, 100)
_HOURS: Final = _whole(1, 24 * 90)
_COUNT: Final = _whole(1, 1_000_000)
_MORE: Final = _whole(1, 10_000)
_LIMITS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "silent_factor": _factor,
    "silent_floor": _seconds,
    "silent_share": _PERCENT,
    "silent_together": _whole(2, 1_000_000),
    "offline_share": _PERCENT,
    "imei_hours": _HOURS,
    "sms_failed_hours": _whole(1, 24 * 7),
    "sms_failed_bad": _COUNT,
    "pool_fill_warn": _PERCENT,
    "pool_fill_bad": _PERCENT,
    "pool_full_hours": _HOURS,
    "flap_hours": _whole(1, 48),
    "flap_changes": _whole(2, 1000),
    "job_hours": _whole(1, 24 * 7),
    "spend_warn": _MORE,
    "spend_bad": _MORE,
}
"""The keys, and what may stand there."""
