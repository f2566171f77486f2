"""The keys, one row each. The mechanics are in `simtui.ui.keys`."""

from __future__ import annotations

from simtui.ui.billing_keys import BILLING_KEYS
from simtui.ui.blast_keys import BLAST_KEYS
from simtui.ui.changes_keys import CHANGES_KEYS
from simtui.ui.config_keys import CONFIG_KEYS
from simtui.ui.key import Key
from simtui.ui.people_keys import PEOPLE_KEYS
from simtui.ui.pulse_keys import PULSE_KEYS
from simtui.ui.runbook_keys import RUNBOOK_KEYS
from simtui.ui.sms_keys import SMS_KEYS
from simtui.ui.why_keys import WHY_KEYS
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
    Key("mark", "space", "toggle_mark", "mark", "Mark the row and go down.", "marks", 2),
    Key(
        "mark-range", "ctrl+@,ctrl+space", "mark_range", "range",
        "Mark every row from the last mark to the cursor.", "marks", command="mark-range",
    ),
    Key(
        "mark-all", "asterisk", "mark_all", "all",
        "Mark every row that the filter leaves; again: none of them.", "marks",
        command="mark-all",
    ),
    Key(
        "unmark", "ctrl+backslash", "clear_marks", "unmark",
        "Clear all marks.", "marks", command="unmark",
    ),
)

_THINGS = (
    Key(
        "act", "a", "act", "act",
        "What can be done with the marked rows, or with this one.", "things", 3, "act",
        writes=True,
    ),
    Key(
        "toggle-state", "t", "toggle_state", "suspend",
        "Suspend, or resume what is suspended.", "things", 7, writes=True,
    ),
    Key("filter", "slash", "filter", "filter", "Filter this list.", "things", 6),
    Key(
        "faulty", "ctrl+z", "toggle_faulty", "faulty",
        "Only Things with trouble; again: all of them.", "things", 9, "faulty",
    ),
    Key("copy", "c", "copy", "copy", "Copy one of its values (OSC 52).", "things", 10, "copy"),
    Key("raw", "y", "raw", "json", "The API's own JSON of this Thing.", "things", 11, "raw"),
    Key(
        "columns", "v", "next_columns", "columns",
        "The next set of columns: overview, identity, network, usage.", "things", 12, "columns",
    ),
    Key(
        "edit", "e", "edit", "edit",
        "Change name, description and tags.", "things", command="edit", writes=True,
    ),
    Key(
        "retire", "ctrl+d", "retire", "retire",
        "Retire for good; asks for the ICCID or the number to be typed.", "things",
        command="retire", writes=True,
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
    Key(
        "act-thing", "a", "act", "act",
        "What can be done with this Thing.", "thing", 1, "act", writes=True,
    ),
    Key(
        "toggle-state-thing", "t", "toggle_state", "suspend",
        "Suspend it, or resume it when it is suspended.", "thing", 4, writes=True,
    ),
    Key(
        "edit-thing", "e", "edit", "edit",
        "Change name, description and tags.", "thing", 5, "edit", writes=True,
    ),
    Key(
        "retire-thing", "ctrl+d", "retire", "retire",
        "Retire it for good; asks for the ICCID to be typed.", "thing",
        command="retire", writes=True,
    ),
    Key("copy-thing", "c", "copy", "copy", "Copy one of its values (OSC 52).", "thing", 6, "copy"),
    Key("raw-thing", "y", "raw", "json", "The API's own JSON of this Thing.", "thing", 7, "raw"),
    Key("next-pane", "tab", "next_pane", "next", "To the next section.", "thing", 8),
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

_JOBS = (
    Key(
        "cancel-job", "x", "cancel_job", "cancel",
        "Stop the job; what it did stays done.", "jobs", 3, "cancel", writes=True,
    ),
)

_JOB = (
    Key(
        "cancel-this-job", "x", "cancel_job", "cancel",
        "Stop the job; what it did stays done.", "job", 3, "cancel", writes=True,
    ),
    Key(
        "retry-failed", "R", "retry_failed", "retry failed",
        "Do it again with those that failed, and only those.", "job", 2, "retry", writes=True,
    ),
    Key(
        "next-outcome", "v", "next_outcome", "outcome",
        "Only the failed, the done, the skipped, or all.", "job", 4, "outcome",
    ),
    Key("copy-job", "c", "copy", "copy", "Copy the result (OSC 52).", "job", 5, "copy"),
)

_JOURNAL = (
    Key("filter-journal", "slash", "filter", "filter", "Filter this list.", "journal", 3),
    Key(
        "undo-entry", "u", "undo_this", "undo it",
        "Undo this write, as a planned write of its own.", "journal", 4, writes=True,
    ),
    Key(
        "copy-entry", "c", "copy", "copy",
        "Copy it as text for a ticket (OSC 52).", "journal", 5, "copy",
    ),
)

_ENTRY = (
    Key(
        "undo-this-entry", "u", "undo_this", "undo it",
        "Undo this write, as a planned write of its own.", "entry", 2, writes=True,
    ),
    Key("entry-job", "enter", "open_job", "job", "The job that it became.", "entry", 3),
    Key(
        "copy-this-entry", "c", "copy", "copy",
        "Copy it as text for a ticket (OSC 52).", "entry", 4, "copy",
    ),
)

_IMEI = (
    Key(
        "imei-span", "v", "next_span", "since",
        "Changes since the last visit, or all of them.", "imei", 3, "span",
    ),
    Key("act-imei", "a", "act", "act", "What can be done with this Thing.", "imei", 4, writes=True),
    Key(
        "copy-imei", "c", "copy", "copy",
        "Copy it as text for a ticket (OSC 52).", "imei", 5, "copy",
    ),
)

_EVERYWHERE = (
    Key("things", "2", "go_things", "things", "The Thing list.", "everywhere"),
    Key(
        "jobs", "8", "go_jobs", "jobs",
        "What the server does in its own time.", "everywhere", command="jobs",
    ),
    Key(
        "journal", "0", "go_journal", "journal",
        "Every write from here, and its outcome.", "everywhere", command="journal",
    ),
    Key(
        "imei", "i", "go_imei", "IMEI",
        "SIM cards that changed their device.", "everywhere", command="imei",
    ),
    Key(
        "undo", "z", "undo", "undo",
        "Undo the last write that can be undone.", "everywhere", command="undo", writes=True,
    ),
    Key("command", "colon", "command", "command", "The command line.", "everywhere", 21),
    Key(
        "help", "question_mark", "help", "keys",
        "The keys of this screen.", "everywhere", 22, command="help",
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
        "Clear the filter, close, or go back; never quits.", "everywhere", 20,
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

KEYS: tuple[Key, ...] = (
    *_MARKING,
    *_MOVING,
    *_THINGS,
    *_SORTING,
    *_THING,
    *WHY_KEYS,
    *_JOBS,
    *_JOB,
    *_JOURNAL,
    *_ENTRY,
    *_IMEI,
    *BLAST_KEYS,
    *_READING,
    *PULSE_KEYS,
    *SMS_KEYS,
    *RUNBOOK_KEYS,
    *CONFIG_KEYS,
    *BILLING_KEYS,
    *PEOPLE_KEYS,
    *CHANGES_KEYS,
    *_EVERYWHERE,
)
"""Every key; the footer's numbers count within what a page shows."""
