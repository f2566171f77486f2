"""A plan as rows: three groups that open, and below them what to know before confirming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row, Tone
from simtui.views.detail.layout import wrap
from simtui.views.plan.plan import Change, Objection, Plan
from simtui.views.plan.wording import thing_name
from simtui.views.text import cell_width, fit

OPEN_AT_FIRST = 3
"""Things of a plan that are all shown without being asked for."""
_NAME_WIDTH = 20


class _Group(NamedTuple):
    key: str
    label: str
    tone: Tone
    things: Sequence[Change | Objection]


class PlanRows:
    """Which rows there are and what they say. ``width`` is in cells, for long sentences."""

    def __init__(self, plan: Plan, width: int) -> None:
        self._opened: set[str] = set()
        self._rows: dict[str, Row] = {}
        self.show(plan, width)
        if sum(len(group.things) for group in self._groups) <= OPEN_AT_FIRST:
            self._opened = {group.key for group in self._groups}
            self.show(plan, width)

    @property
    def keys(self) -> Sequence[str]:
        """The rows, in order."""
        return tuple(self._rows)

    def row(self, key: str) -> Row:
        """What a row says."""
        return self._rows[key]

    def show(self, plan: Plan, width: int) -> None:
        """Say another plan; what is open stays open."""
        self._plan, self._width = plan, width
        self._groups = [group for group in _groups_of(plan) if group.things]
        self._rows = dict(self._said())

    def toggle(self, key: str) -> bool:
        """Open or close the group that a row is or belongs to; False when there is none."""
        group = key.split(" ", 1)[0]
        if group not in {known.key for known in self._groups}:
            return False
        self._opened ^= {group}
        self._rows = dict(self._said())
        return True

    def is_open(self, key: str) -> bool:
        """Whether the group that a row is or belongs to is open."""
        return key.split(" ", 1)[0] in self._opened

    def _said(self) -> Iterator[tuple[str, Row]]:
        for group in self._groups:
            arrow = "▾" if group.key in self._opened else "▸"
            head = f"{arrow} {group.label} {count_text(len(group.things))}"
            yield group.key, (Cell(head, group.tone),)
            if group.key in self._opened:
                yield from _things_of(group, self._width)
        if self._plan.remarks:
            yield "remarks", (Cell(""),)
        for number, remark in enumerate(self._plan.remarks):
            for line, text in enumerate(wrap(remark.text, self._width)):
                yield f"remark {number} {line}", (Cell(text, remark.tone),)


def _groups_of(plan: Plan) -> tuple[_Group, ...]:
    return (
        _Group("change", "change", "strong", plan.changes),
        _Group("already", "already so", "dim", plan.skipped),
        _Group("impossible", "not possible", "warn", plan.illegal),
    )


def _things_of(group: _Group, width: int) -> Iterator[tuple[str, Row]]:
    for one in group.things:
        key = f"{group.key} {one.thing.thing_id}"
        name = fit(thing_name(one.thing), min(_NAME_WIDTH, max(width // 3, 8)))
        texts = list(_told(f"  {name}  ", one, width))
        for number, text in enumerate(texts):
            yield f"{key} {number}", (Cell(text, "" if isinstance(one, Change) else "dim"),)


def _told(head: str, one: Change | Objection, width: int) -> Iterable[str]:
    """The name and what becomes of it; what has no room goes on in the next line."""
    if isinstance(one, Change):
        said = f"{one.before} → {one.after}" if one.before or one.after else ""
        said = " · ".join(part for part in (said, one.note) if part)
    else:
        said = one.reason
    indent = " " * cell_width(head)
    room = max(width - len(indent), 12)
    for number, text in enumerate(wrap(said, room)):
        yield (indent if number else head) + text
