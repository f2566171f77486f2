"""The parameters of an action, asked for one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from simtui.errors import SimtuiError
from simtui.ui.acting.offer_lines import offer_lines
from simtui.ui.acting.offers import Offer, Offers
from simtui.ui.screens.dialog import Dialog
from simtui.views.text import clean

Submit = Callable[[Sequence[str]], None]
"""Takes the answers in order; raises `SimtuiError` when one of them cannot be."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One line to fill in. ``strict``: only what is offered will do, so the first offer
    counts. ``several``: an answer may be followed by another."""

    label: str
    value: str = ""
    hint: str = ""
    offers: Offers | None = None
    strict: bool = False
    several: bool = False


class ActionForm(Dialog[None]):
    """Asks; what is refused is said under what was typed, and stays there."""

    takes_text = True
    BINDINGS = [
        Binding("tab", "take_or_next", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
        Binding("down", "offer(1)", show=False),
        Binding("up", "offer(-1)", show=False),
    ]

    def __init__(self, title: str, fields: Sequence[FormField], submit: Submit) -> None:
        super().__init__(title, "enter go on · ↑↓ choose · esc leave it")
        self._fields = fields
        self._submit = submit
        self._offered: Sequence[Offer] = ()
        self._here = 0
        self._done = False

    def compose_body(self) -> ComposeResult:
        """One line a field, what is wrong, and what can be chosen for the one with the cursor."""
        for number, field in enumerate(self._fields):
            with Horizontal(classes="answer"):
                yield Label(Content(field.label))
                entry = Input(
                    clean(field.value), id=f"answer-{number}", placeholder=field.hint, compact=True
                )
                entry.cursor_blink = False
                yield entry
        yield Static(id="form-problem")
        offers = OptionList(id="form-offers")
        offers.can_focus = False
        yield offers

    def on_mount(self) -> None:
        """Offer what there is for the first field."""
        self._refuse(Content())
        self._offer(0)

    # What the keys do

    def action_offer(self, step: int) -> None:
        """Move in the offers; where there are none, from field to field."""
        menu = self.query_one("#form-offers", OptionList)
        if not self._offered:
            self._focus(self._here + step)
        elif menu.highlighted is None:
            menu.highlighted = 0 if step > 0 else len(self._offered) - 1
        else:
            menu.highlighted = (menu.highlighted + step) % len(self._offered)

    def action_take_or_next(self) -> None:
        """Take the offer under the cursor, else go to the next field."""
        if not self._take():
            self._focus((self._here + 1) % len(self._fields))

    def action_enter(self) -> None:
        """Take the offer under the cursor and go on; at the last field the form is done."""
        if self._take() and self._fields[self._here].several:
            return
        if self._here + 1 < len(self._fields):
            self._focus(self._here + 1)
        else:
            self._finish()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._refuse(Content())
        self._offer(self._here)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Offer what there is for the field that is typed in."""
        identity = event.widget.id or ""
        if identity.startswith("answer-"):
            self._offer(int(identity.removeprefix("answer-")))

    # How it is done

    def _finish(self) -> None:
        if self._done:
            return
        try:
            self._submit([self._entry(number).value for number in range(len(self._fields))])
        except SimtuiError as error:
            self._refuse(Content.styled(f"✗ {clean(str(error), 600)}", "$text-error"))
        else:
            self._done = True

    def _take(self) -> bool:
        """Put the offer under the cursor into the field; False when there is none."""
        index = self.query_one("#form-offers", OptionList).highlighted
        if index is None or not self._offered:
            return False
        entry, text = self._entry(self._here), self._offered[index].text
        taken = entry.value != text
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)
        self._offer(self._here)
        return taken

    def _offer(self, number: int) -> None:
        self._here = number
        field, typed = self._fields[number], self._entry(number).value
        offers = field.offers(typed) if field.offers is not None else ()
        self._offered = [offer for offer in offers if offer.text != typed]
        menu = self.query_one("#form-offers", OptionList)
        menu.clear_options()
        menu.add_options(map(Option, offer_lines(self._offered)))
        menu.display = bool(self._offered)
        menu.highlighted = 0 if field.strict and self._offered else None

    def _entry(self, number: int) -> Input:
        return self.query_one(f"#answer-{number}", Input)

    def _focus(self, number: int) -> None:
        self._entry(min(max(number, 0), len(self._fields) - 1)).focus()

    def _refuse(self, content: Content) -> None:
        problem = self.query_one("#form-problem", Static)
        problem.update(content)
        problem.display = bool(content.plain)
