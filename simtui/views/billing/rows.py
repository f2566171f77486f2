"""The rows of a bill: the lines of a report that belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from simtui.models import BillingLine, BillingReport
from simtui.models.billing import TOTAL_OF, Kind
from simtui.views.billing.money import ZERO, decimal_of, plain, sum_of
from simtui.views.billing.words import View
from simtui.views.plan.wording import named

UNNAMED: Final = "THE CYCLE"
"""Where the server does not say which one."""
AT_ONCE: Final = 3_000
"""Lines that are added up between two looks at the keys; some milliseconds."""
USAGE: Final = frozenset({Kind.DATA, Kind.SMS_MT, Kind.SMS_MO})
SMS: Final = frozenset({Kind.SMS_MT, Kind.SMS_MO})
DATA: Final = frozenset({Kind.DATA})
FEE: Final = frozenset({Kind.SUBSCRIPTION})


@dataclass(slots=True)
class BillRow:
    """Lines with one place, and the sum of their amounts."""

    key: str
    lines: list[BillingLine] = field(default_factory=list)
    total: Decimal = ZERO

    @property
    def group_id(self) -> str:
        """The group that the lines name; empty when they name none."""
        return next((line.things_group_id for line in self.lines if line.things_group_id), "")

    def amount(self, kinds: frozenset[str]) -> Decimal:
        """What the lines of some kinds cost."""
        return sum_of(line.amount for line in self.lines if line.kind in kinds)

    def quantity(self, kinds: frozenset[str]) -> Decimal:
        """How much, or how many, of some kinds."""
        return sum_of(line.quantity for line in self.lines if line.kind in kinds)

    def amount_text(self, kinds: frozenset[str]) -> str:
        """The amount exactly as it is told, or the sum of several."""
        return _text([line.amount for line in self.lines if line.kind in kinds])

    def quantity_text(self, kinds: frozenset[str]) -> str:
        """The quantity exactly as it is told, or the sum of several."""
        return _text([line.quantity for line in self.lines if line.kind in kinds])

    @property
    def total_text(self) -> str:
        """All of it."""
        return _text([line.amount for line in self.lines])

    @property
    def unused(self) -> bool:
        """Whether a subscription is charged and nothing was used (or nothing else is told)."""
        subscribed = any(line.kind in FEE for line in self.lines)
        others = (line for line in self.lines if line.kind not in FEE)
        return subscribed and all(decimal_of(line.quantity) == ZERO for line in others)


class Bill:
    """A report in rows; ``work`` makes them, a little at a time.

    ``sums`` are those of the lines by kind; ``unreadable`` counts amounts that are no
    numbers. With ``aligned`` days are told apart by their number, to be compared with
    those of another cycle.
    """

    def __init__(self, report: BillingReport, view: View, *, aligned: bool = False) -> None:
        self.report = report
        self.view = view
        self.rows: dict[str, BillRow] = {}
        self.sums: dict[str, Decimal] = {}
        self.unreadable = 0
        self.most = ZERO
        self.done = False
        self._key = _keys(view, aligned)

    def work(self) -> Iterator[None]:
        """Make the rows; every step takes some milliseconds."""
        for start in range(0, len(self.report.lines), AT_ONCE):
            for line in self.report.lines[start : start + AT_ONCE]:
                self._add(line)
            yield
        self.most = max((row.total for row in self.rows.values()), default=ZERO)
        self.done = True

    @property
    def cycle_id(self) -> str:
        """The cycle that it is of."""
        return named(self.report.cycle.cycle_id) if self.report.cycle is not None else UNNAMED

    @property
    def total(self) -> Decimal:
        """What all lines cost."""
        return sum(self.sums.values(), ZERO)

    def sums_by_total(self) -> Mapping[str, Decimal]:
        """The sums of the lines by the total that they are part of; of kinds we know."""
        found: dict[str, Decimal] = dict.fromkeys(TOTAL_OF.values(), ZERO)
        for kind, amount in self.sums.items():
            if kind in TOTAL_OF:
                found[TOTAL_OF[kind]] += amount
        return found

    def _add(self, line: BillingLine) -> None:
        key = self._key(line)
        row = self.rows.get(key)
        if row is None:
            row = self.rows[key] = BillRow(key)
        row.lines.append(line)
        amount = decimal_of(line.amount)
        if amount is None:
            self.unreadable += 1
            return
        row.total += amount
        self.sums[line.kind] = self.sums.get(line.kind, ZERO) + amount


def _keys(view: View, aligned: bool) -> Callable[[BillingLine], str]:
    if view == "groups":
        return lambda line: line.things_group_id or ""
    if view == "things":
        return lambda line: line.thing_id or ""
    if view == "days":
        return (lambda line: (line.date or "")[-2:]) if aligned else (lambda line: line.date or "")
    return _numbered()


def _numbered() -> Callable[[BillingLine], str]:
    """Each line is a row; those of a kind are told apart by their number."""
    seen: Counter[str] = Counter()

    def key(line: BillingLine) -> str:
        seen[line.kind] += 1
        return f"{line.kind}:{seen[line.kind]}"

    return key


def _text(told: list[str]) -> str:
    return told[0] if len(told) == 1 else plain(sum_of(told))
