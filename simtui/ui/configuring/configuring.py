"""Editing the configuration, for one visit: forms, drafts, saving and deleting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from simtui.errors import SimtuiError, UsageError
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.journal import JournalEntry
from simtui.models.permission import Area, area_of_kind
from simtui.models.settings import Settings
from simtui.store.config_now import Now, read_siblings
from simtui.store.drafts import Draft, Drafts
from simtui.ui.acting.showing import close_dialogs, is_busy, show
from simtui.ui.configuring.config_places import place_of
from simtui.ui.configuring.edits import edit_of
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.configuring.own_user import own_user
from simtui.ui.configuring.proposing import Proposing, Then
from simtui.ui.configuring.readable import names_for
from simtui.ui.form_calls import FormCalls
from simtui.ui.messaging.drafts import SMS
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.views.config.draft_words import draft_note, kept_text, restored_text
from simtui.views.forms.field import Answers, Choice
from simtui.views.journal.config_undo import takes_back, undo_of_change, what_stays
from simtui.views.users.lockout import check_lockout

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

Saved = Callable[[], None]

OPENING = "opening"
"""The group of workers that get what a form has to know."""
_DOING: Final[Mapping[str, str]] = {Area.USERS: "Changing users"}


def _nothing() -> None:
    """Nothing more is to be done."""


class Configuring:
    """Everything that the keys for editing do."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit
        self.proposing = Proposing(app, visit)

    @property
    def drafts(self) -> Drafts:
        """The edits that are not saved."""
        return self._visit.workspace.drafts

    def may_write(self, kind: str = Kind.NETWORK) -> bool:
        """Whether objects of this kind may be changed; if not, the page says why."""
        area = area_of_kind(kind)
        try:
            self._visit.acting.check(area, _DOING.get(area, "Changing the configuration"))
        except SimtuiError as error:
            self._app.report(error)
            return False
        return True

    # Forms

    def edit(self, ref: Ref, saved: Saved = _nothing) -> None:
        """Show an object in its form, or a new one when ``ref`` has no id, with what was
        typed before and not saved."""
        if self.may_write(ref.kind):
            self._app.run_worker(self._open(ref, saved), group=OPENING, exclusive=True)

    async def _open(self, ref: Ref, saved: Saved) -> None:
        try:
            edit = await edit_of(self._visit.feed, ref)
        except SimtuiError as error:
            self._app.report(error)
            return
        if is_busy(self._app):
            return
        draft = self.drafts.find(ref)
        note = restored_text(draft, edit.version, self.drafts.now()) if draft else ""
        self._show(edit, saved, dict(draft.answers) if draft else {}, note)

    def _show(self, edit: FormEdit[Any], saved: Saved, answers: Answers, note: str = "") -> None:
        form = edit.form
        opened = {field.name: field.value for field in form.fields}
        secrets = _secrets_of(edit)

        def submit(given: Answers) -> None:
            plan = edit.read(given)
            if plan.change.changes_nothing:
                self.drafts.drop(edit.ref)
                close_dialogs(self._app)
                self._app.notice(f"Nothing is changed: {edit.title}")
                return
            self._propose(edit, plan, given, saved)

        def changed(given: Answers) -> None:
            own = {
                name: text
                for name, text in given.items()
                if name not in secrets and text != opened.get(name)
            }
            self._keep(edit, own)

        def left(given: Answers) -> None:
            if self.drafts.find(edit.ref) is not None:
                lost = " · a key is not kept" if any(map(given.get, secrets)) else ""
                self._app.notice(f"{kept_text(edit.title)}{lost}")

        calls = FormCalls(submit, form.remarks, changed, left, edit.generate)
        show(
            self._app,
            FormDialog(form.title, form.fields, calls, answers=answers, note=note),
        )

    def _keep(self, edit: FormEdit[Any], own: Answers) -> None:
        if own:
            now = self.drafts.now()
            draft = Draft(edit.ref, edit.title, now, edit.version, answers=dict(own))
            self.drafts.keep(draft)
        else:
            self.drafts.drop(edit.ref)

    def _propose(self, edit: FormEdit[Any], plan: SavePlan, answers: Answers, saved: Saved) -> None:
        def done() -> None:
            self.drafts.drop(edit.ref)
            saved()

        def anew(now: Now, mine: Settings) -> None:
            self.drafts.drop(edit.ref)
            typed = {name: answers[name] for name in _secrets_of(edit) if answers.get(name)}
            self._show(edit.on_top_of(now, mine), saved, typed, "Yours on top of theirs")

        then = Then(done, lambda: self._show(edit, saved, answers), anew)
        self.proposing.propose(plan, then)

    # Without a form

    def delete(self, ref: Ref, title: str, reason: str = "") -> None:
        """Ask whether to delete an object; or say the ``reason`` why that cannot be."""
        if not self.may_write(ref.kind):
            return
        if reason:
            self._app.report(UsageError(f"{_capital(title)} cannot be deleted", reason))
        else:
            self._app.run_worker(self._delete(ref, title), group=OPENING, exclusive=True)

    async def _delete(self, ref: Ref, title: str) -> None:
        """As it is now, because the answer is about what is shown in the question."""
        try:
            siblings = await read_siblings(self._visit.feed.store, ref)
            now = next((one for one in siblings if one.object_id == ref.object_id), None)
            if now is None:
                return
            change = ConfigChange(ref, title, now.settings, None, now.version)
            self._check_lockout(change, siblings)
        except SimtuiError as error:
            self._app.report(error)
            return
        if not is_busy(self._app):
            self.save(SavePlan(change, names=names_for(self._visit.feed, change)))

    def save(self, plan: SavePlan, saved: Saved = _nothing, undoes: str | None = None) -> None:
        """Ask whether to save a change that was made without a form."""
        then = Then(saved, lambda: close_dialogs(self._app))
        self.proposing.propose(plan, then, undoes)

    # Undoing

    def undo(self, entry: JournalEntry) -> None:
        """Plan what takes a change back.

        Raises:
            UsageError: why it cannot be.
        """
        undo = undo_of_change(entry)
        if undo.made is None:
            raise UsageError("This cannot be undone", undo.reason)
        if self.may_write(undo.made.ref.kind):
            work = self._undo(undo.made, entry)
            self._app.run_worker(work, group=OPENING, exclusive=True)

    async def _undo(self, made: ConfigChange, entry: JournalEntry) -> None:
        try:
            siblings = await read_siblings(self._visit.feed.store, made.ref)
            now = next((one for one in siblings if one.object_id == made.ref.object_id), None)
            known = tuple(one.object_id for one in siblings)
            settings, version = (now.settings, now.version) if now is not None else (None, 0)
            change = takes_back(made, settings, version, known)
            if change is not None:
                self._check_lockout(change, siblings)
        except SimtuiError as error:
            self._app.report(error)
            return
        if change is None:
            self._app.notice(f"Nothing of it is left to take back: {made.title}")
        elif not is_busy(self._app):
            feed = self._visit.feed
            remarks = what_stays(entry, feed.store.journal.of_operation(entry.intent.operation))
            plan = SavePlan(change, remarks=remarks, names=names_for(feed, change))
            self.save(plan, undoes=entry.entry_id)

    def _check_lockout(self, change: ConfigChange, siblings: Sequence[Now]) -> None:
        """Refuse what takes the last administrator's rights, or our own, away."""
        users = {one.object_id: one.settings for one in siblings}
        check_lockout(change, users, own_user(self._visit.feed.store))

    # Drafts

    def offer_drafts(self) -> None:
        """Let an unsaved edit be chosen, to go on with it."""
        drafts, now = self.drafts.all, self.drafts.now()
        if not drafts:
            self._app.notice("Nothing is unsaved")
            return
        offers = [Choice(draft.title, draft_note(draft, now)) for draft in drafts]

        def picked(index: int) -> None:
            close_dialogs(self._app)
            self._app.run_worker(self._go_on(drafts[index]), group=OPENING, exclusive=True)

        def back() -> None:
            close_dialogs(self._app)

        show(self._app, PickDialog("Unsaved edits", offers, picked, back))

    async def _go_on(self, draft: Draft) -> None:
        if draft.ref.kind == SMS:
            self._visit.messaging.go_on(draft)
            return
        await self._app.go(place_of(draft.ref))
        if not draft.is_list:
            self.edit(draft.ref)


def _secrets_of(edit: FormEdit[Any]) -> set[str]:
    """The fields that nothing is kept of but in the form itself."""
    return {field.name for field in edit.form.fields if field.secret}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
