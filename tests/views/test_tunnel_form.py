"""The form of an IPsec tunnel: what it refuses, where, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import IpPool, Network, Tunnel
from simtui.models.network import NetworkLimits
from simtui.models.settings import TunnelSettings, settings_of
from simtui.models.tunnel import Dpd, Phase1, Phase2
from simtui.sandbox.call import Refused
from simtui.sandbox.ipsec import new_settings
from simtui.sandbox.records import NetworkRecord, PoolRecord, TunnelRecord
from simtui.views.fields.ipsec import DPD_ACTIONS, STARTUP_ACTIONS
from simtui.views.forms.field import FieldError, Form
from simtui.views.forms.tunnel_form import TunnelAnswer, tunnel_form
from simtui.views.text import cell_width
from simtui.views.tunnel.algorithms import DH_GROUPS, ENCRYPTION, INTEGRITY, PFS_GROUPS

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
POOLS = ("10.0.4.0/24", "10.0.8.0/22")
NETWORK = Network(
    "n1",
    "depots",
    ip_pools=tuple(IpPool(f"p{cidr}", cidr, leased=7) for cidr in POOLS),
    nat_public_address="198.51.100.7",
    limits=NetworkLimits(tunnels=3),
)
OTHER = Tunnel("t9", "branch", remote_gateway="203.0.113.1", remote_cidrs=("172.16.0.0/16",))
OWN = Tunnel(
    "t1",
    "hq",
    remote_gateway="203.0.113.9",
    local_gateway="198.51.100.7",
    local_id="198.51.100.7",
    remote_id="203.0.113.9",
    local_cidrs=("10.0.4.0/24",),
    remote_cidrs=("192.168.0.0/24", "192.168.9.0/24"),
)
KEY = "aGoodKey.2026"
FILLED = {
    "name": "hq",
    "remote_gateway": "vpn.example.com",
    "psk": KEY,
    "remote_cidrs": "192.168.0.0/24",
}


def answers(form: Form[TunnelAnswer], **typed: str) -> dict[str, str]:
    return {field.name: field.value for field in form.fields} | typed


def new_form() -> Form[TunnelAnswer]:
    return tunnel_form(None, NETWORK, [OTHER])


def own_form(tunnel: Tunnel = OWN, network: Network = NETWORK) -> Form[TunnelAnswer]:
    return tunnel_form(settings(tunnel), network, [tunnel, OTHER], tunnel.tunnel_id)


def settings(tunnel: Tunnel) -> TunnelSettings:
    made = settings_of(tunnel)
    assert isinstance(made, TunnelSettings)
    return made


def refusal(form: Form[TunnelAnswer], typed: Mapping[str, str]) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form.read(typed)
    return caught.value


# What it makes


def test_a_new_tunnel_has_the_defaults_of_the_contract() -> None:
    form = new_form()
    answer = form.read(answers(form, **FILLED))
    assert answer.settings == TunnelSettings(
        "hq", "vpn.example.com", local_cidrs=POOLS, remote_cidrs=("192.168.0.0/24",)
    )
    assert answer.psk is not None
    assert answer.psk.reveal() == KEY
    assert KEY not in repr(answer)


def test_the_form_is_in_five_parts_with_short_labels() -> None:
    form = new_form()
    assert [field.section for field in form.fields if field.section] == [
        "Tunnel",
        "Peers",
        "Phase 1 (IKE)",
        "Phase 2 (ESP)",
        "Keep-alive",
    ]
    assert max(cell_width(field.label) for field in form.fields) <= 12
    assert [field.name for field in form.fields if field.secret] == ["psk"]
    assert len({field.name for field in form.fields}) == len(form.fields)


def test_an_untouched_tunnel_is_read_as_it_is() -> None:
    form = own_form()
    answer = form.read(answers(form))
    assert answer == TunnelAnswer(settings(OWN))
    assert answer.psk is None


def test_what_is_unknown_here_is_kept_as_long_as_it_is_not_touched() -> None:
    odd = replace(
        OWN,
        name="hq \x1b[2J",
        ike_version="IKEV3",
        phase1=Phase1(("CHACHA20", "3DES"), (), (99,), 90_000),
        phase2=Phase2(("CHACHA20",), (), (31,), 90_000),
        dpd=Dpd(1, 1, "HOLD"),
        startup_action="ROUTE",
        local_cidrs=("10.99.0.0/24",),
        remote_cidrs=("172.16.4.0/24",),
    )
    form = own_form(odd)
    assert not any("\x1b" in field.value for field in form.fields)
    assert form.read(answers(form)).settings == settings(odd)
    described = form.read(answers(form, description="to the office"))
    assert described.settings == replace(settings(odd), description="to the office")


def phases(groups: tuple[int, ...], lifetimes: st.SearchStrategy[int]) -> st.SearchStrategy[Any]:
    return st.tuples(
        st.lists(st.sampled_from(ENCRYPTION), min_size=1, unique=True).map(tuple),
        st.lists(st.sampled_from(INTEGRITY), min_size=1, unique=True).map(tuple),
        st.lists(st.sampled_from(groups), min_size=1, unique=True).map(tuple),
        lifetimes,
    )


WORDS = st.text("abc Ü-", min_size=1, max_size=20).map(lambda text: f"x{text.strip()}")
SETTINGS = st.builds(
    TunnelSettings,
    name=WORDS,
    remote_gateway=st.sampled_from(["203.0.113.9", "vpn.example.com"]),
    description=st.one_of(st.just(""), WORDS),
    enabled=st.booleans(),
    ike_version=st.just("IKEV1"),
    exchange_mode=st.sampled_from(["MAIN", "AGGRESSIVE"]),
    local_id=st.sampled_from([None, "sims.example.com", "a@example.com"]),
    remote_id=st.sampled_from([None, "hq@example.com"]),
    phase1=phases(DH_GROUPS, st.integers(3601, 28_800)).map(lambda p: Phase1(*p)),
    phase2=phases(PFS_GROUPS, st.integers(900, 3600)).map(lambda p: Phase2(*p)),
    dpd=st.builds(Dpd, st.integers(10, 300), st.integers(30, 900), st.sampled_from(DPD_ACTIONS)),
    startup_action=st.sampled_from(STARTUP_ACTIONS),
    local_cidrs=st.sampled_from([POOLS, POOLS[:1]]),
    remote_cidrs=st.sampled_from([("192.168.0.0/24",), ("192.168.0.0/25", "192.168.0.128/25")]),
)


@given(SETTINGS)
def test_settings_come_out_as_they_went_in(wanted: TunnelSettings) -> None:
    """A new tunnel with another's settings: every text is parsed, nothing is kept."""
    form = tunnel_form(wanted, NETWORK, [OTHER])
    assert form.read(answers(form, psk=KEY)).settings == wanted


# What it refuses, and where


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("name", "", "A name is missing"),
        ("name", "n" * 65, "too long"),
        ("remote_gateway", "vpn hq.example.com", "a blank at character 4"),
        ("remote_gateway", "203.0.113.0/24", "is a network"),
        ("local_id", "sims", "no dot"),
        ("remote_id", "@example.com", "nothing before its @"),
        ("psk", "abcdef7", "7 characters, which is too few"),
        ("psk", "0leading1", "begins with the digit zero"),
        ("psk", "", "A pre-shared key is missing. Both sides"),
        ("local_cidrs", "", "A local net is missing"),
        ("local_cidrs", "10.0.5.0/24", "10.0.5.0/24 is not a pool"),
        ("local_cidrs", "10.0.4.0/24, 10.0.4.1/24", "host bits"),
        ("remote_cidrs", "", "A remote net is missing"),
        ("remote_cidrs", "10.0.4.128/25", "overlaps the pool 10.0.4.0/24"),
        ("remote_cidrs", "10.0.0.0/8", "overlaps the pool 10.0.4.0/24"),
        ("remote_cidrs", "172.16.4.0/24", "overlaps 172.16.0.0/16 behind the tunnel branch"),
        ("remote_cidrs", "192.168.0.0/16 192.168.4.0/24", "192.168.4.0/24 overlap"),
        ("remote_cidrs", "192.168.1.1/24", "host bits"),
        (
            "remote_cidrs",
            ",".join(f"192.168.{third}.0/24" for third in range(11)),
            "11 remote nets are too many",
        ),
        ("ike_version", "IKEV3", "no IKE version"),
        ("exchange_mode", "AGGRESSIVE", "AGGRESSIVE is a mode of IKEV1"),
        ("phase1_encryption", "3DES", "3DES cannot be chosen"),
        ("phase1_integrity", "off", "AES256 needs an integrity algorithm"),
        ("phase1_dh_groups", "5", "not offered here"),
        ("phase1_lifetime", "28801", "too large"),
        ("phase2_encryption", "", "A cipher is missing"),
        ("phase2_integrity", "md5", "no integrity algorithm"),
        ("phase2_pfs_groups", "1", "not offered here"),
        ("phase2_lifetime", "899", "too small"),
        ("dpd_delay", "5", "too small"),
        ("dpd_timeout", "29", "too small"),
        ("dpd_action", "HOLD", "no DPD action"),
        ("startup_action", "", "No startup action"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, text: str, reason: str) -> None:
    form = new_form()
    error = refusal(form, answers(form, **FILLED | {field: text}))
    assert error.field == field
    assert reason in str(error)
    assert error.detail
    assert error.hint


def test_the_key_that_is_missing_can_be_generated() -> None:
    form = new_form()
    assert "ctrl+g" in refusal(form, answers(form, **FILLED | {"psk": ""})).hint


def test_fields_refuse_by_themselves_when_they_are_left() -> None:
    checks = {field.name: field.check for field in new_form().fields}
    for field, text in [
        ("remote_cidrs", "10.0.4.0/25"),
        ("remote_cidrs", "172.16.4.0/24"),
        ("local_cidrs", "10.0.5.0/24"),
        ("psk", "abcdef7"),
        ("remote_gateway", "vpn hq.example.com"),
    ]:
        with pytest.raises(UsageError):
            checks[field](text)
    checks["remote_cidrs"]("192.168.0.0/16")


def test_phase_2_must_live_shorter_than_phase_1() -> None:
    form = new_form()
    for first, second in (("900", "900"), ("1800", "3600")):
        typed = answers(form, **FILLED, phase1_lifetime=first, phase2_lifetime=second)
        error = refusal(form, typed)
        assert error.field == "phase2_lifetime"
        assert f"{second} s of phase 2 are not below the {first} s of phase 1" in error.title
    form.read(answers(form, **FILLED, phase1_lifetime="1801", phase2_lifetime="1800"))


def test_gcm_alone_needs_no_integrity() -> None:
    form = new_form()
    typed = answers(form, **FILLED, phase1_encryption="aes256-gcm", phase1_integrity="")
    assert form.read(typed).settings.phase1.integrity == ()
    mixed = typed | {"phase1_encryption": "aes256-gcm, aes128"}
    assert refusal(form, mixed).title == "AES128 needs an integrity algorithm"


def test_its_own_nets_are_no_overlap() -> None:
    form = own_form()
    typed = answers(form, remote_cidrs="192.168.0.0/24")
    assert form.read(typed).settings.remote_cidrs == ("192.168.0.0/24",)


def test_triple_des_stays_where_it_is_and_nowhere_else() -> None:
    old = replace(OWN, phase1=Phase1(("3DES", "AES128")))
    form = own_form(old)
    assert form.read(answers(form, phase1_lifetime="7200")).settings.phase1.encryption == (
        "3DES",
        "AES128",
    )
    error = refusal(form, answers(form, phase1_encryption="3DES, AES256"))
    assert error.field == "phase1_encryption"
    copied = tunnel_form(settings(old), NETWORK, [old])
    typed = answers(copied, psk=KEY, remote_cidrs="192.168.77.0/24")
    assert refusal(copied, typed).field == "phase1_encryption"


def test_the_limit_of_the_network_is_told_before_the_server_does() -> None:
    full = tunnel_form(None, NETWORK, [OTHER, OTHER, OTHER])
    error = refusal(full, answers(full, **FILLED))
    assert error.field == "name"
    assert "may have 3 tunnels" in error.title
    edited = tunnel_form(settings(OWN), NETWORK, [OWN, OTHER, OTHER], "t1")
    assert edited.read(answers(edited)).settings == settings(OWN)


# The key and the identities


def test_the_key_of_a_tunnel_stays_unless_one_is_typed() -> None:
    form = own_form()
    assert form.read(answers(form, name="office")).psk is None
    changed = form.read(answers(form, psk=KEY)).psk
    assert changed is not None
    assert changed.reveal() == KEY
    assert refusal(form, answers(form, psk="abcdef7")).field == "psk"


def test_an_identity_that_is_the_gateway_follows_it() -> None:
    form = own_form()
    values = answers(form)
    assert (values["local_id"], values["remote_id"]) == ("", "")
    moved = form.read(values | {"remote_gateway": "203.0.113.99"}).settings
    assert moved.remote_id == "203.0.113.99"
    assert moved.local_id == "198.51.100.7"


def test_an_identity_taken_away_becomes_the_gateway() -> None:
    form = own_form(replace(OWN, local_id="sims.example.com", remote_id="hq@example.com"))
    made = form.read(answers(form, local_id="", remote_id="")).settings
    assert (made.local_id, made.remote_id) == ("198.51.100.7", "203.0.113.9")


def test_an_identity_that_was_never_set_stays_so() -> None:
    bare = replace(OWN, local_id=None, remote_id=None)
    form = own_form(bare)
    assert form.read(answers(form)).settings == settings(bare)


def test_our_identity_stays_while_our_address_is_not_known() -> None:
    nameless = replace(OWN, local_gateway=None, local_id="sims.example.com")
    form = own_form(nameless, replace(NETWORK, nat_public_address=None))
    assert form.read(answers(form)).settings == settings(nameless)
    error = refusal(form, answers(form, local_id=""))
    assert error.field == "local_id"
    assert "not known" in error.detail


# Choices and remarks


def test_lists_are_completed_item_by_item() -> None:
    fields = {field.name: field for field in new_form().fields}
    ciphers, pools = fields["phase1_encryption"].choices, fields["local_cidrs"].choices
    assert ciphers is not None
    assert pools is not None
    assert [one.text for one in ciphers("AES256, aes128")] == [
        "AES256, AES128",
        "AES256, AES128_GCM_16",
    ]
    assert [one.text for one in pools("")] == list(POOLS)
    assert [one.text for one in pools(f"{POOLS[0]}, ")] == [", ".join(POOLS)]
    assert pools("")[0].note == "7 Things"


def test_every_choice_is_one_that_the_field_takes() -> None:
    for field in new_form().fields:
        for choice in field.choices("") if field.choices else ():
            field.check(choice.text)


def test_weak_choices_are_remarked_while_typing() -> None:
    form = new_form()
    assert form.remarks(answers(form)) == ()
    weak = answers(
        form,
        ike_version="ikev1",
        exchange_mode="aggressive",
        phase1_integrity="sha1",
        phase2_pfs_groups="off",
        phase2_lifetime="nonsense",
    )
    said = [cell.text for cell in form.remarks(weak)]
    assert len(said) == 3
    assert {cell.tone for cell in form.remarks(weak)} == {"warn"}
    assert "AGGRESSIVE" in said[0]
    assert "SHA1" in said[1]
    assert "PFS is off" in said[2]


def test_a_timeout_below_the_delay_is_remarked() -> None:
    form = new_form()
    (cell,) = form.remarks(answers(form, dpd_delay="60"))
    assert "gives up after 30 s but asks only every 60 s" in cell.text


def test_a_new_key_of_a_tunnel_is_remarked_without_the_key() -> None:
    form = own_form()
    (cell,) = form.remarks(answers(form, psk=KEY))
    assert "other side" in cell.text
    assert KEY not in cell.text


@given(st.dictionaries(st.sampled_from([f.name for f in new_form().fields]), st.text(max_size=12)))
def test_remarks_and_reading_never_fail_otherwise(typed: dict[str, str]) -> None:
    form = own_form()
    form.remarks(typed)
    form.remarks(answers(form, **typed))
    try:
        form.read(answers(form, **typed))
    except FieldError as error:
        assert error.field in {field.name for field in form.fields}


# Against the sandbox


def wire(made: TunnelSettings) -> dict[str, Any]:
    one, two, dpd = asdict(made.phase1), asdict(made.phase2), made.dpd
    return {
        "name": made.name,
        "remoteGateway": made.remote_gateway,
        "ikeVersion": made.ike_version,
        "exchangeMode": made.exchange_mode,
        "phase1": {
            "encryption": list(one["encryption"]),
            "integrity": list(one["integrity"]),
            "dhGroups": list(one["dh_groups"]),
            "lifetimeSeconds": one["lifetime_seconds"],
        },
        "phase2": {
            "encryption": list(two["encryption"]),
            "integrity": list(two["integrity"]),
            "pfsGroups": list(two["pfs_groups"]),
            "lifetimeSeconds": two["lifetime_seconds"],
        },
        "dpd": {"delaySeconds": dpd.delay_seconds, "timeoutSeconds": dpd.timeout_seconds},
        "localCidrs": list(made.local_cidrs),
        "remoteCidrs": list(made.remote_cidrs),
    }


def sandbox_network() -> NetworkRecord:
    record = NetworkRecord("n1", "depots", "198.51.100.7")
    record.pools = {cidr: PoolRecord(cidr, cidr) for cidr in POOLS}
    taken = {"name": "branch", "remoteCidrs": list(OTHER.remote_cidrs)}
    record.tunnels = {"t9": TunnelRecord("t9", taken, NOW)}
    return record


def sandbox_takes(made: TunnelSettings) -> bool:
    try:
        new_settings(sandbox_network(), wire(made))
    except Refused:
        return False
    return True


NETS = st.sampled_from(
    ["10.0.4.0/25", "10.0.0.0/8", "172.16.3.0/24", "192.168.0.0/16", "192.168.4.0/24", "8.8.8.8/32"]
)
UNCHECKED = st.builds(
    TunnelSettings,
    name=st.just("hq"),
    remote_gateway=st.sampled_from(["vpn.example.com", "vpn hq.example.com"]),
    ike_version=st.sampled_from(["IKEV1", "IKEV2"]),
    exchange_mode=st.sampled_from(["MAIN", "AGGRESSIVE"]),
    phase1=st.builds(
        Phase1,
        st.lists(st.sampled_from([*ENCRYPTION, "3DES"]), max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(INTEGRITY), max_size=1).map(tuple),
        st.lists(st.sampled_from([2, 5, 14]), max_size=1).map(tuple),
        st.sampled_from([900, 3600, 28_800, 28_801]),
    ),
    phase2=st.builds(
        Phase2,
        pfs_groups=st.lists(st.sampled_from([1, 5, 14]), max_size=1).map(tuple),
        lifetime_seconds=st.sampled_from([899, 900, 3600, 3601]),
    ),
    local_cidrs=st.lists(
        st.sampled_from([*POOLS, "10.0.5.0/24"]), min_size=1, max_size=2, unique=True
    ).map(tuple),
    remote_cidrs=st.lists(NETS, min_size=1, max_size=2, unique=True).map(tuple),
)


ONE_WRONG = st.tuples(
    SETTINGS,
    UNCHECKED,
    st.sampled_from(
        ["remote_gateway", "ike_version", "phase1", "phase2", "local_cidrs", "remote_cidrs"]
    ),
).map(lambda drawn: replace(drawn[0], **{drawn[2]: getattr(drawn[1], drawn[2])}))


@given(st.one_of(UNCHECKED, ONE_WRONG))
def test_the_form_takes_what_the_sandbox_takes(wanted: TunnelSettings) -> None:
    form = tunnel_form(wanted, NETWORK, [OTHER])
    try:
        made = form.read(answers(form, psk=KEY)).settings
    except FieldError:
        assert not sandbox_takes(wanted)
    else:
        assert made == wanted
        assert sandbox_takes(made)
