"""Messages to Things, for one visit: written, asked about, planned, cancelled, verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import SimtuiError, UsageError
from simtui.models import Sms, Thing
from simtui.models.action import SendSms
from simtui.models.config_change import Ref
from simtui.models.permission import Area
from simtui.models.sms_template import literal
from simtui.store.drafts import Draft, Drafts
from simtui.store.operation import Report
from simtui.store.queries import SentLatelyQuery
from simtui.ui.acting.showing import close_dialogs, is_busy, show
from simtui.ui.form_calls import FormCalls
from simtui.ui.history import ConversationPlace, Place, SmsBatchPlace
from simtui.ui.messaging.cancelling import offer_to_cancel_sms
from simtui.ui.messaging.drafts import selection_of, sms_ref, target_of
from simtui.ui.messaging.known_templates import known_templates
from simtui.ui.messaging.sms_price import SmsPrice
from simtui.ui.messaging.verifying import Verifying
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.ui.screens.form_dialog import FormDialog
from simtui.views.cell import Cell
from simtui.views.config.draft_words import kept_text, restored_text
from simtui.views.forms.field import Answers
from simtui.views.forms.sms_form import Composing, mended, sms_form
from simtui.views.plan.judge_sms import why_no_sms
from simtui.views.plan.selection import Selection, select_thing
from simtui.views.plan.wording import thing_name
from simtui.views.sms.same_text import same_lately, same_text
from simtui.views.text import clean

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

_ASKING = "sms-asking"
"""The group of workers that look what was sent lately."""
_ASKING_PRICE = "sms-price"
"""The group of workers that find out what a segment costs."""


class Messaging:
    """Everything that the keys about messages do."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit
        self._feed = visit.feed
        self._price = SmsPrice(visit.feed.store)
        self.verifying = Verifying(app, visit.feed)

    def close(self) -> None:
        """Look for nothing any more."""
        self.verifying.close()

    def look(self) -> None:
        """Time has passed for whoever is verified."""
        self.verifying.look()

    @property
    def _drafts(self) -> Drafts:
        return self._visit.workspace.drafts

    # Writing

    def write(self, selection: Selection, start: SendSms | None = None) -> None:
        """Show the form, with what was typed before and not sent; what cannot be is said on
        the page."""
        try:
            self._visit.acting.check(Area.ACTIONS, "Sending an SMS")
            self._check_single(selection)
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)
            return
        ref = sms_ref(selection)
        draft = self._drafts.find(ref) if start is None else None
        note = restored_text(draft, 0, self._drafts.now()) if draft is not None else ""
        answers = dict(draft.answers) if draft is not None else {}
        self._show(selection, start or SendSms(""), answers, note)

    def go_on(self, draft: Draft) -> None:
        """Go on with a message that was not sent."""
        selection = selection_of(draft, self._feed)
        if selection is None:
            self._app.notice(f"Nobody is left to write to: {draft.title}")
        else:
            self.write(selection)

    def again(self, sms: Sms, thing: Thing | None) -> None:
        """Offer the text of a message once more, as a new message that names the old one."""
        if thing is None:
            self._app.notice("The Thing of this message is not known here any more")
            return
        minutes = sms.validity_minutes or SendSms("").validity_minutes
        start = SendSms(literal(sms.text), minutes, sms.sender or "", again_of=sms.sms_id)
        self.write(select_thing(thing), start)

    def cancel(self, sms: Sms, thing: Thing | None) -> None:
        """Ask whether a message shall be cancelled, or say why it cannot be."""
        whom = thing_name(thing) if thing is not None else clean(sms.thing_id or "") or "a Thing"
        try:
            self._visit.acting.check(Area.ACTIONS, "Cancelling an SMS")
        except SimtuiError as error:
            self._app.report(error)
            return
        offer_to_cancel_sms(self._app, self._feed.store, sms, whom)

    def _check_single(self, selection: Selection) -> None:
        """One Thing that gets no message is told of before anything is typed."""
        if len(selection.things) == 1:
            thing = selection.things[0]
            if why := why_no_sms(thing):
                raise UsageError(f"No SMS to {thing_name(thing)}", f"It {why}")

    def _show(self, selection: Selection, start: SendSms, answers: Answers, note: str) -> None:
        templates = known_templates(self._app, self._visit.workspace)
        self._app.run_worker(self._price.ask(), group=_ASKING_PRICE, exclusive=True)
        about = Composing(selection.things, selection.words, templates, lambda: self._price.known)
        form = sms_form(start, about)
        opened = {field.name: field.value for field in form.fields}
        ref = sms_ref(selection)

        def submit(given: Answers) -> None:
            self.propose(form.read(given), selection)

        def changed(given: Answers) -> None:
            own = {name: text for name, text in given.items() if text != opened.get(name)}
            self._keep(ref, form.title, selection, own)

        def left(given: Answers) -> None:
            if self._drafts.find(ref) is not None:
                self._app.notice(kept_text(form.title))
                self._show_unsaved()

        calls = FormCalls(submit, form.remarks, changed, left, mend=mended)
        show(self._app, FormDialog(form.title, form.fields, calls, answers=answers, note=note))

    def _keep(self, ref: Ref, title: str, selection: Selection, own: Answers) -> None:
        if own:
            now = self._drafts.now()
            self._drafts.keep(Draft(ref, title, now, after=target_of(selection), answers=dict(own)))
        else:
            self._drafts.drop(ref)

    # Planning

    def propose(self, action: SendSms, selection: Selection) -> None:
        """Plan it; the same text to the same Thing within the hour is asked about first."""
        work = self._propose(action, selection)
        self._app.run_worker(work, group=_ASKING, exclusive=True)

    async def _propose(self, action: SendSms, selection: Selection) -> None:
        things, asked_on = selection.things, self._app.screen
        query = SentLatelyQuery(things[0].thing_id if len(things) == 1 else "")
        try:
            sent = await self._feed.store.fetch(query)
        except SimtuiError as error:
            said = f"What was sent within the last hour could not be looked up: {error.title}"
            self._plan(action, selection, (Cell(said, "warn"),))
            return
        if self._app.screen is not asked_on:
            return
        lately = same_lately(action.text, things, sent)
        if not lately:
            self._plan(action, selection)
            return
        words = same_text(things, lately, self._feed.context.now)

        def answered(yes: bool | None) -> None:
            if yes:
                self._plan(action, selection, (Cell(words, "warn"),))
            else:
                self.write(selection)

        question = "It may have arrived already. Plan it all the same?"
        dialog = ConfirmDialog(
            "The same text again?", f"{words} {question}", "plan it", "back to the text"
        )
        close_dialogs(self._app)
        self._app.push_screen(dialog, answered)

    def _plan(self, action: SendSms, selection: Selection, cautions: tuple[Cell, ...] = ()) -> None:
        begun = self._visit.trail.here

        def after(report: Report, operation: str) -> None:
            self._sent(action, selection, report, operation, begun)

        try:
            self._visit.acting.plan(action, selection, cautions=cautions, after=after)
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)

    def _show_unsaved(self) -> None:
        """The line of screens tells how much is unsaved."""
        if self._app.page is not None:
            self._app.page.tick()

    def _sent(
        self,
        action: SendSms,
        selection: Selection,
        report: Report,
        operation: str,
        begun: Place,
    ) -> None:
        """What follows: the draft is done with, and one sees what becomes of the message."""
        if report.succeeded and not report.failed:
            self._drafts.drop(sms_ref(selection))
        self._show_unsaved()
        if not report.succeeded:
            return
        single = len(selection.things) == 1
        if single and action.verify_minutes:
            self.verifying.begin(selection.things[0], operation, action.verify_minutes)
        stayed = self._visit.trail.here == begun and not is_busy(self._app)
        if stayed and not report.jobs:
            here = ConversationPlace(selection.things[0].thing_id)
            self._app.go_soon(here if single else SmsBatchPlace(operation))
