"""Acting on Things: the way from a key or a word to a write that a person has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simtui.errors import Conflict, SimtuiError, UsageError
from simtui.models import State, Thing
from simtui.models.action import Action, SetState
from simtui.models.journal import JournalEntry
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.carrying_out import FOLLOWING, CarryingOut
from simtui.ui.acting.choosing import Choosing
from simtui.ui.acting.forms import arguments_of, edit_fields, edits_of, form_fields
from simtui.ui.acting.offers import Known, Offer, Offers, offers_of
from simtui.ui.acting.order_words import complete_words, read_order
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.acting.targets import Targets
from simtui.ui.screens.action_form import ActionForm
from simtui.ui.screens.plan_dialog import PlanDialog, Proposal
from simtui.views.cell import Cell
from simtui.views.filter.complete import complete
from simtui.views.filter.vocabulary import Vocabulary, vocabulary_of
from simtui.views.journal.undo import last_undoable, undo_of_operation
from simtui.views.plan.action_words import ACTION_WORDS, ActionWord, parse_action
from simtui.views.plan.allowed import area_of
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection, select_filter, select_thing
from simtui.views.plan.wording import thing_name
from simtui.views.text import clean

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Turn:
    """A plan to come: an action on the Things of these ids, as they are then.

    ``undoes`` is the journal's entry that it takes back, ``remark`` what to know of that.
    """

    action: Action
    words: str
    thing_ids: tuple[str, ...]
    undoes: str | None = None
    remark: str = ""


class Acting:
    """Everything that the keys and words for acting do, for one visit."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit
        self._feed = visit.feed
        self._planning = Planning(visit.feed, read_only=visit.workspace.read_only)
        self._carrying = CarryingOut(app, visit, self._planning, self._propose_again)
        self._choosing = Choosing(app, visit.feed, self._planning, self._ask)
        self._offers: dict[str, Offers] = {}
        self._vocabulary: Vocabulary | None = None

    def close(self) -> None:
        """Wait for nothing any more; what was sent goes on."""
        self._app.workers.cancel_group(self._app, FOLLOWING)
        self._planning.close()

    @property
    def level(self) -> str | None:
        """Our permission level, as far as it is known."""
        return self._planning.level

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

        def submit(answers: Sequence[str]) -> None:
            edits = edits_of(thing, answers)
            for edit in edits:
                self._planning.check(area_of(edit), "This change")
                self._planning.make(edit, select_thing(thing))
            turns = [Turn(edit, thing_name(thing), (thing.thing_id,)) for edit in edits]
            self._take_turns(turns, after_each=True)

        fields = edit_fields(thing, self._known((thing,)))
        show(self._app, ActionForm(f"Edit {thing_name(thing)}", fields, submit))

    def undo(self, entry: JournalEntry | None = None) -> None:
        """Plan what takes back ``entry``, or the last write that can be undone."""
        journal = self._feed.store.journal
        own = [one for one in journal.entries if one.intent.endpoint == journal.author.endpoint]
        entry = entry or last_undoable(own)
        if entry is None:
            self._app.report(UsageError("There is nothing to undo", "", "The journal: 0"))
            return
        if entry.intent.endpoint != journal.author.endpoint:
            detail = f"It was done to another account: {clean(entry.intent.endpoint)}"
            self._app.report(UsageError("This cannot be undone from here", detail))
            return
        undo = undo_of_operation(journal.of_operation(entry.intent.operation))
        words = entry.intent.target
        turns = [
            Turn(part.action, words, part.thing_ids, entry.entry_id, undo.remark)
            for part in undo.parts
        ]
        if not turns:
            self._app.report(UsageError("This cannot be undone", undo.reason))
            return
        try:
            self._take_turns(turns)
        except SimtuiError as error:
            self._app.report(error)

    def try_plan(self, action: Action, selection: Selection, *, undoes: str | None = None) -> None:
        """As `plan`; what is against it is said on the page."""
        try:
            self.plan(action, selection, undoes=undoes)
        except SimtuiError as error:
            self._app.report(error)

    def plan(self, action: Action, selection: Selection, *, undoes: str | None = None) -> None:
        """Show the plan of an action, to be confirmed.

        Raises:
            UsageError: for what can never be.
            ReadOnly, Forbidden: when it is not allowed.
        """
        self._planning.check(area_of(action), "This")
        self._propose(self._planning.make(action, selection), undoes=undoes)

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
        self._propose(self._planning.make(action, selection))

    def complete(self, name: str, text: str) -> list[str]:
        """The whole arguments that ``text`` could become."""
        if name not in self._offers:
            self._offers[name] = self._learnt(name)
        return complete_words(text, self._offers[name], self._filters)

    def forget_offers(self) -> None:
        """Learn from the fleet anew what can be offered: to go through it takes its time."""
        self._offers.clear()
        self._vocabulary = None

    def _learnt(self, name: str) -> Offers:
        targets = self._targets()
        things = targets.first.things if targets is not None and targets.first else ()
        kind = ACTION_WORDS[name].form[0].kind if ACTION_WORDS[name].form else "text"
        return offers_of(kind, self._known(things))

    def _filters(self, typed: str) -> list[Offer]:
        if self._vocabulary is None:
            tags = {tag for thing in self._feed.index for tag in thing.tags}
            self._vocabulary = vocabulary_of(self._feed.context, tags)
        return [Offer(whole) for whole in complete(typed, len(typed), self._vocabulary)]

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

        def submit(answers: Sequence[str]) -> None:
            action = parse_action(word.name, arguments_of(word, answers), self._feed.context)
            self.plan(action, selection)

        if word.form:
            fields = form_fields(word, self._known(selection.things))
            show(self._app, ActionForm(f"{word.label} · {selection.words}", fields, submit))
            return
        try:
            submit(())
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)

    def _known(self, things: Sequence[Thing]) -> Known:
        return Known(tuple(self._feed.index), things, self._feed.context)

    def _take_turns(
        self, turns: Sequence[Turn], *, after_each: bool = False, number: int = 1
    ) -> None:
        """Plan the first, and the others when it is confirmed (``after_each``: done)."""
        turn, *others = turns
        self._planning.check(area_of(turn.action), "This")
        known = (self._feed.thing(thing_id) for thing_id in turn.thing_ids)
        things = tuple(thing for thing in known if thing is not None)
        if not things:
            raise UsageError("There is nobody left to do it to", f"{turn.words} is not known here")
        words = thing_name(things[0]) if len(things) == 1 else turn.words
        plan = self._planning.make(turn.action, Selection(words, things))
        if turn.remark:
            plan = replace(plan, cautions=(Cell(turn.remark, "warn"),))
        self._propose(plan, undoes=turn.undoes, others=others, after_each=after_each, number=number)

    def _propose_again(self, plan: Plan, undoes: str | None) -> None:
        self._propose(plan, undoes=undoes)

    def _propose(
        self,
        plan: Plan,
        *,
        undoes: str | None = None,
        others: Sequence[Turn] = (),
        after_each: bool = False,
        number: int = 1,
    ) -> None:
        def go_on() -> None:
            self._take_turns(others, after_each=after_each, number=number + 1)

        def confirmed(plan: Plan) -> None:
            self._carrying.start(plan, undoes, go_on if others and after_each else None)
            if others and not after_each:
                go_on()

        async def again(error: SimtuiError) -> None:
            grown = isinstance(error, Conflict) and error.name == "TARGET_COUNT_CHANGED"
            selection = await self._planning.select_anew(plan.selection, reload=grown)
            anew = self._planning.make(plan.action, selection)
            self._propose(anew, undoes=undoes, others=others, after_each=after_each, number=number)

        proposal = Proposal(
            plan, self._planning.rehearse, self._planning.with_action, confirmed, again
        )
        turns = number + len(others)
        show(self._app, PlanDialog(proposal, f"{number} of {turns}" if turns > 1 else ""))


def _other_state(things: Sequence[Thing]) -> str:
    """Active when all of them are suspended, or all of them never were in service."""
    states = {thing.state for thing in things}
    return State.ACTIVE if states in ({State.SUSPENDED}, {State.PROVISIONED}) else State.SUSPENDED
