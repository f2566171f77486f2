"""Text that is longer than the screen, with the keys of the registry."""

from __future__ import annotations

from textual.containers import VerticalScroll

from simtui.ui.keys import bindings


class ScrollingText(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A scrolling box that moves at once: gliding would send every step over the line."""

    BINDINGS = bindings("text")

    def action_scroll_down(self) -> None:
        """One line down."""
        self.scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        """One line up."""
        self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """One page down."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """One page up."""
        self.scroll_page_up(animate=False)

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)
