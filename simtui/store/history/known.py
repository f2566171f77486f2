"""The configuration as it was last seen, kept so that the next look can be compared with it.

It outlives the program: what somebody changed while nobody looked is told at the next start.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec

from simtui.models.change import Change, ChangeKind, Fate
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.plain import plain_of, settings_from
from simtui.store.history.history import AWAY
from simtui.store.history.rows import from_time, to_time
from simtui.store.history.sighting import Scope, Sighted, State
from simtui.views.config.summary import what_changes

_KINDS: Final = {ChangeKind.THINGS_GROUP: Kind.GROUP}
"""Where the word of a change is another one than that of the configuration."""
_THE_SCOPE: Final = "*"
"""Stands for a whole scope: whether it was ever looked at. No id of the API is so (§1)."""
_NEW_KEY: Final = "a new pre-shared key"


def config_changes(
    db: sqlite3.Connection, account: int, scopes: Iterable[Scope]
) -> Iterator[Change]:
    """What differs from the last look, which these are from now on.

    The first look at a scope is what later ones are compared with. A look that is older
    than what another simtui has seen since is left out.
    """
    for scope in scopes:
        yield from _Known(db, account, scope).compare()


class _Known:
    """One scope."""

    def __init__(self, db: sqlite3.Connection, account: int, scope: Scope) -> None:
        self._db = db
        self._scope = scope
        self._where = (account, scope.kind, scope.inside)
        self._seen = to_time(scope.seen_at) or 0

    def compare(self) -> Iterator[Change]:
        known = {row[0]: (row[1], row[2]) for row in self._db.execute(_SELECT, self._where)}
        is_first = known.pop(_THE_SCOPE, None) is None
        if is_first:
            self._put(_THE_SCOPE, "{}")
        for item in self._scope.items:
            yield from self._compare(item, known.pop(item.object_id, None), is_first)
        for object_id, (seen, value) in known.items():
            if seen <= self._seen:
                self._db.execute(_DELETE, (*self._where, object_id))
                self._db.execute(_DELETE_INSIDE, (self._where[0], object_id))
                gone = self._change(object_id, _name(value), after=Fate.GONE)
                yield replace(gone, last_looked=self._looked(seen))

    def _compare(
        self, item: Sighted, known: tuple[int, str] | None, is_first: bool
    ) -> Iterator[Change]:
        value = _encoded(item)
        if known is None:
            self._put(item.object_id, value)
            if not is_first:
                yield self._change(item.object_id, item.name, after=Fate.NEW)
            return
        seen, before = known
        if before == value or seen > self._seen:
            return
        self._put(item.object_id, value)
        was = _decoded(self._scope.kind, before)
        if was is not None:
            for change in (*self._settings_change(was, item), *self._state_change(was, item)):
                yield replace(change, last_looked=self._looked(seen))

    def _looked(self, seen: int) -> datetime | None:
        """Since when it may have happened; None when that is since a moment ago."""
        looked = self._scope.looked_at or from_time(seen)
        return looked if looked and self._scope.seen_at - looked > AWAY else None

    def _settings_change(self, was: Sighted, item: Sighted) -> Iterator[Change]:
        kind = _KINDS.get(self._scope.kind, self._scope.kind)
        ref = Ref(kind, item.object_id, self._scope.inside)
        parts = []
        if was.settings != item.settings:
            parts.append(what_changes(ConfigChange(ref, item.name, was.settings, item.settings)))
        if was.key_set_at != item.key_set_at and item.key_set_at is not None:
            parts.append(_NEW_KEY)
        if parts:
            change = self._change(item.object_id, item.name, _version(was), _version(item))
            yield replace(change, detail=", ".join(filter(None, parts)))

    def _state_change(self, was: Sighted, item: Sighted) -> Iterator[Change]:
        if was.state is None or item.state is None or was.state.state == item.state.state:
            return
        change = self._change(item.object_id, item.name, was.state.state, item.state.state)
        yield replace(
            change,
            kind=ChangeKind.TUNNEL_STATE,
            at=item.state.since,
            detail=item.state.error or "",
        )

    def _change(
        self, object_id: str, name: str, before: str | None = None, after: str | None = None
    ) -> Change:
        scope = self._scope
        return Change(
            scope.kind,
            object_id,
            scope.seen_at,
            scope.inside,
            name,
            inside=scope.inside_name,
            before=before,
            after=after,
        )

    def _put(self, object_id: str, value: str) -> None:
        self._db.execute(_REPLACE, (*self._where, object_id, self._seen, value))


_SELECT: Final = (
    "SELECT object, seen, value FROM known WHERE account = ? AND kind = ? AND parent = ?"
)
_REPLACE: Final = (
    "INSERT OR REPLACE INTO known (account, kind, parent, object, seen, value)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_DELETE: Final = "DELETE FROM known WHERE account = ? AND kind = ? AND parent = ? AND object = ?"
_DELETE_INSIDE: Final = "DELETE FROM known WHERE account = ? AND parent = ? AND parent <> ''"


def _version(item: Sighted) -> str | None:
    return f"v{item.version}" if item.version else None


def _encoded(item: Sighted) -> str:
    """As JSON, in which a lone surrogate of a name is escaped too. A version that moves by
    itself is no news: it is not looked at where the settings are the same."""
    return json.dumps(
        {
            "name": item.name,
            "settings": plain_of(item.settings),
            "version": item.version,
            "state": msgspec.to_builtins(item.state),
            "key_set_at": msgspec.to_builtins(item.key_set_at),
        },
        separators=(",", ":"),
    )


def _decoded(kind: str, value: str) -> Sighted | None:
    """None for what another version of simtui wrote: then there is nothing to compare with."""
    try:
        told: dict[str, Any] = json.loads(value)
        settings = settings_from(_KINDS.get(kind, kind), told["settings"])
        state = msgspec.convert(told["state"], State | None)
        key_set_at = msgspec.convert(told["key_set_at"], datetime | None)
        name, version = str(told["name"]), int(told["version"])
    except (ValueError, LookupError, TypeError, msgspec.MsgspecError):
        return None
    if settings is None:
        return None
    return Sighted("", name, settings, version, state, key_set_at)


def _name(value: str) -> str:
    try:
        return str(json.loads(value)["name"])
    except (ValueError, LookupError, TypeError):
        return ""
