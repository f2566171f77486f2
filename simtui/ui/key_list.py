"""The keys, one row each. The mechanics are in `simtui.ui.keys`."""

from __future__ import annotations

from simtui.ui.key import Key
from simtui.views.things.columns import PLANS

# fmt: off
_MOVING = (
    Key("down", "j,down", "cursor_down", "down", "One row down.", "table"),
    Key("up", "k,up", "cursor_up", "up", "One row up.", "table"),
    Key("page-down", "pagedown,ctrl+f", "page_down", "page down", "One page down.", "table"),
    Key("page-up", "pageup,ctrl+b", "page_up", "page up", "One page up.", "table"),
    Key("top", "g,home", "top", "top", "To the first row.", "table"),
    Key("bottom", "G,end", "bottom", "bottom", "To the last row.", "table"),
    Key("left", "h,left", "scroll_left", "left", "To the columns on the left.", "table"),
    Key("right", "l,right", "scroll_right", "right", "To the columns on the right.", "table"),
)

_MARKING = (
    Key("open", "enter", "open", "open", "Open the row under the cursor.", "table", 1),
    Key("mark", "space", "toggle_mark", "mark", "Mark the row and go down.", "table", 2),
    Key(
        "mark-range", "ctrl+@,ctrl+space", "mark_range", "range",
        "Mark every row from the last mark to the cursor.", "table", command="mark-range",
    ),
    Key(
        "mark-all", "asterisk", "mark_all", "all",
        "Mark every row that the filter leaves; again: none of them.", "table",
        command="mark-all",
    ),
    Key(
        "unmark", "ctrl+backslash", "clear_marks", "unmark",
        "Clear all marks.", "table", command="unmark",
    ),
)

_THINGS = (
    Key("filter", "slash", "filter", "filter", "Filter this list.", "things", 3),
    Key(
        "faulty", "ctrl+z", "toggle_faulty", "faulty",
        "Only Things with trouble; again: all of them.", "things", 4, "faulty",
    ),
    Key("copy", "c", "copy", "copy", "Copy one of its values (OSC 52).", "things", 5, "copy"),
    Key("raw", "y", "raw", "json", "The API's own JSON of this Thing.", "things", 6, "raw"),
    Key(
        "columns", "v", "next_columns", "columns",
        "The next set of columns: overview, identity, network, usage.", "things", 7, "columns",
    ),
)

_SORTING = tuple(
    Key(
        f"sort-{plan.column.key.replace('_', '-')}",
        plan.column.sort_key,
        f"sort({plan.column.key!r})",
        "sort",
        f"Sort by {plan.roomy_title}; again reverses.",
        "things",
    )
    for plan in PLANS.values()
)

_THING = (
    Key("copy-thing", "c", "copy", "copy", "Copy one of its values (OSC 52).", "thing", 1, "copy"),
    Key("raw-thing", "y", "raw", "json", "The API's own JSON of this Thing.", "thing", 2, "raw"),
    Key("next-pane", "tab", "next_pane", "next", "To the next section.", "thing", 3),
    Key("previous-pane", "shift+tab", "previous_pane", "before", "To the one before.", "thing"),
)

_READING = (
    Key("scroll-down", "j,down", "scroll_down", "down", "One line down.", "text"),
    Key("scroll-up", "k,up", "scroll_up", "up", "One line up.", "text"),
    Key("scroll-page-down", "pagedown,ctrl+f,space", "page_down", "page", "One page down.", "text"),
    Key("scroll-page-up", "pageup,ctrl+b", "page_up", "page up", "One page up.", "text"),
    Key("scroll-top", "g,home", "scroll_home", "top", "To the beginning.", "text"),
    Key("scroll-bottom", "G,end", "scroll_end", "bottom", "To the end.", "text"),
)

_EVERYWHERE = (
    Key("things", "2", "go_things", "things", "The Thing list.", "everywhere"),
    Key("command", "colon", "command", "command", "The command line.", "everywhere", 9),
    Key(
        "help", "question_mark", "help", "keys",
        "The keys of this screen.", "everywhere", 10, command="help",
    ),
    Key(
        "refresh", "r", "refresh_now", "refresh",
        "Ask the API again, now.", "everywhere", command="refresh",
    ),
    Key(
        "error", "exclamation_mark", "last_error", "error",
        "The last error in full.", "everywhere", command="error",
    ),
    Key(
        "back", "left_square_bracket", "back", "back",
        "Back to where you were.", "everywhere", command="back",
    ),
    Key(
        "forward", "right_square_bracket", "forward", "forward",
        "Forward again.", "everywhere", command="forward",
    ),
    Key(
        "escape", "escape", "escape", "back",
        "Clear the filter, close, or go back; never quits.", "everywhere", 8,
    ),
    Key(
        "quit", "q", "quit_or_back", "quit",
        "Back; at the root it quits.", "everywhere", command="q",
    ),
    Key(
        "leave", "ctrl+c,ctrl+q", "leave", "leave",
        "Quit from anywhere.", "everywhere", command="quit",
    ),
)

KEYS: tuple[Key, ...] = (*_MARKING, *_MOVING, *_THINGS, *_SORTING, *_THING, *_READING, *_EVERYWHERE)
"""Every key; the footer's numbers count within what a page shows."""
