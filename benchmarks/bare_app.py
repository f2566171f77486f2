"""The yardstick of a start: a Textual app that shows one line and nothing else."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """The line that the command line names."""
        yield Static(sys.argv[1])


if __name__ == "__main__":
    BareApp().run()
