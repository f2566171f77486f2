"""What ``simtui apply`` refuses before it connects to anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.cli.operation_progress import progress_text
from simtui.models import Job, JobStatus
from simtui.store.operation import Progress
from simtui.views.plan.action_words import ACTION_WORDS


def test_the_help_has_every_action_with_its_arguments(simtui) -> None:
    shown = simtui("apply", "--help").out
    assert all(f"  {word.usage} " in shown for word in ACTION_WORDS.values())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "required: ACTION"),
        (("suspend", "--yes"), "A target is missing"),
        (("suspend", "--filter", "a", "--iccid", "89", "--yes"), "--filter and --iccid"),
        (("suspend", "--filter", "a", "--iccids-from", "-", "--yes"), "--iccids-from"),
        (("suspend", "--filter", "a"), "Nobody is there to confirm it"),
        (("supend", "--filter", "a", "--yes"), "Did you mean suspend?"),
        (("suspend", "--filter", "a:b", "--yes"), 'There is no field "a"'),
        (("suspend", "--filter", "a", "--yes", "--expect", "0"), "whole number from 1"),
        (("suspend", "--filter", "a", "--yes", "--expect", "many"), "whole number from 1"),
        (("suspend", "--iccids-from", "/no/such/file", "--yes"), "/no/such/file cannot be read"),
    ],
)
def test_an_order_that_is_not_understood(simtui, arguments: tuple[str, ...], reason: str) -> None:
    ended = simtui("apply", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err


def test_a_list_that_is_no_text(simtui, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(b"\xff\xfe8\x009\x00")
    ended = simtui("apply", "suspend", "--iccids-from", str(file), "--yes")
    assert ended.code == 2
    assert "UTF-8" in ended.err


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress(), "sent, waiting for the answer"),
        (Progress(unknown=True), "the answer was lost; looking up what became of it"),
        (Progress(job=Job("j", "SET_STATE", JobStatus.RUNNING)), "0"),
        (
            Progress(2, 3, Job("j", "SET_STATE", JobStatus.RUNNING, 1000, 100, 20)),
            "request 2 of 3: 120 of 1,000",
        ),
    ],
)
def test_how_far_an_operation_is(progress: Progress, text: str) -> None:
    assert progress_text(progress) == text
