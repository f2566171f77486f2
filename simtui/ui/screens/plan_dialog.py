"""What a write would do, group by group, and the question whether to do it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from simtui.errors import SimtuiError
from simtui.models.action import SetState
from simtui.store.operation import Progress
from simtui.ui.acting.plan_table import PlanTable
from simtui.ui.acting.plan_words import asking_text, do_it, typing_problem
from simtui.ui.paint import painted
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.widgets.table_layout import GUTTER
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.detail.layout import wrap
from simtui.views.plan.plan import Plan
from simtui.views.plan.wording import plural
from simtui.views.text import clean

LEAST_LINES = 2
"""Lines of the plan itself that stay, however small the terminal is."""


class _Stage(Enum):
    ASKING = auto()
    READY = auto()
    NOTHING = auto()
    REFUSED = auto()
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan and what can come of it.

    ``rehearse`` answers the plan as the API sees it, or raises `SimtuiError`; ``remake`` is
    the plan with another action; ``confirmed`` is called once, and ``again`` when a plan
    that was refused shall be made anew from what is known then; it may raise as well.
    """

    plan: Plan
    rehearse: Callable[[Plan, Callable[[Progress], None]], Awaitable[Plan]]
    remake: Callable[[Plan, SetState], Plan]
    confirmed: Callable[[Plan], None]
    again: Callable[[SimtuiError], Awaitable[None]]


class _Digits(Input):
    """Leaves every key that is no digit to the dialog."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only digits are text here."""
        return character is not None and character.isdigit()


class PlanDialog(Dialog[None]):
    """Shows a plan; ``enter`` does it, once, and ``esc`` leaves it."""

    AUTO_FOCUS = "PlanTable"
    BINDINGS = [
        Binding("enter", "confirm", show=False, priority=True),
        Binding("space", "toggle_group", show=False, priority=True),
        Binding("s", "toggle_session", show=False, priority=True),
        Binding("r", "again", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False),
        Binding("down", "row('cursor_down')", show=False),
        Binding("up", "row('cursor_up')", show=False),
        Binding("pagedown", "row('page_down')", show=False),
        Binding("pageup", "row('page_up')", show=False),
    ]

    def __init__(self, proposal: Proposal, counter: str = "") -> None:
        """``counter`` says which of several plans in turn this is, as ``1 of 2``."""
        plan = proposal.plan
        super().__init__(_heading(plan, counter), "")
        self._counter = counter
        self.plan = plan
        self._proposal = proposal
        self._stage = _Stage.ASKING if plan.changes else _Stage.NOTHING
        self._progress: Progress | None = None
        self._problem = Cell("")
        self._error: SimtuiError | None = None
        self._rehearsed = False
        self._seen = False

    @property
    def ready(self) -> bool:
        """Whether ``enter`` does it."""
        return self._stage is _Stage.READY and self._seen

    @property
    def asking(self) -> bool:
        """Whether the API has still to say what would happen."""
        return self._stage is _Stage.ASKING

    def compose_body(self) -> ComposeResult:
        """The groups, the toggle, what went wrong, what must be typed, the question."""
        yield PlanTable(self.plan)
        yield Static(id="plan-session")
        yield Static(id="plan-said")
        if self.plan.typed and self.plan.changes:
            with Horizontal(id="plan-typing"):
                yield Label(id="plan-typed")
                entry = _Digits(compact=True, restrict=r"[0-9 ]*")
                entry.cursor_blink = False
                yield entry
        yield Static(id="plan-question")

    def on_mount(self) -> None:
        """Ask the API what would happen."""
        for entry in self.query(Input):
            entry.focus()
        self._show()
        self.call_after_refresh(self._was_seen)
        if self._stage is _Stage.ASKING:
            self.run_worker(self._rehearse(), exclusive=True)

    def on_resize(self) -> None:
        """Fit the terminal."""
        self._show()

    def _was_seen(self) -> None:
        """From now on a key is meant for what this dialog says, so what it asks is said now."""
        self._seen = True
        self._show()

    # What the keys do

    def action_confirm(self) -> None:
        """Do it; where there is nothing to do, close."""
        if self._stage is _Stage.NOTHING:
            self.dismiss()
        if not self.ready:
            return
        if problem := typing_problem(self.plan, self._typed):
            self._say(Cell(problem, "bad"))
            return
        self._stage = _Stage.ANSWERED
        self._proposal.confirmed(self.plan)

    def action_toggle_group(self) -> None:
        """Open or close a group."""
        self.query_one(PlanTable).toggle()
        self._fit()

    def action_toggle_session(self) -> None:
        """End the running session too, or leave it."""
        action = self.plan.action
        if self.plan.can_end_session and isinstance(action, SetState):
            other = replace(action, end_session=not action.end_session)
            self.plan = self._proposal.remake(self.plan, other)
            self._show()

    def action_again(self) -> None:
        """Plan anew what was refused."""
        if self._error is not None:
            self.run_worker(self._plan_again(self._error), exclusive=True)

    async def _plan_again(self, error: SimtuiError) -> None:
        self._error = None
        self._stage = _Stage.ASKING
        self._show()
        try:
            await self._proposal.again(error)
        except SimtuiError as failure:
            self._refuse(failure)

    def action_row(self, action: str) -> None:
        """Move in the plan while something is typed."""
        getattr(self.query_one(PlanTable), f"action_{action}")()

    @on(Input.Changed)
    def _typing(self) -> None:
        self._say(Cell(""))

    @property
    def _typed(self) -> str:
        return next((entry.value for entry in self.query(Input)), "")

    # What the API says

    async def _rehearse(self) -> None:
        try:
            plan = await self._proposal.rehearse(self.plan, self._heard)
        except SimtuiError as error:
            self._refuse(error)
            return
        self._rehearsed = self._progress is not None
        self.plan = plan
        if plan.changes:
            self.say_heading(_heading(plan, self._counter))
        self._stage = _Stage.READY if plan.changes else _Stage.NOTHING
        self._show()

    def _refuse(self, error: SimtuiError) -> None:
        self._error = error
        self._stage = _Stage.REFUSED
        self._problem = Cell(f"✗ {clean(str(error), 600)}", "bad")
        self._show()

    def _heard(self, progress: Progress) -> None:
        self._progress = progress
        self._show()

    # What is shown

    def _say(self, problem: Cell) -> None:
        if problem != self._problem and self._stage is not _Stage.REFUSED:
            self._problem = problem
            self._show()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        title = "as the API sees it" if self._rehearsed else "as it is known here"
        self.query_one(PlanTable).say(self.plan, title, self._width)
        for identity, cell in self._lines().items():
            line = self.query_one(f"#{identity}", Static)
            line.display = bool(cell.text)
            if line.content != (content := painted((cell,))):
                line.update(content)
        for label in self.query("#plan-typed").results(Label):
            label.update(Content(f"Type {self.plan.typed}: "))
        self._fit()

    def _lines(self) -> dict[str, Cell]:
        """What stands below the plan, by the id of its line."""
        asking = self._stage is _Stage.ASKING
        said = Cell(asking_text(self.plan, self._progress), "accent") if asking else self._problem
        return {
            "plan-session": Cell(self._session_text()),
            "plan-said": said,
            "plan-question": Cell(self._question(), "strong"),
        }

    def _session_text(self) -> str:
        action, count = self.plan.action, self.plan.can_end_session
        if not count or not isinstance(action, SetState):
            return ""
        box = "x" if action.end_session else " "
        them = plural(count, "the session", f"the {count_text(count)} sessions")
        return f"s: [{box}] end {them} too"

    def _question(self) -> str:
        if not self._seen:
            return "…"
        if self._stage is _Stage.ASKING:
            return "esc: give up"
        if self._stage is _Stage.NOTHING:
            return "There is nothing to change. enter: close"
        if self._stage is _Stage.REFUSED:
            return "r: plan it again · esc: leave it"
        return f"enter: {do_it(self.plan)} · esc: leave it"

    @property
    def _width(self) -> int:
        return self.query_one(".dialog").content_size.width or 1

    def _fit(self) -> None:
        """Give the plan the lines that the rest leaves, and no more than it has."""
        below = [cell.text for cell in self._lines().values() if cell.text]
        room = max(self._width - GUTTER, 1)
        taken = sum(len(wrap(text, room)) for text in below) + self._stack_typing()
        room = most_lines(self.app.size.height) - FRAME_LINES - taken
        table = self.query_one(PlanTable)
        table.styles.height = min(table.lines, max(room, LEAST_LINES))

    def _stack_typing(self) -> int:
        """Put what is typed below what is to be typed where both do not fit into one line;
        answers how many lines that takes."""
        for row in self.query("#plan-typing"):
            needed = GUTTER + len(f"Type {self.plan.typed}: ") + len(self.plan.typed) + 1
            row.set_class(needed > self._width, "-stacked")
            return 2 if row.has_class("-stacked") else 1
        return 0


def _heading(plan: Plan, counter: str) -> str:
    """The summary, with the number that is confirmed."""
    return f"{plan.summary} · {counter}" if counter else plan.summary
