"""Writing the bill that is shown to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError
from simtui.models import BillingReport
from simtui.ui.exporting import write_lines
from simtui.views.amounts import count_text
from simtui.views.billing.export import bill_csv, bill_json
from simtui.views.billing.names import Names
from simtui.views.plan.wording import named, plural

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


async def export_bill(app: SimtuiApp, file: Path, report: BillingReport, names: Names) -> None:
    """Write all lines of a report, and say so, or why not."""
    write = bill_json if file.suffix.lower() == ".json" else bill_csv
    try:
        await write_lines(file, write(report, names))
    except SimtuiError as error:
        app.report(error)
        return
    count = len(report.lines)
    cycle = f" of {named(report.cycle.cycle_id)}" if report.cycle is not None else ""
    app.notice(f"Exported {count_text(count)} {plural(count, 'line', 'lines')}{cycle} to {file}")
