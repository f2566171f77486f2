"""What a change does, line by line: before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from simtui.models.config_change import ConfigChange, Verb
from simtui.models.settings import Chain, RouteTable
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Tone
from simtui.views.config.items import MARKS, ItemChange, Items, item_changes
from simtui.views.config.values import Names, changed_labels, flat, item_text
from simtui.views.plan.wording import plural

CONTEXT: Final = 1
"""Unchanged rules that are shown beside changed ones."""

_TONES: Final[Mapping[str, Tone]] = {"+": "ok", "-": "bad", "~": "warn", "↕": "accent"}


class DiffLine(NamedTuple):
    """A sign (``+ - ~ ↕`` or a space) and a text that is safe to print."""

    mark: str
    text: str

    @property
    def cell(self) -> Cell:
        """The line with its meaning."""
        return Cell(f"{self.mark} {self.text}", _TONES.get(self.mark, "dim"))


def diff_lines(change: ConfigChange, names: Names | None = None) -> tuple[DiffLine, ...]:
    """What is added, taken away and changed; ``names`` are readable names by id."""
    names = names or {}
    before, after = change.before, change.after
    lines: list[DiffLine] = []
    if isinstance(after, (Chain, RouteTable)):
        lines += _of_items(
            before if isinstance(before, type(after)) else type(after)(), after, names
        )
    else:
        lines += _of_fields(change, names)
    if change.psk is not None:
        word = "a pre-shared key" if change.verb == Verb.CREATE else "another pre-shared key"
        lines.append(DiffLine("+", f"{word} (not shown)"))
    return tuple(lines)


def _of_fields(change: ConfigChange, names: Names) -> Iterator[DiffLine]:
    was, wanted = flat(change.before, names), flat(change.after, names)
    if change.verb == Verb.CHANGE:
        for label in changed_labels(change.before, change.after):
            yield DiffLine("~", f"{label}: {was.get(label, NOTHING)} → {wanted[label]}")
        return
    mark, told = ("+", wanted) if change.verb == Verb.CREATE else ("-", was)
    for label, text in told.items():
        if text != NOTHING:
            yield DiffLine(mark, f"{label}: {text}")


def _of_items(before: Items, after: Items, names: Names) -> Iterator[DiffLine]:
    changes = item_changes(before, after)
    near = _near(changes)
    skipped = 0
    for at, change in enumerate(changes):
        if at not in near:
            skipped += 1
            continue
        if skipped:
            yield _unchanged(skipped)
            skipped = 0
        yield from _of_item(change, names)
    if skipped:
        yield _unchanged(skipped)


def _near(changes: tuple[ItemChange, ...]) -> set[int]:
    """The places of what changed, and of what stands beside it."""
    changed = [at for at, one in enumerate(changes) if one.fate != "kept"]
    return {at for here in changed for at in range(here - CONTEXT, here + CONTEXT + 1)}


def _unchanged(count: int) -> DiffLine:
    return DiffLine(" ", f"… {count_text(count)} {plural(count, 'other', 'others')} unchanged")


def _of_item(change: ItemChange, names: Names) -> Iterator[DiffLine]:
    mark = MARKS[change.fate]
    moved = change.fate == "moved"
    if change.after is None and change.before is not None:
        yield DiffLine(mark, f"{change.was_at:>2} {item_text(change.before, names)}")
    elif change.fate == "changed" and change.before is not None and change.after is not None:
        yield DiffLine("-", f"{change.was_at:>2} {item_text(change.before, names)}")
        yield DiffLine("+", f"{change.is_at:>2} {item_text(change.after, names)}")
    elif change.after is not None:
        place = f"{change.was_at} → {change.is_at}" if moved else f"{change.is_at:>2}"
        yield DiffLine(mark, f"{place} {item_text(change.after, names)}")
