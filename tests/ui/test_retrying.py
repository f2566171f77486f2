"""What a job is tried again with: all that was asked, for those that failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from simtui.models import ItemOutcome, Job, JobItem, JobStatus, Thing
from simtui.models.action import Action, AddTags, RemoveTags, RenameTag, ResetConnection, SetState
from simtui.models.journal import Intent, JournalEntry
from simtui.store.thing_write import parameters_of
from simtui.ui.retrying import retry_failed

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
JOB = Job("j_1", "ADD_TAGS", JobStatus.COMPLETED_WITH_ERRORS)
ITEMS = (
    JobItem(ItemOutcome.FAILED, "t_1", "8931"),
    JobItem(ItemOutcome.OK, "t_2", "8932"),
    JobItem(ItemOutcome.FAILED, "t_1", "8931"),
)


def entry_of(action: Action, undoes: str | None = None) -> JournalEntry:
    intent = Intent(
        action.kind, NOW, "me@here", 7, "prod", "url id", action.kind, parameters_of(action),
        "words", "2 Things", (), "r1", "op", undoes=undoes,
    )  # fmt: skip
    return JournalEntry(intent)


def planned(entry: JournalEntry, operation: Sequence[JournalEntry]) -> tuple[Any, ...]:
    """The action, the Things and what it undoes, as they are planned."""
    plans: list[tuple[Any, ...]] = []

    def try_plan(action: Action, selection: Any, *, undoes: str | None) -> None:
        plans.append((action, [thing.thing_id for thing in selection.things], undoes))

    store = SimpleNamespace(journal=SimpleNamespace(of_operation=lambda _: operation))
    feed = SimpleNamespace(store=store, thing=lambda thing_id: Thing(thing_id, "8931", "ACTIVE"))
    visit = SimpleNamespace(feed=feed, acting=SimpleNamespace(try_plan=try_plan))
    retry_failed(visit, JOB, entry, ITEMS, pytest.fail)  # type: ignore[arg-type]
    (plan,) = plans
    return plan


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (AddTags(("new",)), RemoveTags(("old",)), RenameTag("old", "new")),
        (SetState("SUSPENDED"), ResetConnection(), SetState("SUSPENDED", end_session=True)),
    ],
)
def test_the_first_step_is_tried_again_with_the_second(
    first: Action, second: Action, asked: Action
) -> None:
    operation = [entry_of(first), entry_of(second)]
    assert planned(operation[0], operation) == (asked, ["t_1"], None)
    assert planned(operation[1], operation) == (second, ["t_1"], None)


def test_an_undo_that_is_tried_again_is_still_an_undo() -> None:
    """Else the next undo would take it back instead of going further back."""
    entry = entry_of(SetState("ACTIVE"), undoes="e1")
    assert planned(entry, [entry]) == (SetState("ACTIVE"), ["t_1"], "e1")
