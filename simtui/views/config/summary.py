"""A change in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import Final

from simtui.models.config_change import ConfigChange, Verb
from simtui.models.settings import Chain, RouteTable
from simtui.views.config.items import Fate, item_changes
from simtui.views.config.names import making
from simtui.views.config.values import changed_labels

_FATES: Final[tuple[Fate, ...]] = ("added", "changed", "moved", "removed")
_FIELDS_NAMED: Final = 4


def summary_of(change: ConfigChange) -> str:
    """``Change the group depot-7: network``; without a full stop, safe to print."""
    if change.verb == Verb.CREATE:
        return f"{making(change.ref.kind).capitalize()} {change.title}"
    if change.verb == Verb.DELETE:
        return f"Delete {change.title}"
    return f"Change {change.title}: {what_changes(change)}"


def what_changes(change: ConfigChange) -> str:
    """Which rules and routes, or which settings: ``2 rules added``, ``network, isolation``."""
    before, after = change.before, change.after
    if isinstance(after, (Chain, RouteTable)) and isinstance(before, type(after)):
        fates = Counter(one.fate for one in item_changes(before, after))
        word = "rule" if isinstance(after, Chain) else "route"
        return ", ".join(
            f"{fates[fate]} {word}{'' if fates[fate] == 1 else 's'} {fate}"
            for fate in _FATES
            if fates[fate]
        )
    labels = changed_labels(before, after)
    if change.psk is not None:
        labels.append("pre-shared key")
    more = len(labels) - _FIELDS_NAMED
    return ", ".join(labels[:_FIELDS_NAMED]) + (f" and {more} more" if more > 0 else "")
