"""The steps of filling in a form, to go back and forth in them."""

from __future__ import annotations

from simtui.views.forms.field import Answers


class FormHistory:
    """Answers one after the other; changes of one field in a row are one step."""

    def __init__(self, answers: Answers) -> None:
        self._steps = [dict(answers)]
        self._at = 0
        self._last: str | None = None

    def note(self, field: str, answers: Answers) -> None:
        """A field was changed; what was undone before is forgotten."""
        if self._steps[self._at] == answers:
            return
        del self._steps[self._at + 1 :]
        if field == self._last and self._at:
            self._steps[self._at] = dict(answers)
        else:
            self._steps.append(dict(answers))
            self._at += 1
        self._last = field

    def step(self, by: int) -> Answers | None:
        """The answers one step back (-1) or forth (+1); None at the end."""
        at = self._at + by
        if not 0 <= at < len(self._steps):
            return None
        self._at, self._last = at, None
        return self._steps[at]
