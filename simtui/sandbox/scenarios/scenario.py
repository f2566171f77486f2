"""What a scenario is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


class Truth:
    """What is really wrong, which only the sandbox knows; one word each."""

    NOTHING: Final = "nothing"
    LIFECYCLE: Final = "lifecycle"
    SERVICES: Final = "services"
    DATA_LIMIT: Final = "data limit"
    IMEI_LOCK: Final = "IMEI lock"
    IP_POOL: Final = "IP pool"
    FIREWALL: Final = "firewall"
    TUNNEL: Final = "tunnel"
    COVERAGE: Final = "coverage"
    OPERATOR: Final = "operator outage"
    SITE: Final = "something that many share"
    DEVICE: Final = "the device"
    NOT_TOLD: Final = "not told by the API"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which Thing it happens to: an online one of this group, with a name of this kind
    (``valve`` for ``valve-12``) when one is given."""

    group: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened ``minutes_ago``: a trouble by its name, or one of
    `simtui.sandbox.scenarios.steps`, with its settings."""

    what: str
    minutes_ago: float = 0
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, a sentence, to which Thing it happens, what happened, and what is wrong."""

    name: str
    description: str
    wanted: Wanted
    truth: str
    steps: tuple[Step, ...] = ()
