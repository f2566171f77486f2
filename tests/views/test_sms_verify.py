"""Whether a Thing came back after a command: never more is said than is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simtui.models import SessionSummary, Sms, SmsStatus, Thing
from simtui.views.sms.verify import SETTLED_AFTER, Asked, finding
from simtui.views.text import UNSAFE

SENT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=5)
UNTIL = SENT + LIMIT
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
AT = SENT + 20 * SECOND
"""When the message is delivered."""


def session(
    state: str, since: timedelta | None = None, as_of: timedelta | None = None
) -> SessionSummary:
    """One that is told ``since`` and ``as_of`` so long after delivery."""
    return SessionSummary(
        state, None if since is None else AT + since, None if as_of is None else AT + as_of
    )


ONLINE = session("ONLINE", -60 * MINUTE, -MINUTE)
OFFLINE = session("OFFLINE", -60 * MINUTE, -MINUTE)


def thing(summary: SessionSummary | None) -> Thing:
    return Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", session=summary)


DELIVERED = Sms("s1", "RESET", "t1", status="DELIVERED", submitted_at=SENT, delivered_at=AT)


def said(
    before: SessionSummary | None, sms: Sms | None, now: SessionSummary | None, at: datetime
) -> tuple[str, bool]:
    found = finding(Asked(thing(before), UNTIL, LIMIT), sms, thing(now), at)
    return found.cell.text, found.done


# Before it arrives


@pytest.mark.parametrize(
    ("sms", "text"),
    [
        (None, "◍ Verifying pump-12: the command is not looked up yet · 4m left"),
        (Sms("s1", "x", status="QUEUED"), "◍ Verifying pump-12: the command is queued · 4m left"),
        (Sms("s1", "x", status="SENT"), "◍ Verifying pump-12: the command is sent · 4m left"),
        (Sms("s1", "x", status="PARKED"), "◍ Verifying pump-12: the command is parked · 4m left"),
    ],
)
def test_on_its_way(sms: Sms | None, text: str) -> None:
    assert said(ONLINE, sms, ONLINE, SENT + 10 * SECOND) == (text, False)


@pytest.mark.parametrize(
    ("sms", "text"),
    [
        (None, "? Whether pump-12 got the command is not known after 5m"),
        (Sms("s1", "x", status="QUEUED"),
         "? pump-12 has not got the command within 5m; it is queued"),
        (Sms("s1", "x", status="SENT"), "? pump-12 has not got the command within 5m; it is sent"),
        (Sms("s1", "x", status="SENT", error_code="ABSENT_SUBSCRIBER"),
         "? pump-12 has not got the command within 5m; it is sent and waits until the device"
         " attaches"),
        (Sms("s1", "x", status="PARKED"),
         "? pump-12 has not got the command within 5m; it is parked"),
    ],
)  # fmt: skip
def test_not_in_time(sms: Sms | None, text: str) -> None:
    assert said(ONLINE, sms, ONLINE, UNTIL) == (text, True)


@pytest.mark.parametrize(
    ("sms", "text"),
    [
        (Sms("s1", "x", status="FAILED", error_code="SYSTEM_FAILURE"),
         "✗ pump-12 did not get the command, it is failed: the serving network failed"),
        (Sms("s1", "x", status="EXPIRED"), "✗ pump-12 did not get the command, it is expired"),
        (Sms("s1", "x", status="CANCELLED"), "✗ pump-12 did not get the command, it is cancelled"),
    ],
)  # fmt: skip
def test_it_never_arrives(sms: Sms, text: str) -> None:
    assert said(ONLINE, sms, ONLINE, SENT + SECOND) == (text, True)


# After it has arrived

SEVEN = 7 * SECOND


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (ONLINE, session("ONLINE", SEVEN, SEVEN), "✓ pump-12 came back online, 7s after delivery"),
        (OFFLINE, session("ONLINE", MINUTE), "✓ pump-12 came back online, 1m after delivery"),
        (None, session("ONLINE", 0 * SECOND), "✓ pump-12 came back online, 0s after delivery"),
        (OFFLINE, session("ONLINE", None, SEVEN),
         "✓ pump-12 is online; it was not before the command"),
        (None, session("ONLINE", None, SEVEN),
         "✓ pump-12 is online; how it was before the command is not known"),
        (session("UNKNOWN"), session("ONLINE", None, SEVEN),
         "✓ pump-12 is online; how it was before the command is not known"),
        (ONLINE, session("ONLINE", -60 * MINUTE, SETTLED_AFTER),
         "✓ pump-12 is online as before; nothing shows that it restarted"),
    ],
)  # fmt: skip
def test_it_is_there(before: SessionSummary | None, now: SessionSummary, text: str) -> None:
    assert said(before, DELIVERED, now, AT + 3 * MINUTE) == (text, True)


WAITING = "◍ Verifying pump-12: delivered, waiting for its session · "


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (ONLINE, session("OFFLINE", SEVEN, SEVEN),
         "✗ pump-12 got the command but is offline after 5m"),
        (ONLINE, session("ATTACHED", SEVEN, SEVEN),
         "✗ pump-12 got the command but is attached after 5m"),
        (ONLINE, session("\x1b[2J", SEVEN, SEVEN),
         r"✗ pump-12 got the command but is \x1b[2j after 5m"),
        (ONLINE, None,
         "? pump-12 got the command; no session is told, so whether it is back is not known"),
        (ONLINE, session("UNKNOWN", SEVEN, SEVEN),
         "? pump-12 got the command; no session is told, so whether it is back is not known"),
        (ONLINE, ONLINE,
         "? pump-12 got the command; what is known of its session is older than that"),
        (OFFLINE, OFFLINE,
         "? pump-12 got the command; what is known of its session is older than that"),
        (OFFLINE, session("ONLINE", -MINUTE, -SECOND),
         "? pump-12 got the command; what is known of its session is older than that"),
        (OFFLINE, session("ONLINE"),
         "? pump-12 got the command; from when its session is told is not known"),
        (ONLINE, session("ONLINE", -60 * MINUTE, SETTLED_AFTER - SECOND),
         "? pump-12 got the command and was online 1m after delivery; what came after that is not"
         " told"),
    ],
)  # fmt: skip
def test_it_is_not_known_to_be_there(
    before: SessionSummary, now: SessionSummary | None, text: str
) -> None:
    early, done = said(before, DELIVERED, now, UNTIL - MINUTE)
    assert (early, done) == (WAITING + "1m left", False)
    assert said(before, DELIVERED, now, UNTIL) == (text, True)


def test_a_thing_that_is_not_read_yet_is_as_it_was_before() -> None:
    found = finding(Asked(thing(ONLINE), UNTIL, LIMIT), DELIVERED, None, UNTIL)
    assert found.done
    assert "older than that" in found.cell.text


def test_a_delivery_without_its_time_is_of_now() -> None:
    untimed = replace(DELIVERED, delivered_at=None)
    assert said(OFFLINE, untimed, session("ONLINE", SEVEN, SEVEN), UNTIL) == (
        "? pump-12 got the command; what is known of its session is older than that",
        True,
    )


# Whatever comes

MOMENTS = st.integers(-600, 600).map(lambda seconds: AT + seconds * SECOND)
TIMES = st.none() | MOMENTS
STATES = st.sampled_from(["ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN", "ODD\u202e"])
SESSIONS = st.none() | st.builds(SessionSummary, STATES, TIMES, TIMES)
MESSAGES = st.none() | st.builds(
    Sms,
    st.just("s1"),
    st.just("RESET"),
    status=st.sampled_from([*SmsStatus.ALL, "ODD\x1b"]),
    delivered_at=TIMES,
    error_code=st.none() | st.sampled_from(["ABSENT_SUBSCRIBER", "\x9b2J"]),
    error_message=st.none() | st.just("a\x1bb"),
)
THINGS = st.none() | SESSIONS.map(thing)


@given(SESSIONS, MESSAGES, THINGS, MOMENTS)
def test_it_is_never_said_to_be_there_unless_that_was_told_after_delivery(
    before: SessionSummary | None, sms: Sms | None, now: Thing | None, at: datetime
) -> None:
    found = finding(Asked(thing(before), UNTIL, LIMIT), sms, now, at)
    assert not UNSAFE.search(found.cell.text)
    assert found.done or at < UNTIL
    if found.cell.tone == "ok":
        assert sms is not None
        assert sms.status == "DELIVERED"
        current = (now or thing(before)).session
        assert current is not None
        assert current.state == "ONLINE"
        delivered = sms.delivered_at or at
        told = [one for one in (current.since, current.as_of) if one is not None]
        assert max(told) >= delivered
    if "got the command" in found.cell.text and "Whether" not in found.cell.text:
        assert sms is not None
        assert ("has not" in found.cell.text) is (sms.status != "DELIVERED")


@given(SESSIONS, THINGS, MOMENTS, TIMES)
def test_nothing_told_since_delivery_says_nothing_of_it(
    before: SessionSummary | None, now: Thing | None, at: datetime, delivered: datetime | None
) -> None:
    sms = replace(DELIVERED, delivered_at=delivered)
    current = (now or thing(before)).session
    told = [one for one in (current.since, current.as_of) if one] if current else []
    assume(all(one < (delivered or at) for one in told))
    found = finding(Asked(thing(before), UNTIL, LIMIT), sms, now, at)
    assert found.cell.tone != "ok"
    assert "✓" not in found.cell.text
    assert "✗" not in found.cell.text


@given(SESSIONS, MESSAGES, THINGS, MOMENTS)
def test_a_finding_that_is_final_stays_so_when_only_time_passes(
    before: SessionSummary | None, sms: Sms | None, now: Thing | None, at: datetime
) -> None:
    asked = Asked(thing(before), UNTIL, LIMIT)
    assume(sms is None or sms.status != "DELIVERED" or sms.delivered_at is not None)
    found = finding(asked, sms, now, at)
    if found.done:
        assert finding(asked, sms, now, at + MINUTE) == found
