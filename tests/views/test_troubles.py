from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from simtui.models import ImeiLock, IpLease, Location, SessionSummary, Thing
from simtui.views.things import troubles as module
from simtui.views.things.troubles import is_faulty, troubles

NOW = datetime.fromisoformat("2026-11-22T03:12:05Z")


def ago(**parts: float) -> datetime:
    return NOW - timedelta(**parts)


def online(**fields: Any) -> dict[str, Any]:
    return {"session": SessionSummary("ONLINE", NOW, NOW), "ip": IpLease("10.0.0.1"), **fields}


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "blocked",
        {"session": SessionSummary("BLOCKED")},
        {"session": SessionSummary("BLOCKED"), "state": "SUSPENDED"},
    ),
    (
        "offline",
        {"session": SessionSummary("OFFLINE", ago(hours=2.1))},
        {"session": SessionSummary("OFFLINE", ago(hours=1.9))},
    ),
    (
        "offline",
        {"session": SessionSummary("OFFLINE"), "last_seen_at": ago(hours=3)},
        {"session": SessionSummary("OFFLINE", ago(days=3)), "state": "RETIRED"},
    ),
    ("silent", {"last_seen_at": ago(hours=25)}, {"last_seen_at": ago(hours=23)}),
    ("silent", {"state_changed_at": ago(hours=25)}, {"state_changed_at": ago(hours=1)}),
    ("no-services", online(allowed_services=()), online(allowed_services=None)),
    ("no-address", online(ip=None), online()),
    ("no-address", online(ip=IpLease(None)), {"ip": None}),
    ("still-online", online(state="SUSPENDED"), online(state="PROVISIONED")),
    ("imei-changed", {"imei_changed_at": ago(hours=23)}, {"imei_changed_at": ago(hours=25)}),
    (
        "imei-lock",
        {"imei": "490154203237518", "imei_lock": ImeiLock(True, imei="352099001761481")},
        {"imei": "490154203237518", "imei_lock": ImeiLock(False, imei="352099001761481")},
    ),
    (
        "imei-lock",
        {"imei": "490154203237518", "imei_lock": ImeiLock(True, tac="35209900")},
        {"imei": "490154203237518", "imei_lock": ImeiLock(True, tac="49015420")},
    ),
    (
        "pending",
        {"pending_state": "SUSPENDED", "modified_at": ago(minutes=16)},
        {"pending_state": "SUSPENDED", "modified_at": ago(minutes=14)},
    ),
    ("coverage", {"last_location": Location(mcc="262")}, {"last_location": Location(mcc="204")}),
    ("coverage", {"last_location": Location(mcc="208")}, {"last_location": Location()}),
    ("iccid", {"iccid": "8931086200000000018"}, {}),
]


@pytest.mark.parametrize(("name", "bad", "fine"), CASES)
def test_each_trouble_has_an_edge(
    name: str, bad: dict[str, Any], fine: dict[str, Any], make_thing: Any
) -> None:
    thing: Thing = make_thing(**bad)
    assert [trouble.name for trouble in troubles(thing, NOW)] == [name]
    assert is_faulty(thing, NOW)
    assert name not in [trouble.name for trouble in troubles(make_thing(**fine), NOW)]


def test_every_reason_is_in_the_table_that_explains_them() -> None:
    for name in {name for name, _, _ in CASES}:
        assert f"``{name}``" in (module.__doc__ or "")


def test_a_healthy_thing_and_an_unknown_one_have_none(make_thing: Any) -> None:
    assert troubles(make_thing(**online()), NOW) == ()
    assert not is_faulty(make_thing(state="ODD"), NOW)


def test_sentences_say_what_and_since_when(make_thing: Any) -> None:
    thing = make_thing(
        session=SessionSummary("OFFLINE", ago(hours=5)),
        imei_changed_at=ago(hours=1),
        previous_imei="\x1b35",
    )
    assert [trouble.sentence for trouble in troubles(thing, NOW)] == [
        "Active, but offline for 5h.",
        "The SIM moved to another device from \\x1b35 1h ago.",
    ]
    assert troubles(make_thing(state_changed_at=ago(days=2)), NOW)[0].sentence == (
        "Active, but never seen."
    )
