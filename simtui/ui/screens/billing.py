"""What something costs: the open cycle and closed ones, told apart in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from textual import on
from textual.app import ComposeResult

from simtui.errors import SimtuiError, UsageError
from simtui.models import BillingCycle
from simtui.models.billing import Scope
from simtui.ui.billing.bill_export import export_bill
from simtui.ui.billing.bill_head import BillHead
from simtui.ui.billing.bill_list import BillList
from simtui.ui.billing.bill_watch import BillWatch, BillWish
from simtui.ui.billing.choose_cycle import choose_cycle
from simtui.ui.command_line import Order
from simtui.ui.exporting import export_file
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import BillingPlace, ThingPlace, ThingsPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.views.amounts import count_text
from simtui.views.billing.columns import bill_columns
from simtui.views.billing.empty import why_no_rows
from simtui.views.billing.names import Names
from simtui.views.billing.order import TEXTS, first_sort, order_words
from simtui.views.billing.sorts import SORTS
from simtui.views.billing.why_not import no_bill
from simtui.views.billing.words import GROUP_BY, VIEWS
from simtui.views.cell import Column, Row
from simtui.views.group.things_filter import things_filter
from simtui.views.plan.wording import named

_SCOPES = {"groups": Scope.GROUP, "things": Scope.THING}
"""What opens from a row."""
_OWN_ORDER = {"sort": "", "descending": False}
"""That of the view."""
_ROWS = {"lines": "lines", "groups": "groups", "things": "Things", "days": "days"}


class BillingPage(ListPage):
    """The bill of the account, a group or a Thing; rows are lines, groups, Things or days."""

    scopes = ("table", "billing")
    heading = "Billing"
    screen_title = "Billing"
    BINDINGS = bindings("billing")

    def __init__(self, feed: FleetFeed, *told: object) -> None:
        super().__init__(feed)
        self.place = BillingPlace(*told)  # type: ignore[arg-type]  # the fields of a place
        self._watch: BillWatch | None = None
        self._list = BillList(self._rows_changed)
        self._sought = ""

    def compose_body(self) -> ComposeResult:
        """The head and the table."""
        yield BillHead(classes="head")
        yield from super().compose_body()

    def on_mount(self) -> None:
        """Ask for it."""
        self._seek()
        self._list.order(self._sort, unused=self.place.unused)
        self._watch = BillWatch(self.feed.store, self._wish, self._came)
        self._came()

    def on_unmount(self) -> None:
        """Ask no more; a report that is being made is there for whoever comes back."""
        self._list.close()
        if self._watch is not None:
            self._watch.close()

    # What is shown

    @property
    def cursor_name(self) -> str:
        """Each bill and each view has its own."""
        place = self.place
        return f"Billing {place.scope} {place.scope_id} {place.view}"

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        shown = self._list.shown
        return shown.columns(width) if shown is not None else bill_columns(self.place.view, width)

    def keys(self) -> Sequence[str]:
        """The rows in order."""
        return self._list.keys

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One row, with the names as they are known now."""
        shown = self._list.shown
        return replace(shown, names=self._names).row(key, columns) if shown is not None else ()

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        watch, now = self._watch, self.feed.context.now
        if watch is None:
            return "Loading the bill …", ""
        report = self._list.shown.bill.report if self._list.shown is not None else None
        told = (report, watch.error, watch.job, watch.level)
        return why_no_rows(*told, unused=self.place.unused, now=now)

    def show_rows(self) -> None:
        """Rows, the arrow of their order, and what the keys do to them."""
        super().show_rows()
        self.table.sort = self._sort if self.place.view != "lines" or self.place.other else None
        self.show_hints()

    def show_top(self) -> None:
        """The lines over the table; each is drawn only when it reads differently."""
        place, watch = self.place, self._watch
        cycle_id = watch.cycle.cycle_id if watch is not None and watch.cycle else place.cycle_id
        name = self._names.scope_name(place.scope, place.scope_id)
        told = ("Billing", named(cycle_id), name, "unused only" if place.unused else "")
        crumbs = tuple(part for part in told if part)
        rows = f"{count_text(len(self._list.keys))} {_ROWS[place.view]}" if self._list.shown else ""
        self.show_fleet_status(self.feed, crumbs, counts=rows)
        again = watch is not None and watch.job is not None and self._list.shown is not None
        words = order_words(place.view, self._sort, other=place.other)
        self.show_nav(("making it again" if again else "", *words))
        if watch is not None:
            now, height = self.feed.context.now, self.app.size.height
            self.query_one(BillHead).show(watch, self._list.shown, now, height)

    def refresh_now(self) -> None:
        """Ask for it again."""
        if self._watch is not None:
            self._watch.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._watch is not None and self._watch.loading

    def offers(self, key: Key) -> bool:
        """Nothing to open in lines and days, no cycle beyond the first and the last one."""
        if key.id == "open":
            return bool(self._list.keys) and self.place.view in _SCOPES
        if key.id in ("cycle-before", "cycle-after"):
            return self._cycle_at(1 if key.id == "cycle-before" else -1) is not None
        if key.id == "compare":
            return bool(self.place.other) or self._cycle_at(1) is not None
        return key.id != "unused" or "things" in VIEWS[self.place.scope]

    def escape(self) -> bool:
        """All rows again; alone again."""
        alone = {"other": "", **_OWN_ORDER}
        changes = {"unused": False} if self.place.unused else alone
        if not (self.place.unused or self.place.other):
            return False
        self._be(**changes)
        return True

    def _came(self) -> None:
        """Something is known that was not."""
        watch = self._watch
        if watch is None:
            return
        self.show_error(None if self._is_told(watch.error) else watch.error)
        report, other = watch.split.value, watch.other
        if report is not None and (other is None or other.value is not None):
            beside = other.value if other is not None else None
            self._list.show(report, beside, self.place.view, self._names)
        self.show_rows()

    def _rows_changed(self) -> None:
        self.show_rows()
        if self._sought and self.table.move_to(self._sought):
            self._sought = ""

    def _be(self, **changes: object) -> None:
        """Show the same bill in another way, or in another cycle; no step of the history."""
        before, self.place = self.place, structs.replace(self.place, **changes)
        visit = self.simtui.visit
        if visit is not None and visit.trail.here == before:
            visit.trail.replace(self.place)
        about = ("cycle_id", "view", "other")
        if any(getattr(before, name) != getattr(self.place, name) for name in about):
            self._list.clear()
            self._seek()
        self._list.order(self._sort, unused=self.place.unused)
        if self._watch is not None:
            self._watch.want(self._wish)

    def _seek(self) -> None:
        """Go to where the cursor was, as soon as that row is there."""
        visit = self.simtui.visit
        self._sought = visit.cursors.get(self.cursor_name, "") if visit is not None else ""

    # What is known

    @property
    def _wish(self) -> BillWish:
        place = self.place
        group_by = GROUP_BY[place.view]
        return BillWish(place.scope, place.scope_id, place.cycle_id, group_by, place.other)

    @property
    def _names(self) -> Names:
        return Names(self.feed.context, self.feed.thing)

    @property
    def _sort(self) -> tuple[str, bool]:
        place = self.place
        return (place.sort, place.descending) if place.sort else first_sort(place.view)

    def _is_told(self, error: SimtuiError | None) -> bool:
        """Whether the page says it where its rows would be, because it is no fault."""
        return error is not None and self._list.shown is None and bool(no_bill(error, ""))

    def _cycle_at(self, step: int) -> BillingCycle | None:
        return self._watch.neighbour(step) if self._watch is not None else None

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        scope = _SCOPES.get(self.place.view)
        if scope is not None and event.key:
            self.simtui.go_soon(BillingPlace(scope, event.key, self.place.cycle_id))

    def action_next_view(self, step: int) -> None:
        """Lines, by group, by Thing, by day, as far as the scope has them."""
        views = VIEWS[self.place.scope]
        view = views[(views.index(self.place.view) + step) % len(views)]
        self._be(view=view, unused=False, **_OWN_ORDER)

    def action_cycle(self, step: int) -> None:
        """That many cycles before."""
        cycle = self._cycle_at(step)
        if cycle is None:
            self.show_notice("No further cycle is known", "dim")
        else:
            self._be(cycle_id=cycle.cycle_id, other="")

    def action_compare(self) -> None:
        """Beside another cycle that is chosen, or alone again."""
        others = self._watch.others() if self._watch is not None else []
        if self.place.other:
            self._be(other="", **_OWN_ORDER)
        elif others:
            choose_cycle(self.app, others, lambda one: self._be(other=one.cycle_id, **_OWN_ORDER))
        else:
            self.show_notice("There is no other cycle to compare with", "dim")

    def action_toggle_unused(self) -> None:
        """Only what is charged without being used, or all of it."""
        place = self.place
        order = {} if place.view == "things" and not place.other else _OWN_ORDER
        if "things" in VIEWS[place.scope]:
            self._be(view="things", unused=not place.unused, other="", **order)

    def action_sort(self, column: str) -> None:
        """Sort by a column; again reverses."""
        columns = self.columns(self.app.size.width)
        if column not in {each.key for each in columns}:
            self.show_notice(f"There is no column of {SORTS[column][1]} here", "dim")
            return
        sorted_by, descending = self._sort
        down = not descending if sorted_by == column else column not in TEXTS
        self._be(sort=column, descending=down)

    def action_things(self) -> None:
        """The Thing, or the Things in the list."""
        group = self.feed.context.groups.get(self.place.scope_id)
        if self.place.scope == Scope.THING:
            self.simtui.go_soon(ThingPlace(self.place.scope_id))
        else:
            self.simtui.go_soon(ThingsPlace(things_filter(group) if group is not None else ""))

    def order(self, order: Order) -> None:
        """Carry out ``:export``.

        Raises:
            UsageError: when the file cannot be one, or there is nothing to export.
        """
        if order.name != "export":
            super().order(order)
            return
        file, shown = export_file(order.argument), self._list.shown
        if shown is None:
            raise UsageError("There is no bill to export yet", "", "Wait until it is there")
        self.simtui.run_worker(export_bill(self.simtui, file, shown.bill.report, self._names))
