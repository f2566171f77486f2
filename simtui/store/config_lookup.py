"""What became of a change of the configuration whose answer was lost; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from simtui.models.config_change import ConfigChange, Verb
from simtui.models.plain import fits, plain_of, took
from simtui.models.recorded import RecordedChange
from simtui.store.config_now import Now, read_siblings
from simtui.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether it was done, as far as the server's objects show, and a sentence about it."""

    done: bool
    detail: str
    object_id: str = ""


async def look_at_change(desk: Desk, recorded: RecordedChange, since: datetime) -> Seen:
    """What is to be seen of a change that was sent after ``since``.

    Raises:
        SimtuiError: when it cannot be looked up now.
    """
    change = recorded.change
    found = await read_siblings(desk, change.ref)
    if change.verb == Verb.CREATE:
        return _made(change, found)
    now = next((one for one in found if one.object_id == change.ref.object_id), None)
    if change.verb == Verb.DELETE:
        return Seen(True, "It is gone") if now is None else _as_it_was(change, now)
    if now is None:
        return Seen(False, "It is not there any more")
    if change.version and now.version == change.version:
        return _as_it_was(change, now)
    if recorded.new_key and (now.key_set_at is None or now.key_set_at < since):
        return Seen(False, "It did not arrive: the key was not set")
    if took(plain_of(change.before), plain_of(change.after), plain_of(now.settings)):
        return Seen(True, f"It is so (version {now.version})", now.object_id)
    return _as_it_was(change, now)


def _made(change: ConfigChange, found: Iterable[Now]) -> Seen:
    """The one that was not there before and is as it was to be."""
    for one in found:
        is_new = one.object_id not in change.known
        if is_new and fits(plain_of(change.after), plain_of(one.settings)):
            return Seen(True, f"It is there ({one.object_id})", one.object_id)
    return Seen(False, "It did not arrive: there is no such object")


def _as_it_was(change: ConfigChange, now: Now) -> Seen:
    if now.version == change.version:
        return Seen(False, "It did not arrive: it is as it was")
    return Seen(False, f"It is not so (version {now.version}): decide anew from how it is now")
