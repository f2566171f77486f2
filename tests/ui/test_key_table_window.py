"""The arithmetic of rows, columns and marks, without a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.ui.widgets.table_layout import EDGE, GAP, GUTTER, arrange, minimum_width
from simtui.ui.widgets.table_window import Window, locate
from simtui.views.cell import Column

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(-5, 60)),
        st.tuples(st.just("page"), st.integers(-3, 3)),
        st.tuples(st.just("scroll"), st.integers(-20, 20)),
        st.tuples(st.just("resize"), st.integers(-1, 30)),
        st.tuples(st.just("replace"), st.integers(0, 50)),
    ),
    max_size=30,
)


@given(moves=MOVES)
def test_the_cursor_is_always_in_view(moves: list[tuple[str, int]]) -> None:
    window = Window(height=5)
    window.replace(40, 0)
    for name, number in moves:
        if name == "replace":
            window.replace(number, window.cursor)
        else:
            getattr(window, name)(number)
        assert 0 <= window.cursor <= max(0, window.count - 1)
        assert window.top == 0 or window.top + window.height <= window.count
        if window.count and window.height:
            assert window.cursor in window.rows
            assert len(window.rows) == min(window.count, window.height)


@given(count=st.integers(0, 10**6), height=st.integers(0, 100), data=st.data())
def test_the_thumb_stays_on_the_screen_and_reaches_both_ends(
    count: int, height: int, data: st.DataObject
) -> None:
    window = Window(count=count, height=height)
    window.move(data.draw(st.integers(0, max(0, count - 1))))
    thumb = window.thumb()
    assert bool(thumb) == (0 < height < count)
    if thumb:
        assert 0 <= thumb.start < thumb.stop <= height
        window.move(0)
        assert window.thumb().start == 0
        window.move(count - 1)
        assert window.thumb().stop == height


@pytest.mark.parametrize("near", [0, 1000, 4999, 10**9])
@pytest.mark.parametrize("keys", [list, tuple])
def test_a_key_is_found_wherever_it_is(keys: type, near: int) -> None:
    long = keys(str(index) for index in range(5000))
    assert locate(long, "2500", near) == 2500
    assert locate(long, "gone", near) is None


def test_flex_columns_share_what_is_left() -> None:
    columns = [Column("a", "A", 4, flex=True), Column("b", "B", 6), Column("c", "C", 4, flex=True)]
    layout = arrange(columns, minimum_width(columns) + 5)
    assert [slot.width for slot in layout.slots] == [6, 6, 7]
    assert [slot.start for slot in layout.slots] == [0, 6 + GAP, 12 + 2 * GAP]
    assert layout.width == layout.room
    assert layout.overflow == 0


def test_columns_never_shrink_below_their_width() -> None:
    columns = [Column("a", "A", 10, flex=True), Column("b", "B", 10)]
    layout = arrange(columns, 15)
    assert [slot.width for slot in layout.slots] == [10, 10]
    assert layout.room == 15 - GUTTER - EDGE
    assert layout.overflow == 22 - layout.room


def test_scrolling_sideways_goes_by_columns_and_stops_at_the_ends() -> None:
    columns = [Column(name, name, 10) for name in "abcd"]
    layout = arrange(columns, 24 + GUTTER + EDGE)
    assert [layout.right_of(0), layout.right_of(12), layout.right_of(22)] == [12, 22, 22]
    assert [layout.left_of(22), layout.left_of(12), layout.left_of(0)] == [12, 0, 0]


def test_no_columns_are_no_problem() -> None:
    layout = arrange([], 2)
    assert (layout.slots, layout.width, layout.room) == ((), 0, 0)
    assert (layout.right_of(0), layout.left_of(0)) == (0, 0)
