"""What is said when an operation has ended."""

from __future__ import annotations

import pytest

from simtui.models import JobItem, Thing
from simtui.models.action import SetState
from simtui.store.operation import Report
from simtui.ui.acting.outcome_words import outcome_of
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.selection import Selection
from tests.ui.app_bench import NOW


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("OK OK OK", "✓ Suspend 3 Things (them): 3 Things done"),
        ("OK SKIPPED SKIPPED", "✓ Suspend 3 Things (them): 1 Thing done, 2 so already"),
        ("SKIPPED OK FAILED", "✗ Suspend 3 Things (them): 1 Thing done, 1 so already, 1 failed"),
    ],
)
def test_what_was_so_already_is_not_called_done(outcomes: str, said: str) -> None:
    things = tuple(Thing(f"t_{number}", f"89{number}", "ACTIVE") for number in range(3))
    plan = make_plan(SetState("SUSPENDED"), Selection("them", things), FleetContext(NOW))
    items = [
        JobItem(outcome, thing.thing_id)
        for outcome, thing in zip(outcomes.split(), things, strict=True)
    ]
    beside = JobItem("SKIPPED", "t_9")  # of the same tag, and so already when it was planned
    assert outcome_of(plan, Report((*items, beside))).text == said
