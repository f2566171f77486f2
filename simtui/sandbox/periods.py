"""The ``from`` and ``to`` of a request (contract §9, Times)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simtui.sandbox.call import Call, invalid

LONGEST = timedelta(days=92)
"""How much of usage, sessions or events one request may ask for."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def read_period(
    call: Call, default_start: datetime, *, longest: timedelta | None = None
) -> tuple[datetime, datetime]:
    """The period [from, to) that a call asks for; ``to`` is now unless given.

    Raises:
        Refused: 400 naming ``from`` when it is not before ``to`` or too far from it.
    """
    end: datetime = call.query.get("to", call.now)
    start: datetime = call.query.get("from", min(default_start, end))
    given = "from" in call.query
    if given and start >= end:
        raise invalid("from", "ORDER", "from must lie before to, which is now unless given")
    if longest is not None and given and end - start > longest:
        raise invalid("from", "TOO_LONG", f"from and to are at most {longest.days} days apart")
    return start, end
