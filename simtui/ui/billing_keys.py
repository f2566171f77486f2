"""The keys of the bill, one row each."""

from __future__ import annotations

from simtui.ui.key import Key, Scope
from simtui.views.billing.sorts import SORTS

# fmt: off
_PLACES = (
    Key("billing", "7", "go_billing", "billing", "What it costs: the open cycle and closed ones.",
        "everywhere", command="billing"),
)

_BILLING = (
    Key("bill-next", "tab", "next_view(1)", "view", "The next view: lines, by group, by Thing, "
        "by day.", "billing", 2),
    Key("bill-previous", "shift+tab", "next_view(-1)", "view", "The view before.", "billing"),
    Key("cycle-before", "less_than_sign", "cycle(1)", "cycle before", "The cycle before.",
        "billing", 3, "cycle-before"),
    Key("cycle-after", "greater_than_sign", "cycle(-1)", "after", "The cycle after.",
        "billing", 4, "cycle-after"),
    Key("compare", "d", "compare", "compare", "Beside another cycle, with the difference; again: "
        "alone.", "billing", 5, "compare"),
    Key("unused", "ctrl+z", "toggle_unused", "unused", "Only Things that are charged and were not "
        "used; again: all.", "billing", 6, "unused"),
    Key("bill-leads-to", "T", "things", "Things", "The Thing, or the Things, that it is about.",
        "billing", 7),
)

_SORTING = tuple(
    Key(f"bill-sort-{column}", letter, f"sort({column!r})", "sort",
        f"Sort by {words}; again reverses.", "billing")
    for column, (letter, words) in SORTS.items()
)

_WHOSE: tuple[tuple[Scope, str, int], ...] = (
    ("things", "What this Thing costs.", 0),
    ("thing", "What this Thing costs.", 0),
    ("groups", "What this group costs.", 5),
    ("group", "What this group costs.", 3),
)

_BILL_OF = tuple(
    Key(f"bill-{scope}", "dollar_sign", "bill", "bill", words, scope, footer, "bill")
    for scope, words, footer in _WHOSE
)

BILLING_KEYS: tuple[Key, ...] = (*_BILLING, *_SORTING, *_BILL_OF, *_PLACES)
"""All of them; the footer's numbers count within what a page shows."""
