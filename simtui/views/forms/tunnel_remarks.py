"""What is to be said of a tunnel's form while it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from simtui.errors import UsageError
from simtui.models.settings import TunnelSettings
from simtui.models.tunnel import Dpd, Phase1, Phase2
from simtui.views.cell import Cell
from simtui.views.forms.field import Answers
from simtui.views.forms.tunnel_ike import IkeEntries
from simtui.views.forms.tunnel_keep_alive import KeepAliveEntries
from simtui.views.forms.tunnel_phase import PhaseEntries
from simtui.views.tunnel.weak import weaknesses

T = TypeVar("T")

_SOUND = TunnelSettings("", "")
"""Stands in for what cannot be read yet: nothing is to be said of it."""


def tunnel_remarks(
    ike: IkeEntries, keep_alive: KeepAliveEntries, answers: Answers
) -> Sequence[Cell]:
    """Weak choices, and times that do not go together; what cannot be read is passed over."""
    settings = replace(
        _SOUND,
        ike_version=_or(_SOUND.ike_version, ike.version.read, answers),
        exchange_mode=_or(_SOUND.exchange_mode, ike.mode.read, answers),
        phase1=Phase1(*_algorithms(ike.phase1, answers)),
        phase2=Phase2(*_algorithms(ike.phase2, answers)),
    )
    weak = (Cell(f"! {one.text}", "warn") for one in weaknesses(settings))
    return (*weak, *_impatient(keep_alive, answers), *_new_key(ike, answers))


def _algorithms(
    phase: PhaseEntries, answers: Answers
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    sound = _SOUND.phase1
    return (
        _or(sound.encryption, phase.encryption.read, answers),
        _or(sound.integrity, phase.integrity.read, answers),
        _or(sound.dh_groups, phase.groups.read, answers),
    )


def _impatient(keep_alive: KeepAliveEntries, answers: Answers) -> Iterator[Cell]:
    dpd = _or(Dpd(), keep_alive.read_dpd, answers)
    if dpd.timeout_seconds < dpd.delay_seconds:
        text = (
            f"! DPD gives up after {dpd.timeout_seconds} s but asks only every"
            f" {dpd.delay_seconds} s: a peer that is there is taken for gone"
        )
        yield Cell(text, "warn")


def _new_key(ike: IkeEntries, answers: Answers) -> Iterator[Cell]:
    if ike.place.before is not None and answers.get("psk"):
        yield Cell("! A new key: the tunnel is down until the other side has it too", "warn")


def _or(sound: T, read: Callable[[Answers], T], answers: Answers) -> T:
    try:
        return read(answers)
    except UsageError:
        return sound
