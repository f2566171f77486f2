"""What a change of the configuration was: before and after, line by line."""

from __future__ import annotations

from simtui.models.recorded import RecordedChange
from simtui.views.config.diff import diff_lines
from simtui.views.config.names import names_of
from simtui.views.detail.section import Section
from simtui.views.fleet_context import FleetContext


def change_section(recorded: RecordedChange, context: FleetContext) -> Section:
    """The differences of a change, as its page and its ticket show them."""
    rows = tuple(("", line.cell) for line in diff_lines(recorded.change, names_of(context)))
    note = (
        "a pre-shared key was set with it; it is written down nowhere" if recorded.new_key else ""
    )
    return Section("Change", rows, note)
