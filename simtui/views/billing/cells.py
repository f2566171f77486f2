"""The cells of a bill's rows, amounts exactly as they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from simtui.views.billing.columns import bill_columns, compared_columns
from simtui.views.billing.estimate import Elapsed, in_digits_of, is_open
from simtui.views.billing.money import ZERO, decimal_of, plain, signed
from simtui.views.billing.names import Names
from simtui.views.billing.rows import DATA, FEE, SMS, USAGE, Bill, BillRow
from simtui.views.cell import Cell, Column, Row
from simtui.views.jobs.progress import bar_text
from simtui.views.plan.wording import named

_NONE: Final = Cell("0", "dim")
_NOT_TOLD: Final = Cell("–", "dim")


@dataclass(frozen=True, slots=True)
class Shown:
    """A bill, what its rows are called, and beside which other one it stands."""

    bill: Bill
    names: Names
    elapsed: Elapsed | None = None
    other: Bill | None = None

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a table of ``width`` cells."""
        if self.other is not None:
            return compared_columns(self.bill.view, width, self.bill.cycle_id, self.other.cycle_id)
        return bill_columns(self.bill.view, width, is_open=is_open(self.bill.report))

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One row."""
        return tuple(_CELLS[column.key](self, key, column) for column in columns)

    def this(self, key: str) -> BillRow:
        """The row of the bill; without lines when it has none."""
        return self.bill.rows.get(key) or BillRow(key)

    def that(self, key: str) -> BillRow:
        """The row of the other bill; without lines when it has none."""
        found = self.other.rows.get(key) if self.other is not None else None
        return found or BillRow(key)

    def difference(self, key: str) -> Decimal:
        """By how much the bill is more than the other one."""
        return self.this(key).total - self.that(key).total

    def at_the_end(self, row: BillRow) -> Decimal | None:
        """An estimate of what a row will be at the end; None when it is too early."""
        if self.elapsed is None or self.elapsed.early:
            return None
        usage = row.amount(USAGE)
        return in_digits_of(row.total, row.total - usage + self.elapsed.at_the_end(usage))


def _name(shown: Shown, key: str, column: Column) -> Cell:
    return Cell(shown.names.row_name(shown.bill.view, key))


def _group(shown: Shown, key: str, column: Column) -> Cell:
    return Cell(shown.names.group_name(shown.this(key).group_id))


def _amount(shown: Shown, key: str, column: Column) -> Cell:
    row = shown.this(key)
    if not row.lines:
        return _NONE
    text = named(row.total_text)
    return Cell(text) if decimal_of(row.total_text) is not None else Cell(f"✗ {text}", "bad")


def _sum(
    kinds: frozenset[str], text_of: Callable[[BillRow, frozenset[str]], str]
) -> Callable[[Shown, str, Column], Cell]:
    """The cell of what is told of some kinds."""

    def cell(shown: Shown, key: str, column: Column) -> Cell:
        row = shown.this(key)
        if not any(line.kind in kinds for line in row.lines):
            return _NONE
        return Cell(named(text_of(row, kinds)))

    return cell


def _end(shown: Shown, key: str, column: Column) -> Cell:
    amount = shown.at_the_end(shown.this(key))
    return _NOT_TOLD if amount is None else Cell(plain(amount), "accent")


def _bar(shown: Shown, key: str, column: Column) -> Cell:
    most, own = shown.bill.most, shown.this(key).total
    if most <= ZERO:
        return Cell("")
    return Cell(bar_text(max(int(own * 1000 / most), 0), 1000, column.width), "dim")


def _of_line(field: str) -> Callable[[Shown, str, Column], Cell]:
    """The cell of a field of the row's one line."""

    def cell(shown: Shown, key: str, column: Column) -> Cell:
        line = next(iter(shown.this(key).lines), None)
        text = named(str(getattr(line, field))) if line is not None else ""
        return Cell(text) if text else _NOT_TOLD

    return cell


def _other(shown: Shown, key: str, column: Column) -> Cell:
    row = shown.that(key)
    return Cell(named(row.total_text)) if row.lines else _NONE


def _difference(shown: Shown, key: str, column: Column) -> Cell:
    difference = shown.difference(key)
    return Cell(signed(difference), "warn" if difference > ZERO else "")


def _percent(shown: Shown, key: str, column: Column) -> Cell:
    before = shown.that(key).total
    if before == ZERO:
        return Cell("new" if shown.this(key).lines else "", "dim")
    return Cell(f"{round(shown.difference(key) * 100 / before, 1):+f} %")


_CELLS: Final[Mapping[str, Callable[[Shown, str, Column], Cell]]] = {
    "name": _name,
    "group": _group,
    "bar": _bar,
    "data": _sum(DATA, BillRow.quantity_text),
    "sms": _sum(SMS, BillRow.quantity_text),
    "fee": _sum(FEE, BillRow.amount_text),
    "amount": _amount,
    "end": _end,
    "quantity": _of_line("quantity"),
    "unit": _of_line("unit"),
    "price": _of_line("unit_price"),
    "other": _other,
    "difference": _difference,
    "percent": _percent,
}
