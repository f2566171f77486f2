"""What the Things of the fleet are for: the word lists and habits behind the names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UseCase:
    """One kind of Thing.

    ``share`` is out of 100. ``habit_seconds`` is how often the device talks;
    ``always_on`` ones keep their session open. ``megabytes`` is what the median one
    uses in a month. ``rats`` are repeated by how common they are.
    """

    kind: str
    share: int
    groups: tuple[str, ...]
    device: str
    habit_seconds: int
    always_on: bool
    megabytes: float
    rats: tuple[str, ...]
    tags: tuple[str, ...] = ()
    services: tuple[str, ...] = ("DATA", "SMS")
    lockable: bool = False


_LTE = ("LTE", "LTE", "LTE", "LTE", "UMTS", "GSM")
_LTE_M = ("LTE_M", "LTE_M", "LTE_M", "LTE", "GSM")

USE_CASES: tuple[UseCase, ...] = (
    UseCase(
        "pump",
        10,
        ("depot-7", "depot-3", "north-yard", "south-yard"),
        "controller",
        900,
        True,
        24.0,
        _LTE,
        ("water", "scada"),
        lockable=True,
    ),
    UseCase(
        "valve",
        8,
        ("depot-7", "north-yard", "south-yard"),
        "controller",
        3_600,
        False,
        3.0,
        _LTE_M,
        ("water",),
        lockable=True,
    ),
    UseCase(
        "meter",
        34,
        ("meters", "meters", "meters-be", "meters-lu"),
        "meter",
        21_600,
        False,
        1.6,
        _LTE_M,
        ("metering",),
    ),
    UseCase(
        "gateway",
        7,
        ("depot-7", "depot-3", "gateways"),
        "gateway",
        60,
        True,
        640.0,
        _LTE,
        ("critical",),
        lockable=True,
    ),
    UseCase(
        "charger",
        14,
        ("charging", "charging", "charging-be"),
        "charger",
        300,
        True,
        38.0,
        _LTE,
        ("ocpp",),
    ),
    UseCase(
        "elevator",
        6,
        ("elevators",),
        "lift",
        3_600,
        False,
        6.0,
        _LTE,
        ("critical", "emergency-call"),
    ),
    UseCase(
        "camera",
        5,
        ("cameras", "north-yard"),
        "camera",
        60,
        True,
        4_200.0,
        ("LTE",),
        ("video",),
        ("DATA",),
        lockable=True,
    ),
    UseCase(
        "tracker", 14, ("trackers", "trailers"), "tracker", 1_800, False, 9.0, _LTE_M, ("fleet",)
    ),
    UseCase("probe", 2, ("lab",), "bench", 3_600, False, 12.0, _LTE_M, ("test",)),
)
