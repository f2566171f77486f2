"""Sections one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical

from simtui.ui.widgets.section_view import SectionView
from simtui.views.detail.section import Section


class SectionList(Vertical):
    """As high as its sections; views are added and removed at the end only."""

    def show(self, sections: Sequence[Section]) -> None:
        """Give every section its view; what reads the same is not drawn."""
        views = [child for child in self.children if isinstance(child, SectionView)]
        for _ in range(len(sections) - len(views)):
            views.append(SectionView())
            self.mount(views[-1])
        for view, section in zip(views, sections, strict=False):
            view.show(section)
        for view in views[len(sections) :]:
            view.remove()
