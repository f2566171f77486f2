"""A line to type in that takes keys in the order in which they come."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input

from simtui.views.forms.new_lines import shown_in_field


class LineInput(Input):
    """An input whose editing keys are not overtaken by the characters behind them.

    Textual hands a key such as backspace up to the app, which runs its action later, while a
    character is inserted at once: what a slow line delivers together would be mixed up. Of
    what is pasted Textual takes the first line; a ``multiline`` one takes all of it.
    """

    def __init__(self, *args: Any, multiline: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self._multiline = multiline

    async def _on_key(self, event: events.Key) -> None:
        binding = next(iter(self._bindings.key_to_bindings.get(event.key, ())), None)
        if binding is None or not _edits(binding.action):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.run_action(binding.action)

    def _on_paste(self, event: events.Paste) -> None:
        if not self._multiline:
            return
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        self.replace(shown_in_field(event.text), start, end)


def _edits(action: str) -> bool:
    """Whether a key is the input's own: of ``up`` and ``down``, which every view that scrolls
    binds, the dialog makes something else."""
    return action != "submit" and not action.startswith(("scroll_", "page_"))
