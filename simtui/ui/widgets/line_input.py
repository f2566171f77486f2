"""A line to type in that takes keys in the order in which they come."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class LineInput(Input):
    """An input whose editing keys are not overtaken by the characters behind them.

    Textual hands a key such as backspace up to the app, which runs its action later, while a
    character is inserted at once: what a slow line delivers together would be mixed up.
    """

    async def _on_key(self, event: events.Key) -> None:
        binding = next(iter(self._bindings.key_to_bindings.get(event.key, ())), None)
        if binding is None or not _edits(binding.action):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.run_action(binding.action)


def _edits(action: str) -> bool:
    """Whether a key is the input's own: of ``up`` and ``down``, which every view that scrolls
    binds, the dialog makes something else."""
    return action != "submit" and not action.startswith(("scroll_", "page_"))
