"""Messages that were begun and not sent, kept like every other edit."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from simtui.models.config_change import Ref
from simtui.store.drafts import Draft
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.plan.selection import Selection

SMS: Final = "sms"
"""The kind of these drafts."""
MOST_KEPT: Final = 5_000
"""Things that a draft names; it is written with every key."""


def sms_ref(selection: Selection) -> Ref:
    """By what the message to these Things is found again: the tag, the group or the Things."""
    if selection.tag is not None:
        return Ref(SMS, f"tag:{selection.tag}")
    if selection.things_group_id is not None:
        return Ref(SMS, f"group:{selection.things_group_id}")
    if len(selection.things) == 1:
        return Ref(SMS, selection.things[0].thing_id)
    ids = "\n".join(sorted(thing.thing_id for thing in selection.things))
    return Ref(SMS, f"things:{hashlib.sha256(ids.encode()).hexdigest()[:16]}")


def target_of(selection: Selection) -> Any:
    """Whom it is for, as plain values; of very many Things only the words are kept."""
    by_name = selection.tag is not None or selection.things_group_id is not None
    things = () if by_name or len(selection.things) > MOST_KEPT else selection.things
    return {
        "words": selection.words,
        "tag": selection.tag,
        "group": selection.things_group_id,
        "things": [thing.thing_id for thing in things],
    }


def selection_of(draft: Draft, feed: FleetFeed) -> Selection | None:
    """Whom a draft is for, as they are now; None when none of them is there any more."""
    told = draft.after if isinstance(draft.after, dict) else {}
    tag, group = told.get("tag"), told.get("group")
    if tag:
        folded = str(tag).casefold()
        things = tuple(one for one in feed.index if folded in map(str.casefold, one.tags))
    elif group:
        things = tuple(one for one in feed.index if one.things_group_id == group)
    else:
        found = (feed.thing(str(thing_id)) for thing_id in told.get("things") or ())
        things = tuple(thing for thing in found if thing is not None)
    words = str(told.get("words") or draft.title)
    return Selection(words, things, tag, group) if things else None
