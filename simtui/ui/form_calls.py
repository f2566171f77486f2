"""What a form tells and asks of whoever opened it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simtui.views.cell import Cell
from simtui.views.forms.field import Answers


def _silent(answers: Answers) -> Sequence[Cell]:
    return ()


def _unheard(answers: Answers) -> None:
    """Nobody keeps what is typed."""


def _as_it_is(field: str, text: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class FormCalls:
    """``submit`` takes the answers by the names of their fields and raises `SimtuiError` when
    they cannot be; ``remarks`` are about the answers so far; ``changed`` hears of every
    change, and ``left`` that the person goes away without submitting. ``generate`` answers
    a new secret, for ctrl+g. ``mend`` answers a better text for a field and what stands in it,
    for ctrl+r; None leaves it.
    """

    submit: Callable[[Answers], None]
    remarks: Callable[[Answers], Sequence[Cell]] = _silent
    changed: Callable[[Answers], None] = _unheard
    left: Callable[[Answers], None] = _unheard
    generate: Callable[[], str] | None = None
    mend: Callable[[str, str], str | None] = _as_it_is
