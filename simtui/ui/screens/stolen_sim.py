"""A stolen SIM, step by step: what is next, what was done, and the evidence."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from simtui.models import Session, Thing
from simtui.models.runbook import Run, StepState
from simtui.store.queries import SessionQuery, ThingQuery
from simtui.store.query import Query
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import ThingPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.runbook.stolen_sim import StolenSim
from simtui.ui.sections_page import SectionsPage
from simtui.ui.watched import Watched
from simtui.ui.widgets.line import Line
from simtui.views.detail.section import Section
from simtui.views.runbook.stolen import (
    Present,
    evidence_sections,
    head_line,
    settled_step,
    steps_section,
)
from simtui.views.runbook.words import run_title

LEFT = 3
"""Sections of evidence below the steps: the SIM, its device, and where it was."""


class StolenSimPage(SectionsPage):
    """Looks at the Thing and its session while it is shown, so that what was done is verified."""

    scopes = ("text", "stolen")
    heading = "Stolen SIM"
    BINDINGS = bindings("stolen")

    _watched: Watched | None = None

    def __init__(self, feed: FleetFeed, run_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._run_id = run_id

    def compose_body(self) -> ComposeResult:
        """What is next, over the text."""
        yield Line(id="stolen-head", classes="head")
        yield from super().compose_body()

    def on_mount(self) -> None:
        """Follow the run, the journal, and the Thing."""
        run, visit = self.run_shown, self.simtui.visit
        self._unlisten = [self._feed.listen(self._news)]
        if run is not None and visit is not None:
            thing_id = run.things[0].thing_id
            queries: dict[str, Query[Any]] = {
                "thing": ThingQuery(thing_id),
                "session": SessionQuery(thing_id),
            }
            self._watched = Watched(self._feed.store, queries, self._show_soon)
            self._unlisten += [
                visit.runbooks.listen(self._show_soon),
                self._feed.store.journal.listen(self._show_soon),
            ]
        self.show_nav()
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow it no more."""
        for unlisten in self._unlisten:
            unlisten()
        if self._watched is not None:
            self._watched.close()

    # What is shown

    @property
    def run_shown(self) -> Run | None:
        """The run as it is now."""
        visit = self.simtui.visit
        return visit.workspace.runs.find(self._run_id) if visit is not None else None

    @property
    def _doing(self) -> StolenSim | None:
        return self.simtui.visit.runbooks.stolen if self.simtui.visit is not None else None

    def _present(self, run: Run, doing: StolenSim) -> Present:
        thing: Thing | None = None
        session: Session | None = None
        if self._watched is not None:
            thing = self._watched.entry("thing").value
            session = self._watched.entry("session").value
        return doing.present(run, thing, session)

    def refresh_now(self) -> None:
        """Ask for the Thing and its session again."""
        if self._watched is not None:
            self._watched.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._watched is not None and self._watched.loading

    def offers(self, key: Key) -> bool:
        """Nothing to do or to skip after the end."""
        run = self.run_shown
        if key.id == "take-up-step":
            return run is not None and any(one.state == StepState.SKIPPED for one in run.steps)
        if key.id in ("do-step", "skip-step"):
            return run is not None and not run.ended
        return run is not None or key.scope != "stolen"

    def show_state(self) -> None:
        """Bring the page up to date; what its writes have turned out to be is kept."""
        run, doing, visit = self.run_shown, self._doing, self.simtui.visit
        if not self.is_attached or doing is None or visit is None:
            return
        title = run_title(run) if run is not None else self._run_id
        self.show_fleet_status(self._feed, ("Runbooks", title))
        if run is None:
            gone = "It is not kept any more; :runbooks lists those that are."
            self.show_sections((Section("Run", note=gone),), ())
            return
        now, present = self._feed.context.now, self._present(run, doing)
        settled = settled_step(run, present, now)
        if settled != run:
            run = visit.workspace.runs.keep(settled)
            present = self._present(run, doing)
        shown = run
        self.query_one("#stolen-head", Line).show(lambda width: head_line(shown, present, now))
        head, *facts = evidence_sections(run, now)
        left = (steps_section(run, present, now), head, *facts[:LEFT])
        self.show_sections(left, facts[LEFT:])
        self.show_hints()

    def _news(self, news: News) -> None:
        self._show_soon()

    def _show_soon(self) -> None:
        """When the present message has been dealt with: showing may keep the run again."""
        self.call_later(self.show_state)

    # What the keys do

    def action_do_step(self) -> None:
        """The next step."""
        run, doing = self.run_shown, self._doing
        if run is not None and doing is not None:
            doing.do(run, self._present(run, doing))

    def action_skip_step(self) -> None:
        """Leave the next step out."""
        run, doing = self.run_shown, self._doing
        if run is not None and doing is not None:
            doing.skip(run, self._present(run, doing))

    def action_take_up(self) -> None:
        """The first step that was skipped."""
        run, doing = self.run_shown, self._doing
        if run is not None and doing is not None:
            doing.take_up(run)

    def action_copy(self) -> None:
        """The ticket text."""
        run, doing = self.run_shown, self._doing
        if run is not None and doing is not None:
            doing.copy(run)

    def action_thing(self) -> None:
        """The Thing in detail."""
        if (run := self.run_shown) is not None:
            self.simtui.go_soon(ThingPlace(run.things[0].thing_id))
