"""What can be chosen for the field that is typed in."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simtui.ui.acting.offer_lines import offer_lines
from simtui.views.forms.field import Choice, Field


class FormOffers(OptionList, can_focus=False):
    """A list without a focus of its own: the field keeps it."""

    def __init__(self, most: int) -> None:
        """``most`` lines at once."""
        super().__init__(id="form-offers")
        self.styles.max_height = most
        self._most = most
        self._offered: Sequence[Choice] = ()

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return min(len(self._offered), self._most)

    @property
    def chosen(self) -> str | None:
        """The text under the cursor; None when there is none."""
        index = self.highlighted
        return self._offered[index].text if index is not None and self._offered else None

    def offer(self, field: Field, text: str) -> None:
        """What the text so far could become; where only that will do, the first is chosen."""
        choices = field.choices(text) if field.choices is not None else ()
        self._show([choice for choice in choices if choice.text != text])
        self.highlighted = 0 if field.strict and self._offered else None

    def offer_all(self, field: Field, text: str) -> None:
        """Everything, where only what is offered will do and the field has one of it."""
        every = field.choices("") if field.choices is not None and field.strict else ()
        texts = [choice.text for choice in every]
        if text in texts:
            self._show(every)
            self.highlighted = texts.index(text)
        else:
            self.offer(field, text)

    def step(self, by: int) -> bool:
        """Move in the list; False when there is none."""
        count = len(self._offered)
        if count and self.highlighted is None:
            self.highlighted = 0 if by > 0 else count - 1
        elif count and self.highlighted is not None:
            self.highlighted = (self.highlighted + by) % count
        return bool(count)

    def _show(self, choices: Sequence[Choice]) -> None:
        self._offered = choices
        self.clear_options()
        self.add_options(map(Option, offer_lines(choices)))
        self.display = bool(choices)
