"""An edit that is not saved yet: undo and redo against a plain list, and what is said of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models.config_change import Ref
from simtui.store.drafts import Draft
from simtui.views.config.draft_words import draft_note, kept_text, offered_text, restored_text
from simtui.views.config.edit import MOST_STEPS, Edit


def test_a_fresh_edit_has_nothing_to_save_undo_or_redo() -> None:
    edit = Edit.of("base", 7)
    assert (edit.mine, edit.version, edit.is_unsaved, edit.can_redo) == ("base", 7, False, False)
    assert edit.undo() == edit.redo() == edit


def test_an_edit_that_comes_back_is_one_step_from_its_base() -> None:
    edit = Edit.of("base", 7, "mine")
    assert (edit.mine, edit.is_unsaved) == ("mine", True)
    assert edit.undo().mine == "base"
    assert not edit.undo().is_unsaved
    assert Edit.of("base", 7, "base") == Edit.of("base", 7)


def test_a_new_step_forgets_what_was_undone() -> None:
    edit = Edit.of(0, 1).change(1).change(2).undo()
    assert edit.can_redo
    edit = edit.change(3)
    assert (edit.mine, edit.can_redo, edit.redo().mine, edit.undo().mine) == (3, False, 3, 1)


def test_the_same_again_is_no_step() -> None:
    edit = Edit.of(0, 1).change(1)
    assert edit.change(1) is edit
    undone = edit.undo()
    assert undone.change(0) is undone
    assert undone.change(0).can_redo


def test_back_at_the_beginning_there_is_nothing_to_save() -> None:
    assert not Edit.of(0, 1).change(1).change(0).is_unsaved


moves = st.lists(st.integers(0, 5) | st.sampled_from(["undo", "redo"]), max_size=30)


@settings(deadline=None)
@given(moves)
def test_undo_and_redo_are_as_a_plain_list_has_them(moves) -> None:
    edit, past, future = Edit.of(0, 1), [0], []
    for move in moves:
        if move == "undo":
            edit = edit.undo()
            if len(past) > 1:
                future.append(past.pop())
        elif move == "redo":
            edit = edit.redo()
            if future:
                past.append(future.pop())
        else:
            if move != past[-1]:
                past.append(move)
                future.clear()
            edit = edit.change(move)
        assert (edit.mine, edit.base) == (past[-1], 0)
        assert edit.can_redo is bool(future)
        if len(past) > 1:
            assert edit.undo().redo() == edit
        if future:
            assert edit.redo().undo() == edit


def test_only_so_many_steps_are_kept_and_the_base_stays() -> None:
    edit = Edit.of(0, 1)
    for step in range(1, MOST_STEPS + 50):
        edit = edit.change(step)
    assert len(edit.steps) == MOST_STEPS
    assert (edit.mine, edit.base, edit.is_unsaved) == (MOST_STEPS + 49, 0, True)
    for _ in range(MOST_STEPS + 5):
        edit = edit.undo()
    assert edit.mine == 50
    assert edit.is_unsaved


# What is said of edits that are not saved


@pytest.fixture
def draft(now):
    def make(title: str = "INBOUND chain", minutes: int = 3, **fields) -> Draft:
        at = now - timedelta(minutes=minutes)
        return Draft(Ref("chain", "INBOUND", "ip_1"), title, at, **fields)

    return make


def test_an_edit_that_is_kept_says_where() -> None:
    assert kept_text("network depots") == "Kept unsaved: network depots · :drafts"


def test_an_edit_that_is_back_says_from_when_and_whether_theirs_is_another_now(draft, now) -> None:
    back = "Your unsaved edit from 3m ago is back."
    assert restored_text(draft(version=7), 7, now) == back
    assert restored_text(draft(version=7), 8, now) == (
        f"{back} It was changed on the server since: compare before you save."
    )


def test_edits_of_an_earlier_run_are_offered(draft, now) -> None:
    one = draft(steps=20)
    assert offered_text([one], now) == (
        "Not saved yet: INBOUND chain (20 steps · 3m ago) · U goes on with it"
    )
    assert offered_text([one, draft("other")], now) == (
        "2 edits are not saved yet, the latest INBOUND chain (20 steps · 3m ago) · U shows them"
    )
    assert draft_note(draft(steps=1), now) == "1 step · 3m ago"
    assert draft_note(draft(), now) == "3m ago"
