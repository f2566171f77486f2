"""Who changed what, as the platform remembers it (contract §2, EXT)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox.call import Answer, Call
from simtui.sandbox.paging import paged
from simtui.sandbox.periods import EARLIEST, read_period
from simtui.sandbox.records import AuditRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

SORT_KEYS = {
    "at": lambda entry: entry.at,
    "user": lambda entry: entry.user,
    "path": lambda entry: entry.path,
    "status": lambda entry: entry.status,
}


@operation("GET", "/audit-log", need=("users", "READ"), ext=True)
def list_audit_log(world: World, call: Call) -> Answer:
    """Requests that changed something, the latest first; ``path`` is how theirs begins."""
    wanted = call.query
    start, end = read_period(call, EARLIEST)
    rows = [
        entry
        for entry in reversed(world.audit)
        if wanted.get("user", entry.user) == entry.user
        and entry.path.startswith(wanted.get("path", ""))
        and ("from" not in wanted or entry.at >= start)
        and ("to" not in wanted or entry.at < end)
    ]
    return paged(call, rows, audit_view, SORT_KEYS, lambda entry: entry.at)


def audit_view(entry: AuditRecord) -> dict[str, Any]:
    """An entry as the wire spells it."""
    return {
        "at": entry.at,
        "user": entry.user,
        "remoteAddress": entry.remote_address,
        "method": entry.method,
        "path": entry.path,
        "status": entry.status,
    }
