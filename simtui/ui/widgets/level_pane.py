"""What the row under the cursor may do, below its table."""

from __future__ import annotations

from typing import Final

from simtui.ui.widgets.section_view import SectionView
from simtui.views.detail.section import Section

NEEDS_LINES: Final = 20
"""Terminal lines from which there is room for it."""


class LevelPane(SectionView):
    """A section of always the same height, so that the table above never moves; what does not
    fit is cut."""

    def __init__(self) -> None:
        super().__init__(classes="")

    def show_of(self, section: Section | None) -> None:
        """Show a section; None: there is no row to say anything of."""
        self.display = section is not None and self.app.size.height >= NEEDS_LINES
        if section is not None:
            self.show(section)

    def make_room(self, count: int) -> None:
        """Stay as high as it is."""
