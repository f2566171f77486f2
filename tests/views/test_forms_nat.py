"""NAT rules as a form: refused before the server does (contract §3.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpLease, NatRule, Network, Thing, ThingsGroup
from simtui.models.settings import NatSettings
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.field import FieldError
from simtui.views.forms.nat_rule_form import nat_form

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
NETWORK = Network("n1", "factory")
CONTEXT = FleetContext(
    NOW,
    groups={
        "g1": ThingsGroup("g1", "depot-7", network_id="n1"),
        "g2": ThingsGroup("g2", "yard", network_id="n2"),
    },
    networks={"n1": NETWORK, "n2": Network("n2", "field")},
)


def thing(thing_id: str, name: str, address: str | None = "10.0.4.17", **more) -> Thing:
    settings = {"state": "ACTIVE", "things_group_id": "g1"} | more
    ip = IpLease(address, "q1", settings.pop("allocation", "LOCKED"))
    return Thing(thing_id, f"893108620000000000{thing_id[1:]}", name=name, ip=ip, **settings)


FLEET = (
    thing("t10", "pump-12"),
    thing("t11", "pump-13", allocation="DYNAMIC"),
    thing("t12", "gone", state="RETIRED"),
    thing("t13", "elsewhere", things_group_id="g2"),
    thing("t14", "bare", None),
    thing("t15", "twin"),
    thing("t16", "twin"),
    thing("t17", ""),
    thing("t18", "evil\x1b[2J"),
)
RULES = (
    NatRule("r1", "TCP", "8080", "t10", "80", name="web"),
    NatRule("r2", "TCP", "9000-9010", "t10", "9000-9010", enabled=False),
    NatRule("r3", "TCP", "odd", "t10", "80"),
)
SSH = NatSettings("TCP", "2222", "t10", "22", "ssh", ("192.0.2.0/24", "198.51.100.7/32"))
NEW = {"thing": "pump-12", "public_ports": "2222"}


def search(text: str) -> tuple[Thing, ...]:
    return tuple(one for one in FLEET if text.lower() in one.name.lower() + one.iccid)


def by_id(thing_id: str) -> Thing | None:
    return next((one for one in FLEET if one.thing_id == thing_id), None)


def find(text: str) -> Thing | None:
    found = [one for one in FLEET if text in (one.name, one.iccid)]
    return found[0] if len(found) == 1 else None


def form(settings: NatSettings | None = None, own_id: str = ""):
    return nat_form(settings, NETWORK, search, by_id, find, RULES, own_id, NOW, CONTEXT)


def values(settings: NatSettings | None = None) -> dict[str, str]:
    return {one.name: one.value for one in form(settings).fields}


def refusal(settings: NatSettings | None = None, **answers: str) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form(settings).read(values(settings) | answers)
    return caught.value


def told(**answers: str) -> list[str]:
    return [cell.text for cell in form().remarks(values() | answers)]


def test_a_new_rule_needs_no_more_than_a_thing_and_a_port() -> None:
    assert form().read(values() | NEW) == NatSettings("TCP", "2222", "t10", "2222")
    assert refusal(public_ports="2222").field == "thing"
    assert refusal(thing="pump-12").field == "public_ports"
    assert all(len(one.label) <= 12 for one in form().fields)


def test_every_field_is_read() -> None:
    made = form().read(
        {
            "name": " ssh ", "thing": FLEET[0].iccid, "protocol": "udp",
            "public_ports": "8000 - 8002", "private_ports": "70-72", "enabled": "off",
            "sources": "192.0.2.0/24 198.51.100.7,192.0.2.0/24", "expires": "2d",
        }
    )  # fmt: skip
    assert made == NatSettings(
        "UDP", "8000-8002", "t10", "70-72", "ssh", ("192.0.2.0/24", "198.51.100.7/32"),
        False, LATER,
    )  # fmt: skip


def test_things_are_offered_with_what_tells_them_apart() -> None:
    choices = {field.name: field.choices for field in form().fields}["thing"]
    assert choices("PUMP") == (
        ("pump-12", f"{FLEET[0].iccid}, 10.0.4.17 locked"),
        ("pump-13", f"{FLEET[1].iccid}, 10.0.4.17 not locked"),
    )
    assert choices("bare") == (("bare", f"{FLEET[4].iccid}, no address"),)
    assert [one.text for one in choices("twin")] == [FLEET[5].iccid, FLEET[6].iccid]
    assert choices(FLEET[7].iccid)[0].text == FLEET[7].iccid
    assert choices("evil")[0].text == FLEET[8].iccid
    for choice in choices(""):
        assert find(choice.text) is not None


@pytest.mark.parametrize(
    ("field", "text", "title"),
    [
        ("thing", "gone", "gone is retired"),
        ("thing", "elsewhere", "elsewhere is in network field"),
        ("thing", "bare", "bare has no address"),
        ("thing", "twin", "There is no one Thing “twin”"),
        ("thing", "nobody", "There is no one Thing “nobody”"),
        ("protocol", "icmp", "There is no protocol “icmp”"),
        ("public_ports", "0", "There is no port 0"),
        ("public_ports", "80", "Port 80 cannot be a public port"),
        ("public_ports", "9000-8000", "The range 9000-8000 is upside down"),
        ("public_ports", "8080,8081", "“8080,8081” is not one range of ports"),
        ("public_ports", "8000-8100", "TCP 8000-8100 is taken by NAT rule web"),
        ("public_ports", "9010", "TCP 9010 is taken by NAT rule r2"),
        ("private_ports", "22-23", "1 public port cannot lead to 2 private ones"),
        ("private_ports", "0", "There is no port 0"),
        ("sources", "10.0.0.1/8", "10.0.0.1/8 has host bits set"),
        ("sources", "192.0.2.0/24, ::1", "“::1” is IPv6"),
        ("expires", "2026-11-22 03:00", "2026-11-22 03:00:00Z is not in the future"),
        ("name", "x" * 65, "A name is too long"),
    ],
)
def test_what_cannot_be_a_rule_here(field: str, text: str, title: str) -> None:
    error = refusal(**(NEW | {field: text}))
    assert (error.field, error.title) == (field, title)


def test_ports_of_ike_are_reserved_for_udp_only() -> None:
    error = refusal(thing="pump-12", public_ports="4000-5000", protocol="UDP")
    assert (error.field, error.title) == ("public_ports", "UDP port 4500 is reserved for IKE")
    assert form().read(values() | NEW | {"public_ports": "4500"}).public_ports == "4500"


def test_another_protocol_has_ports_of_its_own_and_a_rule_does_not_meet_itself() -> None:
    assert form().read(values() | NEW | {"public_ports": "8080", "protocol": "UDP"})
    web = NatSettings("TCP", "8080", "t10", "80", "web")
    moved = form(web, "r1").read(values(web) | {"public_ports": "8079"})
    assert moved.public_ports == "8079"
    with pytest.raises(FieldError, match="taken by NAT rule web"):
        form(web, "r9").read(values(web) | {"private_ports": "81"})


def test_as_many_private_ports_as_public_ones_are_suggested() -> None:
    error = refusal(**NEW | {"public_ports": "8000-8002", "private_ports": "70"})
    assert error.hint == "For example 70-72"


def test_the_rule_of_a_retired_thing_can_be_renamed_when_it_is_off() -> None:
    gone = replace(SSH, thing_id="t12", enabled=False)
    assert form(gone).read(values(gone) | {"name": "old"}) == replace(gone, name="old")
    error = refusal(gone, enabled="on")
    assert (error.field, error.title) == ("thing", "gone is retired")


def test_a_rule_whose_time_is_over_can_be_kept_off_but_not_on() -> None:
    over = replace(SSH, expires_at=NOW - timedelta(days=1), enabled=False)
    assert form(over).read(values(over)) == over
    assert refusal(over, enabled="on").field == "expires"
    again = form(over).read(values(over) | {"enabled": "on", "expires": ""})
    assert again.expires_at is None


def test_a_thing_that_is_not_known_is_left_to_the_server() -> None:
    far = replace(SSH, thing_id="t_99")
    assert values(far)["thing"] == "t_99"
    assert form(far).read(values(far)) == far


def test_what_is_said_of_a_rule_while_it_is_typed() -> None:
    assert told(sources="192.0.2.0/24", thing="pump-12") == []
    assert told(sources="192.0.2.0/24", thing="pump-13") == [
        "the address of pump-13 is not locked: it will be locked first"
    ]
    assert told() == ["open to the whole Internet: name the sources that need it"]
    assert told(sources="64.0.0.0/3, 192.0.2.1", expires="2d", public_ports="0") == [
        "open to 64.0.0.0/3, a good part of the Internet: name the sources that need it",
        "ends 2026-11-24 03:12:05Z (in 2d)",
    ]
    assert told(sources="10.0.0.0/8") == []
    assert told(sources="nowhere", expires="soon") == []


@given(
    st.builds(
        NatSettings,
        protocol=st.sampled_from(["TCP", "UDP", "SCTP"]),
        public_ports=st.sampled_from(["8080", "9005", "80", "odd\x1b"]),
        thing_id=st.sampled_from(["t10", "t11", "t15", "t17", "t18", "t_99"]),
        private_ports=st.sampled_from(["80", "1-3", "odd"]),
        name=st.text(max_size=10),
        allowed_sources=st.lists(st.sampled_from(["0.0.0.0/0", "192.0.2.1", "::/0", "x\x1b"])).map(
            tuple
        ),
        enabled=st.booleans(),
        expires_at=st.one_of(
            st.none(), st.datetimes(datetime(2026, 12, 1), timezones=st.just(UTC))
        ),
    )
)
def test_untouched_settings_come_out_as_they_went_in(rule: NatSettings) -> None:
    assert form(rule).read(values(rule)) == rule
    assert not any("\x1b" in text for text in values(rule).values())


@given(
    st.fixed_dictionaries(
        {name: st.one_of(st.just(NEW.get(name, "")), st.text(max_size=15)) for name in values()}
        | {"protocol": st.sampled_from(["TCP", "udp", "\ud800", "x\x1b"])}
        | {"enabled": st.sampled_from(["on", "off", ""])}
    )
)
def test_any_texts_are_a_rule_or_refused(answers: dict[str, str]) -> None:
    form().remarks(answers)
    try:
        rule = form().read(answers)
    except FieldError as error:
        assert error.field in answers
        assert "\x1b" not in str(error)
    else:
        assert by_id(rule.thing_id) is not None
