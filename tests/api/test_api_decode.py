from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui import models
from simtui.api.decode import Undecodable, decode_object, decode_page, pretty_json
from simtui.models import (
    Account,
    IpProfile,
    JobItem,
    Network,
    StateHistoryEntry,
    Thing,
    ThingsGroup,
    UsagePoint,
)

MINIMAL = {"thingId": "t_1", "iccid": "89", "state": "ACTIVE"}
FULL = {
    **MINIMAL,
    "imsi": "204080123456789",
    "name": "pump-12",
    "tags": ["depot-7", "nl"],
    "allowedServices": ["DATA", "SMS"],
    "ip": {"address": "10.0.4.17", "poolId": "p1", "allocation": "LOCKED", "leaseExpiresAt": None},
    "imeiChangedAt": "2026-11-22T02:58:11Z",
    "session": {"state": "OFFLINE", "asOf": "2026-11-22T03:10:02.5Z"},
    "usageCycle": {"cycleId": "2026-11", "dataBytes": 18734012, "smsMt": 3, "smsMo": 0},
    "lastLocation": {"mcc": "204", "lat": 52.1, "accuracyM": 900},
    "version": 17,
}


def thing_of(**fields: object) -> Thing:
    return decode_object(Thing, json.dumps({**FULL, **fields}).encode())


def test_a_thing_is_read_whole() -> None:
    thing = thing_of()
    assert (thing.thing_id, thing.version, thing.tags) == ("t_1", 17, ("depot-7", "nl"))
    assert thing.ip is not None
    assert thing.ip.locked
    assert thing.imei_changed_at == datetime(2026, 11, 22, 2, 58, 11, tzinfo=UTC)
    assert thing.session is not None
    assert thing.session.as_of == datetime(2026, 11, 22, 3, 10, 2, 500000, tzinfo=UTC)
    assert thing.usage_cycle is not None
    assert thing.usage_cycle.data_bytes == 18734012
    assert thing.last_location is not None
    assert thing.last_location.accuracy_m == 900


def test_unknown_fields_and_unknown_enum_values_break_nothing() -> None:
    thing = thing_of(state="HIBERNATING", flavour="vanilla", session={"state": "DREAMING", "x": 1})
    assert thing.state == "HIBERNATING"
    assert thing.session is not None
    assert thing.session.state == "DREAMING"


@pytest.mark.parametrize(
    ("field", "attribute", "default"),
    [
        ("name", "name", ""),
        ("tags", "tags", ()),
        ("allowedServices", "allowed_services", None),
        ("version", "version", 0),
        ("ip", "ip", None),
        ("lastSeenAt", "last_seen_at", None),
        ("imei", "imei", None),
    ],
)
@pytest.mark.parametrize("value", [None, {"a": [1]}, "missing"])
def test_null_missing_and_malformed_become_the_default(
    field: str, attribute: str, default: object, value: object
) -> None:
    fields = {**FULL, field: value}
    if value == "missing":
        del fields[field]
    elif field == "ip" and value is not None:
        fields[field] = "10.0.0.1"
    thing = decode_object(Thing, json.dumps(fields).encode())
    assert getattr(thing, attribute) == default
    assert thing.imsi == "204080123456789"


def test_a_bad_element_drops_out_of_its_list() -> None:
    assert thing_of(tags=["a", None, ["b"], "c"]).tags == ("a", "c")
    network = {"networkId": "n", "name": "N", "ipPools": [{"cidr": "10.0.0.0/24"}, {}, None]}
    network["ipPools"].append({"ipPoolId": "p", "cidr": "10.1.0.0/24", "isDefault": None})
    (pool,) = decode_object(Network, json.dumps(network).encode()).ip_pools
    assert (pool.ip_pool_id, pool.is_default) == ("p", False)


def test_a_number_where_a_string_belongs_is_kept() -> None:
    assert thing_of(lastLocation={"mcc": 204}).last_location.mcc == "204"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T03:12:05", datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)),
        ("2026-11-22T03:12:05.123Z", datetime(2026, 11, 22, 3, 12, 5, 123000, tzinfo=UTC)),
        ("2026-11-22T03:12:05+01:00", datetime(2026, 11, 22, 2, 12, 5, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("", None),
        (17, None),
    ],
)
def test_every_time_is_aware_and_in_utc(text: object, moment: datetime | None) -> None:
    seen = thing_of(lastSeenAt=text).last_seen_at
    assert seen == moment
    assert seen is None or seen.tzinfo is UTC


def test_an_offset_that_utc_does_not_have_is_converted() -> None:
    zone = timezone(timedelta(hours=-3))
    text = datetime(2026, 1, 1, 22, tzinfo=zone).isoformat()
    assert thing_of(createdAt=text).created_at == datetime(2026, 1, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("field", ["thingId", "iccid", "state"])
def test_an_item_without_what_makes_it_a_thing_is_skipped_and_counted(field: str) -> None:
    for bad in ({**FULL, field: None}, {k: v for k, v in FULL.items() if k != field}, 5, None, []):
        body = json.dumps({"items": [FULL, bad, FULL], "offset": 0, "limit": 3, "total": 3})
        page = decode_page(Thing, body.encode(), 0, 3)
        assert page.unreadable == 1
        assert page.rows[1] is None
        assert len(page.page().items) == 2


def test_an_envelope_that_forgets_its_numbers() -> None:
    page = decode_page(Thing, json.dumps({"items": [FULL]}).encode(), 40, 2)
    assert (page.offset, page.limit, page.total) == (40, 2, 41)
    body = json.dumps({"items": [FULL, FULL], "offset": None, "limit": "x", "total": -4})
    page = decode_page(Thing, body.encode(), 40, 2)
    assert page.total == 43, "a full page without a total promises more"


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{}", b'{"items":{}}', b'{"items":null}', b"<html>", b"\xff\xfe", b"["],
)
def test_what_is_no_page_is_undecodable(body: bytes) -> None:
    with pytest.raises(Undecodable):
        decode_page(Thing, body, 0, 50)


def test_bad_utf8_and_half_characters_do_not_cost_a_page() -> None:
    good = json.dumps(MINIMAL).encode()
    half = good.replace(b"}", b',"name":"a\\ud800b"}')
    damaged = good.replace(b"}", b',"name":"a\xffb"}')
    body = b'\xef\xbb\xbf{"items":[%s,%s,%s],"total":3}' % (half, good, damaged)
    page = decode_page(Thing, body, 0, 50)
    assert [row.name for row in page.rows if row] == ["a?b", "", "a\ufffdb"]


def test_a_deep_body_is_undecodable_not_a_crash() -> None:
    with pytest.raises(Undecodable):
        decode_object(Thing, b"[" * 200_000)
    with pytest.raises(Undecodable):
        pretty_json(b"[" * 200_000)


@given(st.binary())
def test_any_bytes_either_decode_or_do_not(body: bytes) -> None:
    for decode in (
        lambda: decode_object(Thing, body),
        lambda: decode_page(Thing, body, 0, 50),
        lambda: pretty_json(body),
    ):
        with contextlib.suppress(Undecodable):
            decode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(FULL)), json_values))
def test_no_value_of_an_optional_field_loses_a_thing(fields: dict[str, object]) -> None:
    body = json.dumps({"items": [{**fields, **MINIMAL}], "total": 1}).encode()
    assert decode_page(Thing, body, 0, 1).unreadable == 0


def test_every_model_can_be_read() -> None:
    kinds = [getattr(models, name) for name in models.__all__]
    for kind in kinds:
        if hasattr(kind, "__dataclass_fields__") and kind is not models.Page:
            with pytest.raises(Undecodable):
                decode_object(kind, b"5")


def test_the_odd_names_of_the_wire() -> None:
    entry = decode_object(StateHistoryEntry, b'{"to":"ACTIVE","from":"PROVISIONED","by":"x"}')
    assert (entry.from_, entry.to) == ("PROVISIONED", "ACTIVE")


def test_mappings_and_required_times() -> None:
    account = decode_object(Account, b'{"accountId":"a","limits":{"things":7}}')
    assert account.limits == {"things": 7}
    group = decode_object(ThingsGroup, b'{"thingsGroupId":"g","name":"n","countsByState":[]}')
    assert group.counts_by_state is None
    with pytest.raises(Undecodable):
        decode_object(UsagePoint, b'{"at":null,"bytesUp":1}')
    rule = {"ruleId": "r", "chain": "INBOUND", "action": "DROP", "protocol": 6}
    profile = {"ipProfileId": "i", "name": "n", "inbound": [rule], "outbound": None}
    read = decode_object(IpProfile, json.dumps(profile).encode())
    assert read.inbound[0].protocol == "6"
    assert read.outbound == ()


@pytest.mark.parametrize("value", [None, 5, "x", [{"a": 1}], True])
def test_what_is_no_object_is_not_told_of_a_target(value: object) -> None:
    body = json.dumps({"outcome": "OK", "before": value, "after": {"tags": ["a"], "n": None}})
    item = decode_object(JobItem, body.encode())
    assert item.before is None
    assert item.after == {"tags": ["a"], "n": None}


def test_pretty_json_is_the_servers_own_answer() -> None:
    body = '{"b":1,"a":{"nieuw":"é","unknown":[1.50,null]}}'.encode()
    text = pretty_json(body)
    assert json.loads(text) == json.loads(body)
    assert text.index('"b"') < text.index('"a"')
    assert '"nieuw": "é"' in text
