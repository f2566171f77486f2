"""Holding the garbage collector back while loading, and letting it go again."""

from __future__ import annotations

import gc

import pytest

from simtui.store.gc_pause import BIG_LOAD, WHILE_LOADING, collector_held, hide_from_collector


@pytest.fixture(autouse=True)
def own_thresholds():
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    yield
    gc.set_threshold(*before)


def test_it_is_held_and_released():
    with collector_held():
        assert gc.get_threshold() == WHILE_LOADING
        assert gc.isenabled()
    assert gc.get_threshold() == (701, 11, 12)


def test_it_is_released_after_a_failure():
    with pytest.raises(ValueError, match="broken"), collector_held():
        raise ValueError("broken")
    assert gc.get_threshold() == (701, 11, 12)


def test_holds_may_overlap_and_end_in_any_order():
    first, second = collector_held(), collector_held()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == WHILE_LOADING
    second.__exit__(None, None, None)
    assert gc.get_threshold() == (701, 11, 12)


def test_only_a_big_load_is_hidden():
    frozen = gc.get_freeze_count()
    assert not hide_from_collector(BIG_LOAD - 1)
    assert gc.get_freeze_count() == frozen
    try:
        assert hide_from_collector(BIG_LOAD)
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
