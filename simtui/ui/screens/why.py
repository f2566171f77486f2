"""Why a Thing is offline: the likely cause on top, the checks below it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from simtui.models.config_change import Kind
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.targets import Targets
from simtui.ui.configuring.config_places import place_of
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.gathering import Gathering
from simtui.ui.history import Place, ThingsPlace, TunnelPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings, keys_of, spelled
from simtui.ui.list_page import ListPage
from simtui.ui.screens.rung_dialog import RungDialog
from simtui.ui.why_watch import WhyWatch
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.fact_lines import FactLines
from simtui.ui.widgets.line import Line
from simtui.ui.widgets.remark import Remark
from simtui.views.cell import Column, Row
from simtui.views.plan.selection import select_thing
from simtui.views.plan.wording import thing_name
from simtui.views.text import clean, fit
from simtui.views.why.diagnose import Diagnosis
from simtui.views.why.rung import Remedy, Rung
from simtui.views.why.words import (
    head_cell,
    remedy_cell,
    rung_columns,
    rung_lines,
    rung_row,
    why_text,
)

SENTENCE_LINES = 3
_LARGE = 20
"""Lines of a terminal that has room for the evidence beside the checks."""
_FIX = "fix-why"


class WhyPage(ActingPage, ListPage):
    """The rungs are rows that never move; answers fill them in."""

    scopes = ("table", "why")
    heading = "Why offline"
    BINDINGS = bindings("why")

    def __init__(self, feed: FleetFeed, thing_id: str) -> None:
        super().__init__(feed)
        self._thing_id = thing_id
        self._gathering = Gathering(self, self._show_answers)
        self._watch = WhyWatch(feed, thing_id, self._gathering.soon)
        self._diagnosis: Diagnosis | None = None
        self._pointed = False

    def compose_body(self) -> ComposeResult:
        """The sentence, what would help, the checks, and the evidence of one of them."""
        yield Remark(SENTENCE_LINES)
        yield Line(id="why-remedy", classes="head")
        yield from super().compose_body()
        yield FactLines("… enter shows all of it")

    def on_mount(self) -> None:
        """Ask what is not known yet."""
        visit = self.simtui.visit
        self._pointed = visit is not None and self.cursor_name in visit.cursors
        self._watch.open()
        self._show_answers()

    def on_unmount(self) -> None:
        """Ask no more."""
        self._watch.close()

    def on_resize(self) -> None:
        """Give up the evidence where there is hardly any room."""
        self.query_one(Remark).fit_terminal()
        self.set_class(self.app.size.height < _LARGE, "-small")

    # What is shown

    @property
    def cursor_name(self) -> str:
        """Each Thing has its own."""
        return f"{self.heading} {self._thing_id}"

    @property
    def diagnosis(self) -> Diagnosis:
        """What the page shows."""
        if self._diagnosis is None:
            self._diagnosis = self._watch.diagnosis
        return self._diagnosis

    @property
    def rung(self) -> Rung | None:
        """The check under the cursor."""
        return self._rungs.get(self.table.cursor_key or "")

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return rung_columns(width)

    def keys(self) -> Sequence[str]:
        """The names of the checks."""
        return tuple(self._rungs)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One check."""
        rung = self._rungs[key]
        return rung_row(rung, rung is self.diagnosis.named, self.feed.context.now, columns)

    def why_empty(self) -> tuple[str, str]:
        """There are always the same checks."""
        return "No checks.", ""

    def show_top(self) -> None:
        """The lines around the table; each is drawn only when it reads differently."""
        thing = self._watch.thing
        name = thing_name(thing) if thing is not None else clean(self._thing_id)
        self.show_fleet_status(self.feed, ("Things", name, "why offline"))
        self.show_nav()
        self.query_one(Remark).show(head_cell(self.diagnosis))
        rung, key, own = self.rung, self._fix_key(), self._own_remedy()
        remedy = remedy_cell(self.diagnosis, key if own in (None, self.diagnosis.remedy) else "")
        line = self.query_one("#why-remedy", Line)
        line.show(lambda width: (remedy._replace(text=f" {fit(remedy.text, width - 1)}"),))
        facts = rung_lines(rung, self.feed.context.now, key if own else "") if rung else ()
        self.query_one(FactLines).show(facts)

    def tick(self) -> None:
        """Let ages grow: a fact may have become too old to rely on."""
        self._diagnosis = None
        self.show_rows()

    def fleet_changed(self, news: News) -> None:
        """The Thing may be another one than before, and what is around it."""
        self._watch.look_further()
        if news.names or news.rebuilt or self._thing_id in news.thing_ids:
            self._gathering.soon()
        else:
            self.show_top()

    def refresh_now(self) -> None:
        """Ask all of it again."""
        self._watch.refresh()
        self._gathering.soon()

    @property
    def asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._watch.waiting

    def offers(self, key: Key) -> bool:
        """Nothing to be done where nothing would help."""
        if key.id == _FIX:
            remedy = self._remedy()
            writes = remedy is not None and remedy.action is not None
            return bool(remedy and remedy.leads_somewhere) and not (
                writes and self.simtui.read_only
            )
        return True

    @property
    def _rungs(self) -> dict[str, Rung]:
        return {rung.name: rung for rung in self.diagnosis.rungs}

    def _show_answers(self) -> None:
        self._diagnosis = None
        self.show_error(self._watch.error)
        self.show_rows()
        self._point()
        self.show_hints()

    def _point(self) -> None:
        """Put the cursor on the cause, once, when it is known and nobody has moved it."""
        diagnosis = self.diagnosis
        if self._pointed or diagnosis.waiting:
            return
        self._pointed = True
        if diagnosis.named is not None and self.table.cursor_index == 0:
            self.table.move_to(diagnosis.named.name)

    def _fix_key(self) -> str:
        moved, read_only = self.simtui.moved_keys, self.simtui.read_only
        rows = keys_of(self.scopes, moved=moved, read_only=read_only)
        key = next((row for row in rows if row.id == _FIX), None)
        return spelled(key.keys) if key is not None and self.offers(key) else ""

    def _remedy(self) -> Remedy | None:
        """Of the check under the cursor where that has one that leads somewhere, else of all."""
        return self._own_remedy() or self.diagnosis.remedy

    def _own_remedy(self) -> Remedy | None:
        remedy = self.rung.remedy if self.rung is not None else None
        return remedy if remedy is not None and remedy.leads_somewhere else None

    # What the keys do

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self.show_top()
        self.show_hints()

    @on(table_messages.Opened)
    def _opened(self) -> None:
        if (rung := self.rung) is not None:
            self.app.push_screen(RungDialog(rung.name, rung_lines(rung, self.feed.context.now)))

    def targets(self) -> Targets:
        """This Thing."""
        return Targets(row=self._watch.thing)

    def action_fix(self) -> None:
        """Plan what would help, or go to where it can be changed."""
        visit, thing, remedy = self.simtui.visit, self._watch.thing, self._remedy()
        if visit is None or thing is None or remedy is None or not remedy.leads_somewhere:
            self.show_notice("Nothing that can be done from here would help", "dim")
        elif remedy.action is not None:
            visit.acting.try_plan(remedy.action, select_thing(thing))
        else:
            self.simtui.go_soon(_place(remedy))

    def action_copy(self) -> None:
        """The ladder as text for a ticket."""
        if (thing := self._watch.thing) is not None:
            lines = why_text(thing, self.diagnosis, self.feed.context.now)
            self.app.copy_to_clipboard("\n".join(lines))
            self.simtui.notice("Copied it as text for a ticket")


def _place(remedy: Remedy) -> Place:
    """Where a remedy leads."""
    ref = remedy.ref
    if ref is None:
        return ThingsPlace(remedy.filter_text)
    if ref.kind == Kind.TUNNEL and ref.object_id:
        return TunnelPlace(ref.parent_id, ref.object_id)
    return place_of(ref)
