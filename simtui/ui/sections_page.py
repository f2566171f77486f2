"""A page that is one text: sections in two columns that become one where it is narrow."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from simtui.ui.page import Page
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.ui.widgets.section_list import SectionList
from simtui.views.detail.section import Section

TWO_COLUMNS_FROM = 110
"""Terminal cells from which the sections stand in two columns."""


class SectionsPage(Page):
    """Subclasses say which sections, and call `show_sections` when they change."""

    @abstractmethod
    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn."""

    def compose_body(self) -> ComposeResult:
        """The two columns."""
        with ScrollingText(classes="body"), Horizontal(id="sections"):
            yield SectionList(id="facts")
            yield SectionList(id="lists")

    def on_resize(self, event: events.Resize) -> None:
        """One column or two."""
        self.query_one("#sections").set_class(event.size.width < TWO_COLUMNS_FROM, "-narrow")

    def focus_body(self) -> None:
        """The text has the keys."""
        self.query_one(ScrollingText).focus()

    def tick(self) -> None:
        """Let ages grow."""
        self.show_state()

    def show_sections(self, left: Sequence[Section], right: Sequence[Section]) -> None:
        """Show them; where it is narrow, ``right`` stands below ``left``."""
        self.query_one("#facts", SectionList).show(left)
        self.query_one("#lists", SectionList).show(right)
