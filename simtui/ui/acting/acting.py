"""Acting on Things: the way from a key or a word to a write that a person has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError, UsageError
from simtui.models import State, Thing
from simtui.models.action import Action, SendSms, SetState
from simtui.models.journal import JournalEntry
from simtui.models.recorded import recorded_change
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.carrying_out import FOLLOWING, After, Told
from simtui.ui.acting.choosing import Choosing
from simtui.ui.acting.completing import Completing
from simtui.ui.acting.forms import arguments_of, edit_fields, edits_of, form_fields
from simtui.ui.acting.offers import Known
from simtui.ui.acting.order_words import read_order
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.proposing import Proposing
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.acting.targets import Targets
from simtui.ui.acting.turns import Turn
from simtui.ui.acting.undoing import entry_to_undo, undo_turns
from simtui.ui.form_calls import FormCalls
from simtui.ui.screens.form_dialog import FormDialog
from simtui.views.cell import Cell
from simtui.views.forms.field import Answers
from simtui.views.plan.action_words import ACTION_WORDS, ActionWord, parse_action
from simtui.views.plan.allowed import area_of
from simtui.views.plan.selection import Selection, select_filter, select_thing
from simtui.views.plan.wording import thing_name

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit


class Acting:
    """Everything that the keys and words for acting do, for one visit."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit
        self._feed = visit.feed
        self._planning = Planning(visit.feed, read_only=visit.workspace.read_only)
        self._proposing = Proposing(app, visit, self._planning)
        self._choosing = Choosing(app, visit.feed, self._planning, self._ask)
        self._completing = Completing(visit.feed, self._things_meant)

    def close(self) -> None:
        """Wait for nothing any more; what was sent goes on."""
        self._app.workers.cancel_group(self._app, FOLLOWING)
        self._planning.close()

    @property
    def level(self) -> str | None:
        """Our permission level, as far as it is known."""
        return self._planning.level

    def check(self, area: str, doing: str) -> None:
        """Refuse what is not allowed here.

        Raises:
            ReadOnly, Forbidden: why ``doing`` is not.
        """
        self._planning.check(area, doing)

    # What the keys do; what cannot be is said on the page

    def act(self, targets: Targets) -> None:
        """The menu of actions."""
        self._choosing.begin(targets)

    def toggle_state(self, targets: Targets) -> None:
        """Suspend, or resume what is suspended, or activate what never was."""
        if targets.first is not None:
            self.try_plan(SetState(_other_state(targets.first.things)), targets.first)

    def retire(self, targets: Targets) -> None:
        """Retire for good, after something was typed."""
        if targets.first is not None:
            self.try_plan(SetState(State.RETIRED), targets.first)

    def edit(self, thing: Thing | None) -> None:
        """Name, description and tags of one Thing, in one form."""
        if thing is None:
            return

        def submit(answers: Answers) -> None:
            edits = edits_of(thing, tuple(answers.values()))
            for edit in edits:
                self._planning.check(area_of(edit), "This change")
                self._planning.make(edit, select_thing(thing))
            turns = [Turn(edit, thing_name(thing), (thing.thing_id,)) for edit in edits]
            self._proposing.take_turns(turns, after_each=True)

        fields = edit_fields(thing, self._known((thing,)))
        show(self._app, FormDialog(f"Edit {thing_name(thing)}", fields, FormCalls(submit)))

    def undo(self, entry: JournalEntry | None = None) -> None:
        """Plan what takes back ``entry``, or the last write that can be undone."""
        journal = self._feed.store.journal
        try:
            entry = entry_to_undo(journal, entry)
            if recorded_change(entry.intent) is not None:
                self._visit.configuring.undo(entry)
            else:
                self._proposing.take_turns(undo_turns(journal, entry))
        except SimtuiError as error:
            self._app.report(error)

    def try_plan(self, action: Action, selection: Selection, *, undoes: str | None = None) -> None:
        """As `plan`; what is against it is said on the page."""
        try:
            self.plan(action, selection, undoes=undoes)
        except SimtuiError as error:
            self._app.report(error)

    def plan(
        self,
        action: Action,
        selection: Selection,
        *,
        undoes: str | None = None,
        cautions: tuple[Cell, ...] = (),
        after: After | None = None,
        operation: str = "",
    ) -> None:
        """Show the plan of an action, to be confirmed; ``after`` hears what became of it, and
        ``operation`` is the id that it shall have in the journal.

        Raises:
            UsageError: for what can never be.
            ReadOnly, Forbidden: when it is not allowed.
        """
        self._planning.check(area_of(action), "This")
        made = self._planning.make(action, selection)
        self._proposing.propose(replace(made, cautions=cautions), undoes, Told(after, operation))

    # What the words behind : do

    def order(self, name: str, text: str) -> None:
        """Carry out ``:suspend``, ``:add-tag depot-7 on group:north-yard`` and the like.

        Raises:
            SimtuiError: when it is not understood, not allowed, or nobody is meant.
        """
        word = ACTION_WORDS[name]
        self._planning.check(word.area, f":{name}")
        words = read_order(text)
        selection = self._meant(name, words.filter_text)
        needed = any(not question.optional for question in word.form)
        if needed and not words.arguments:
            self._ask(word, selection)
            return
        action = parse_action(name, words.arguments, self._feed.context)
        if isinstance(action, SendSms):
            self._visit.messaging.propose(action, selection)
        else:
            self._proposing.propose(self._planning.make(action, selection))

    def complete(self, name: str, text: str) -> list[str]:
        """The whole arguments that ``text`` could become."""
        return self._completing.complete(name, text)

    def forget_offers(self) -> None:
        """Learn from the fleet anew what can be offered."""
        self._completing.forget()

    def _things_meant(self) -> Sequence[Thing]:
        targets = self._targets()
        return targets.first.things if targets is not None and targets.first else ()

    def _targets(self) -> Targets | None:
        page = self._app.page
        return page.targets() if isinstance(page, ActingPage) else None

    def _meant(self, name: str, filter_text: str | None) -> Selection:
        if filter_text is not None:
            selection = select_filter(filter_text, self._feed.index, self._feed.context)
            if not selection.things:
                raise UsageError("Nobody is meant", f"No Thing passes {filter_text}")
            return selection
        targets = self._targets()
        if targets is None or targets.first is None:
            example = f"For example :{name} on tag:depot-7"
            raise UsageError(f":{name} does not say of whom", "No Thing is chosen here", example)
        return targets.first

    # From an action to its plan

    def _ask(self, word: ActionWord, selection: Selection) -> None:
        """Ask for the parameters, if there are any."""
        if word.name == SendSms.kind:
            self._visit.messaging.write(selection)
            return

        def submit(answers: Answers) -> None:
            arguments = arguments_of(word, tuple(answers.values()))
            action = parse_action(word.name, arguments, self._feed.context)
            self.plan(action, selection)

        if word.form:
            fields = form_fields(word, self._known(selection.things))
            title = f"{word.label} · {selection.words}"
            show(self._app, FormDialog(title, fields, FormCalls(submit)))
            return
        try:
            submit({})
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)

    def _known(self, things: Sequence[Thing]) -> Known:
        return Known(tuple(self._feed.index), things, self._feed.context)


def _other_state(things: Sequence[Thing]) -> str:
    """Active when all of them are suspended, or all of them never were in service."""
    states = {thing.state for thing in things}
    return State.ACTIVE if states in ({State.SUSPENDED}, {State.PROVISIONED}) else State.SUSPENDED
