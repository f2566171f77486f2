"""A plan as rows: three groups that open, and below them what to know before confirming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
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
    """Which rows there are and what they say. ``width`` is in cells, for long sentences.

    The row of a Thing is made when it is asked for: a group may have a hundred thousand.
    """

    def __init__(self, plan: Plan, width: int) -> None:
        self._opened: set[str] = set()
        self._groups: dict[str, _Group] = {}
        self._plan, self._width = plan, width
        self._arrange()

    @property
    def keys(self) -> Sequence[str]:
        """The rows, in order."""
        return self._keys

    def row(self, key: str) -> Row:
        """What a row says."""
        if key in self._fixed:
            return self._fixed[key]
        name, at, line = key.split(" ")
        one = self._groups[name].things[int(at)]
        text = _lines_of(one, self._width)[int(line)]
        return (Cell(text, "" if isinstance(one, Change) else "dim"),)

    def show(self, plan: Plan, width: int) -> None:
        """Say another plan; what is open stays open, and what is new opens when it is small."""
        if plan is not self._plan or width != self._width:
            self._plan, self._width = plan, width
            self._arrange()

    def _arrange(self) -> None:
        known = set(self._groups)
        self._groups = {group.key: group for group in _groups_of(self._plan) if group.things}
        if sum(len(group.things) for group in self._groups.values()) <= OPEN_AT_FIRST:
            self._opened |= self._groups.keys() - known
        self._list()

    def toggle(self, key: str) -> bool:
        """Open or close the group that a row is or belongs to; False when there is none."""
        group = key.split(" ", 1)[0]
        if group not in self._groups:
            return False
        self._opened ^= {group}
        self._list()
        return True

    def is_open(self, key: str) -> bool:
        """Whether the group that a row is or belongs to is open."""
        return key.split(" ", 1)[0] in self._opened

    def _list(self) -> None:
        """Bring the keys up to date, and the few rows that are not about a Thing."""
        self._fixed: dict[str, Row] = {}
        keys: list[str] = []
        for group in self._groups.values():
            is_open = group.key in self._opened
            head = f"{'▾' if is_open else '▸'} {group.label} {count_text(len(group.things))}"
            self._fixed[group.key] = (Cell(head, group.tone),)
            keys.append(group.key)
            if is_open:
                keys += _keys_of(group, self._width)
        remarks = dict(self._remarks())
        self._fixed |= remarks
        self._keys = (*keys, *remarks)

    def _remarks(self) -> Iterator[tuple[str, Row]]:
        told = (*self._plan.cautions, *self._plan.remarks)
        if told:
            yield "remarks", (Cell(""),)
        for number, remark in enumerate(told):
            for line, text in enumerate(wrap(remark.text, self._width)):
                yield f"remark {number} {line}", (Cell(text, remark.tone),)


def _groups_of(plan: Plan) -> tuple[_Group, ...]:
    return (
        _Group("change", "change", "strong", plan.changes),
        _Group("already", "already so", "dim", plan.skipped),
        _Group("impossible", "not possible", "warn", plan.illegal),
    )


def _keys_of(group: _Group, width: int) -> list[str]:
    """A key for every line: the group, the place of the Thing in it, the line of the Thing."""
    room = _room(width)
    return [
        f"{group.key} {at} {line}"
        for at, one in enumerate(group.things)
        for line in range(len(_wrapped(_said(one), room)))
    ]


def _lines_of(one: Change | Objection, width: int) -> list[str]:
    """The name and what becomes of it; what has no room goes on in the next line."""
    head = f"  {fit(thing_name(one.thing), _name_width(width))}  "
    indent = " " * cell_width(head)
    texts = _wrapped(_said(one), _room(width))
    return [(indent if number else head) + text for number, text in enumerate(texts)]


def _said(one: Change | Objection) -> str:
    if not isinstance(one, Change):
        return one.reason
    said = f"{one.before} → {one.after}" if one.before or one.after else ""
    return f"{said} · {one.note}" if said and one.note else said or one.note


def _name_width(width: int) -> int:
    return min(_NAME_WIDTH, max(width // 3, 8))


def _room(width: int) -> int:
    """Cells for what is said beside the name."""
    return max(width - _name_width(width) - 4, 12)


@lru_cache(maxsize=1000)
def _wrapped(text: str, room: int) -> tuple[str, ...]:
    """The same is said of very many Things."""
    return tuple(wrap(text, room))
