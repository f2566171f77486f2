"""A form: one line a field, each with its rule, an example and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input, OptionList, Static

from simtui.errors import SimtuiError, UsageError
from simtui.ui.form_calls import FormCalls
from simtui.ui.form_history import FormHistory
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.typed_before import typed_before
from simtui.ui.widgets.field_row import FieldRow, number_of
from simtui.ui.widgets.form_offers import FormOffers
from simtui.ui.widgets.said import Said
from simtui.views.cell import Cell
from simtui.views.forms.field import Answers, Field, FieldError
from simtui.views.text import clean

FOOT = "enter go on · ↑↓ choose · esc leave it"
LONG_FOOT = "enter next · ctrl+s done · ↑↓ choose · ctrl+z undo · esc leave it"
_LONG = 4
"""Fields from which the foot tells of the keys that are for long forms."""
_MOST_OFFERS, _MOST_OFFERS_OF_LONG = 10, 6
"""Lines of choices."""
_LEAST_FIELDS = 3
"""Lines of fields that stay, however small the terminal is."""


class FormDialog(Dialog[None]):
    """Asks; what is refused is said under what was typed, and stays there."""

    takes_text = True
    BINDINGS = [
        Binding("tab", "take_or_next", show=False, priority=True),
        Binding("shift+tab", "previous", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
        Binding("ctrl+s", "finish", show=False, priority=True),
        Binding("ctrl+z", "step(-1)", show=False, priority=True),
        Binding("ctrl+y", "step(1)", show=False, priority=True),
        Binding("ctrl+g", "generate", show=False, priority=True),
        Binding("ctrl+r", "mend", show=False, priority=True),
        Binding("down", "offer(1)", show=False),
        Binding("up", "offer(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        calls: FormCalls,
        *,
        answers: Answers | None = None,
        note: str = "",
    ) -> None:
        """``answers`` are what was typed before, ``note`` what is to know of that."""
        super().__init__(title, LONG_FOOT if len(fields) >= _LONG else FOOT)
        answers = answers or {}
        values = {field.name: answers.get(field.name, field.value) for field in fields}
        self._rows = [
            FieldRow(number, field, values[field.name]) for number, field in enumerate(fields)
        ]
        self._calls = calls
        self._note = note
        self._history = FormHistory(values)
        self._shown_once = ""
        self._here = 0
        self._done = False

    @property
    def answers(self) -> dict[str, str]:
        """What is typed now, by the names of the fields."""
        return {row.field.name: row.value for row in self._rows}

    def compose_body(self) -> ComposeResult:
        """The fields, what is wrong, what is to be said, and what can be chosen."""
        with VerticalScroll(id="form-fields", can_focus=False):
            for row in self._rows:
                if row.field.section:
                    yield Static(Content(row.field.section), classes="form-section")
                yield row
        yield Said(id="form-problem")
        yield Said(id="form-remarks")
        yield FormOffers(_MOST_OFFERS if len(self._rows) < _LONG else _MOST_OFFERS_OF_LONG)

    def on_mount(self) -> None:
        """Offer what there is for the first field."""
        self._refuse(None)
        self._remark()
        self._offer(0, every=True)

    def on_resize(self) -> None:
        """Fit the terminal."""
        self._fit()

    # What the keys do

    async def action_offer(self, step: int) -> None:
        """Move in the offers; where there are none, from field to field."""
        if not await typed_before(self, f"offer({step})"):
            return
        if not self.query_one(FormOffers).step(step):
            self._focus(self._here + step)

    async def action_take_or_next(self) -> None:
        """Take the offer under the cursor, else go to the next field."""
        if not await typed_before(self, "take_or_next"):
            return
        if not self._take():
            self._focus((self._here + 1) % len(self._rows))

    async def action_previous(self) -> None:
        """To the field before."""
        if not await typed_before(self, "previous"):
            return
        self._focus(self._here - 1)

    async def action_enter(self) -> None:
        """Take the offer under the cursor and go on; at the last field the form is done."""
        if not await typed_before(self, "enter"):
            return
        if self._take() and self._rows[self._here].field.several:
            return
        if self._here + 1 < len(self._rows):
            self._focus(self._here + 1)
        else:
            await self.action_finish()

    async def action_finish(self) -> None:
        """The form is done, if everything can be."""
        if not await typed_before(self, "finish"):
            return
        if self._done:
            return
        try:
            self._calls.submit(self.answers)
        except SimtuiError as error:
            self._refuse_at(error)
        else:
            self._done = True

    async def action_step(self, by: int) -> None:
        """Undo or redo what was filled in."""
        if not await typed_before(self, f"step({by})"):
            return
        answers = self._history.step(by)
        if answers is None:
            return
        for row in self._rows:
            if row.value != answers[row.field.name]:
                row.put(answers[row.field.name])
                row.check()
                self._focus(row.number)
                self._shown_once = "" if row.field.secret else self._shown_once
        self._changed(None)

    def action_generate(self) -> None:
        """Put a new secret into the field for it, and show it this once."""
        row = next((row for row in self._rows if row.field.secret), None)
        if row is None or self._calls.generate is None:
            return
        self._shown_once = self._calls.generate()
        row.put(self._shown_once)
        row.check()
        self._focus(row.number)
        self._changed(row)

    async def action_mend(self) -> None:
        """Put a better text into the field, if there is one."""
        if not await typed_before(self, "mend"):
            return
        row = self._rows[self._here]
        better = self._calls.mend(row.field.name, row.value)
        if better is not None and better != row.value:
            row.put(better)
            row.mark(None)
            self._history.note(f"{row.field.name} mended", self.answers)
            self._changed(row)

    async def action_dismiss(self, result: None = None) -> None:
        """Leave it."""
        self._calls.left(self.answers)
        self.dismiss()

    # What is typed

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        number = number_of(event.input.id)
        if number is None:
            return
        row = self._rows[number]
        if row.is_refused_as_it_stands:
            return
        row.mark(None)
        if row.field.secret:
            self._shown_once = ""
        self._changed(row)
        if number == self._here:
            self._offer(number)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Offer what there is for the field that is typed in."""
        number = number_of(event.widget.id)
        if number is not None and event.widget is self.focused:
            self._offer(number, every=True)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Judge the field that is left; a form of one line is judged when it is done."""
        number = number_of(event.widget.id)
        if number is not None and len(self._rows) > 1 and not self._done:
            self._rows[number].check()
            self._refuse(self._rows[number])

    def _changed(self, row: FieldRow | None) -> None:
        """A field was changed; None: by going back and forth, which is no step."""
        answers = self.answers
        if row is not None:
            self._history.note(row.field.name, answers)
        self._calls.changed(answers)
        self._refuse(None)
        self._remark()

    # What can be chosen

    def _take(self) -> bool:
        """Put the offer under the cursor into the field; whether that changed it."""
        text, row = self.query_one(FormOffers).chosen, self._rows[self._here]
        if text is None:
            return False
        taken = row.value != text
        row.put(text)
        self._offer(self._here)
        if taken:
            row.mark(None)
            self._changed(row)
        return taken

    def _offer(self, number: int, *, every: bool = False) -> None:
        """What the text so far could become; ``every``: the field is only looked at yet."""
        self._here = number
        row, offers = self._rows[number], self.query_one(FormOffers)
        (offers.offer_all if every else offers.offer)(row.field, row.value)
        self._fit()

    # What is said

    def _refuse_at(self, error: SimtuiError) -> None:
        """Say why the form is not done, and go to the field that it is about."""
        row = next((row for row in self._rows if _is_about(error, row.field)), None)
        if row is not None and isinstance(error, UsageError):
            self._focus(row.number)
            row.mark(error)
        self._show_problem(error)

    def _refuse(self, row: FieldRow | None) -> None:
        """Say what is wrong with a field; else with the first one of which something is."""
        wrong = row if row is not None and row.problem is not None else None
        wrong = wrong or next((one for one in self._rows if one.problem is not None), None)
        self._show_problem(wrong.problem if wrong is not None else None)

    def _show_problem(self, error: SimtuiError | None) -> None:
        told = [Cell(f"✗ {clean(str(error), 600)}", "bad")] if error is not None else []
        self.query_one("#form-problem", Said).say(told)
        self._fit()

    def _remark(self) -> None:
        cells = [Cell(self._note, "accent")] if self._note else []
        if self._shown_once:
            cells.append(Cell(f"New key, shown only now: {self._shown_once}", "accent"))
        self.query_one("#form-remarks", Said).say((*cells, *self._calls.remarks(self.answers)))
        self._fit()

    def _fit(self) -> None:
        """Give the fields the lines that the rest leaves, and no more than they have."""
        if not self.is_mounted:
            return
        width = max(self.query_one(".dialog").content_size.width, 1)
        own = sum(1 + bool(row.field.section) for row in self._rows)
        taken = sum(said.lines_at(width) for said in self.query(Said))
        taken += self.query_one(FormOffers).lines
        room = most_lines(self.app.size.height) - FRAME_LINES - taken
        self.query_one("#form-fields").styles.height = min(own, max(room, _LEAST_FIELDS))

    def _focus(self, number: int) -> None:
        """At once, so that what is typed next goes there."""
        here = min(max(number, 0), len(self._rows) - 1)
        self.set_focus(self._rows[here].entry)
        self._offer(here, every=True)


def _is_about(error: SimtuiError, field: Field) -> bool:
    return isinstance(error, FieldError) and error.field == field.name
