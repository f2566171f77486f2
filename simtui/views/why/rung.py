"""One check of the ladder: what was found, by what, how old that is, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from simtui.models.action import Action
from simtui.models.config_change import Ref

Verdict: TypeAlias = Literal["PASS", "FAIL", "UNKNOWN"]


class RungName:
    """The checks, in their order."""

    OFFLINE: Final = "Offline?"
    MANY: Final = "One or many"
    LIFECYCLE: Final = "Lifecycle"
    SERVICES: Final = "Services, limits"
    IMEI: Final = "IMEI lock"
    SESSIONS: Final = "Last sessions"
    ADDRESS: Final = "IP lease, pool"
    PATH: Final = "Path"
    COVERAGE: Final = "Coverage"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would help: words, and an action on the Thing, or where to look and change it.

    ``ref`` is an object of the configuration, ``filter_text`` a list of Things.
    """

    words: str
    action: Action | None = None
    ref: Ref | None = None
    filter_text: str = ""

    @property
    def leads_somewhere(self) -> bool:
        """Whether more can be done about it from here than reading."""
        return bool(self.action or self.ref or self.filter_text)


@dataclass(frozen=True, slots=True)
class Rung:
    """A check and its outcome. All texts are safe to print.

    ``as_of`` is when the fact that decided was so, None where that is not told. ``cause``
    says of a failed check what is wrong, as the end of a sentence; a check that failed
    without one explains no silence. A ``weak`` cause is only named where nothing else is.
    ``waiting`` is whether an answer that it needs may still come. ``elsewhere`` is the check
    that judges what was found here.
    """

    name: str
    verdict: Verdict
    found: str
    evidence: tuple[str, ...] = ()
    as_of: datetime | None = None
    cause: str = ""
    weak: bool = False
    remedy: Remedy | None = None
    waiting: bool = False
    elsewhere: str = ""


def unknown(name: str, found: str, *evidence: str, waiting: bool = False) -> Rung:
    """A check that could not be made, and why."""
    return Rung(name, "UNKNOWN", found[:1].upper() + found[1:], evidence, waiting=waiting)
