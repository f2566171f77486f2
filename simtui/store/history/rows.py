"""Changes as rows of the table, and how they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simtui.models.change import RESTLESS, Change, ChangesWanted

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
LONGEST_TEXT: Final = 300
"""Characters of a name or a detail that are kept."""

COLUMNS: Final = (
    "kind", "object", "parent", "seen", "first", "at", "looked", "times", "restless", "name",
    "iccid", "inside", "before", "after", "before_name", "after_name", "detail", "by", "entry",
)  # fmt: skip
_TEXTS: Final = (
    "kind", "name", "iccid", "inside", "before", "after", "before_name", "after_name", "detail",
    "object",
)  # fmt: skip
_SAID: Final = (
    "CASE by WHEN 'here' THEN 'from here' ELSE by END",
    "CASE after WHEN 'new' THEN 'new created' WHEN 'gone' THEN 'gone deleted' ELSE '' END",
)
"""What a person reads for a value, where that is another word."""
_TEXT: Final = " || char(10) || ".join((*(f"ifnull({name}, '')" for name in _TEXTS), *_SAID))
"""Everything that words are looked for in; none is found across two of them."""

_WILD: Final = re.compile("[%_!]")

INSERT: Final = (
    f"INSERT INTO change (account, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
)
SELECT: Final = f"SELECT id, {', '.join(COLUMNS)} FROM change"
NEWEST_FIRST: Final = " ORDER BY min(ifnull(at, seen), seen) DESC, id DESC"


def to_time(moment: datetime | None) -> int | None:
    """Milliseconds since 1970."""
    return None if moment is None else (moment - _EPOCH) // _MILLISECOND


def from_time(value: int | None) -> datetime | None:
    """A moment in UTC."""
    return None if value is None else _EPOCH + value * _MILLISECOND


def row_of(account: int, change: Change) -> tuple[Any, ...]:
    """What `INSERT` takes."""
    return (
        account,
        change.kind,
        change.object_id,
        change.parent_id,
        to_time(change.seen_at),
        to_time(change.first_seen_at or change.seen_at),
        to_time(change.at),
        to_time(change.last_looked),
        change.count,
        int(change.kind in RESTLESS),
        _cut(change.name),
        change.iccid,
        _cut(change.inside),
        _cut(change.before),
        _cut(change.after),
        _cut(change.before_name),
        _cut(change.after_name),
        _cut(change.detail),
        change.by,
        change.entry_id,
    )


def change_of(row: tuple[Any, ...]) -> Change:
    """The change in a row of `SELECT`."""
    told = dict(zip(COLUMNS, row[1:], strict=True))
    seen, first = from_time(told["seen"]), from_time(told["first"])
    return Change(
        kind=told["kind"],
        object_id=told["object"],
        seen_at=seen or _EPOCH,
        parent_id=told["parent"],
        name=told["name"],
        iccid=told["iccid"],
        inside=told["inside"],
        before=told["before"],
        after=told["after"],
        before_name=told["before_name"],
        after_name=told["after_name"],
        detail=told["detail"],
        at=from_time(told["at"]),
        last_looked=from_time(told["looked"]),
        count=told["times"],
        first_seen_at=first if told["times"] > 1 else None,
        by=told["by"],
        entry_id=told["entry"],
        change_id=row[0],
    )


def where(account: int, wanted: ChangesWanted) -> tuple[str, list[Any]]:
    """The condition for what is wanted, and its values."""
    parts: list[str] = ["account = ?"]
    values: list[Any] = [account]
    told: Iterable[tuple[str, Any]] = (
        ("seen >= ?", to_time(wanted.start)),
        ("seen < ?", to_time(wanted.end)),
        ("object = ?", wanted.thing_id or None),
        ("iccid GLOB ?", f"{wanted.iccid}*" if wanted.iccid else None),
    )
    for part, value in told:
        if value is not None:
            parts.append(part)
            values.append(value)
    if wanted.kinds is not None:
        parts.append(f"kind IN ({', '.join('?' * len(wanted.kinds))})")
        values += sorted(wanted.kinds)
    for word in wanted.words.split():
        sought = word.removeprefix("!")
        if sought:
            part, value = _has(sought)
            parts.append(part if sought == word else f"NOT {part}")
            values.append(value)
    return " WHERE " + " AND ".join(parts), values


def _has(word: str) -> tuple[str, str]:
    """The condition that a word is somewhere in a change, and its value."""
    if word.isascii():
        return f"({_TEXT}) LIKE ? ESCAPE '!'", "%" + _WILD.sub(r"!\g<0>", word) + "%"
    return f"instr(folded({_TEXT}), ?)", word.casefold()


def folded(text: str | None) -> str:
    """Text in which case does not matter; ``LIKE`` only knows that of ASCII."""
    return (text or "").casefold()


def _cut(text: str | None) -> str | None:
    """A lone surrogate has no place in UTF-8, and what is very long none in a table."""
    if text is None or (len(text) <= LONGEST_TEXT and text.isascii()):
        return text
    return text[:LONGEST_TEXT].encode("utf-8", "backslashreplace").decode("utf-8")
