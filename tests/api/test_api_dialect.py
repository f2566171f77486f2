from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simtui.api import dialect
from simtui.errors import NotFound
from simtui.models import ImeiLock


@pytest.mark.parametrize(
    ("python", "wire"),
    [
        ("thing_id", "thingId"),
        ("name", "name"),
        ("ip_profile_id", "ipProfileId"),
        ("sms_mt", "smsMt"),
        ("accuracy_m", "accuracyM"),
        ("nat_public_address", "natPublicAddress"),
        ("from_", "from"),
        ("modifiedAt", "modifiedAt"),
    ],
)
def test_fields_are_spelt_in_camel_case(python: str, wire: str) -> None:
    assert dialect.wire_name(python) == wire


def test_sort_terms_take_both_spellings_and_keep_the_minus() -> None:
    assert dialect.sort_terms(("-modified_at", "iccid", "-lastSeenAt")) == (
        "-modifiedAt,iccid,-lastSeenAt"
    )


def test_etag_is_a_quoted_version() -> None:
    assert dialect.etag(17) == '"v17"'


def test_models_and_times_become_json_in_the_wires_spelling() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=timezone(timedelta(hours=1)))
    changes = {
        "things_group_id": None,
        "tags": ("a", "b"),
        "imei_lock": ImeiLock(True, tac="49015420"),
        "last_seen_at": at,
    }
    assert dialect.wire_value(changes) == {
        "thingsGroupId": None,
        "tags": ["a", "b"],
        "imeiLock": {"enabled": True, "imei": None, "tac": "49015420"},
        "lastSeenAt": "2026-01-02T02:04:05.678Z",
    }


def test_times_without_a_zone_are_refused() -> None:
    assert dialect.wire_time(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        dialect.wire_time(datetime(2026, 1, 2))


@pytest.mark.parametrize("thing_id", ["", ".", ".."])
def test_an_id_never_names_another_path(thing_id: str) -> None:
    with pytest.raises(NotFound):
        dialect.path_of(dialect.GET_THING, {"thingId": thing_id})


def test_an_odd_id_is_quoted() -> None:
    path = dialect.path_of(dialect.SET_STATE, {"thingId": "../users?x#y"})
    assert path == "/things/..%2Fusers%3Fx%23y/state"
