"""Mistakes in files are told with their place, the rule and an example; all of them at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simtui.errors import UsageError
from simtui.models import (
    IpPool,
    IpProfile,
    NatRule,
    Network,
    Route,
    Routes,
    Rule,
    Thing,
    ThingsGroup,
    Tunnel,
)
from simtui.models.config_change import Kind, Ref, Verb
from simtui.models.route import RouteTarget
from simtui.models.settings import Chain, NatSettings, RouteTable
from simtui.models.thing import IpLease
from simtui.views.files.configuration import Configuration
from simtui.views.files.exported import exported
from simtui.views.files.file_plan import FilePlan, plan_of, read_intent
from simtui.views.files.layout import FOLDERS
from simtui.views.files.plan_text import plan_lines

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LOCKED = Thing(
    "t1",
    "8931086200000000019",
    "ACTIVE",
    things_group_id="g1",
    ip=IpLease("10.0.0.9", "p1", "LOCKED"),
)
LOOSE = replace(
    LOCKED, thing_id="t2", iccid="8931086200000000027", ip=IpLease("10.0.0.10", "p1", "DYNAMIC")
)
ELSEWHERE = replace(LOCKED, thing_id="t3", iccid="8931086200000000035", things_group_id="g2")

ACCOUNT = Configuration(
    groups=(
        ThingsGroup("g1", "pumps", "", "n1", "ip1", True, 2),
        ThingsGroup("g2", "yard", "", "n2", "ip1", False, 0),
    ),
    networks=(
        Network("n1", "depots", "", None, False, (IpPool("p1", "10.0.0.0/24", is_default=True),)),
        Network("n2", "yard", "", None, False, (IpPool("p2", "10.9.0.0/24"),)),
    ),
    profiles=(
        IpProfile(
            "ip1",
            "scada",
            "",
            (
                Rule("r1", "INBOUND", "ALLOW", "TCP", dst_ports="22"),
                Rule("r2", "INBOUND", "DROP", "ANY", comment="rest"),
            ),
        ),
        IpProfile("ip2", "open"),
    ),
    routes={
        "n1": Routes(
            (
                Route("sys", "0.0.0.0/0", origin="SYSTEM"),
                Route("rt1", "192.168.0.0/24", RouteTarget("IPSEC_TUNNEL", "tn1")),
            ),
            4,
        )
    },
    nat_rules={"n1": (NatRule("nat1", "TCP", "8022", "t1", "22", "ssh"),)},
    tunnels={
        "n1": (
            Tunnel(
                "tn1",
                "hq",
                local_gateway="198.51.100.1",
                remote_gateway="203.0.113.9",
                local_id="198.51.100.1",
                remote_id="203.0.113.9",
                local_cidrs=("10.0.0.0/24",),
                remote_cidrs=("192.168.0.0/24",),
            ),
        )
    },
    things={"t1": LOCKED},
)
DEPOTS, SCADA, GROUPS = "networks/depots.toml", "ip-profiles/scada.toml", "groups.toml"


def planned(
    files: dict[str, str], configuration: Configuration = ACCOUNT, *, prune: bool = False
) -> FilePlan:
    encoded = {path: text.encode() for path, text in files.items()}
    intent = read_intent(encoded, frozenset(FOLDERS), configuration, prune=prune)
    return plan_of(intent, {"t2": LOOSE, "t3": ELSEWHERE}, NOW)


def edited(path: str, old: str, new: str) -> dict[str, str]:
    files = exported(ACCOUNT)
    if old:
        assert old in files[path], files[path]
        return {**files, path: files[path].replace(old, new, 1)}
    return {**files, path: files.get(path, "") + new}


NAT = """
[[nat_rule]]
protocol = "{protocol}"
public_ports = "{public}"
thing = "{thing}"
private_ports = "{private}"
"""
TUNNEL = """
[[tunnel]]
name = "{name}"
remote_gateway = "203.0.113.10"
remote_cidrs = ["{remote}"]
"""


def nat(protocol="TCP", public="9022", thing=LOCKED.iccid, private="22", more="") -> str:
    return NAT.format(protocol=protocol, public=public, thing=thing, private=private) + more


def tunnel(name="second", remote="192.168.7.0/24", more="") -> str:
    return TUNNEL.format(name=name, remote=remote) + more


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        # The form of the files
        (DEPOTS, 'name = "depots"', "name = depots", f"{DEPOTS}: it is not TOML: .*line 6"),
        (DEPOTS, "thing_isolation", "thing_insolation", "thing_insolation: it is not known.*Did"),
        (
            DEPOTS,
            "thing_isolation = false",
            'thing_isolation = "no"',
            "a text.*true or false",
        ),
        (DEPOTS, "metric = 100", "metric = 1.5", "route 1.*metric: it is a number with a point"),
        (DEPOTS, "metric = 100", "metric = true", "metric: it is true or false.*a whole number"),
        (DEPOTS, "[[pool]]", "[pool]", "pool: it is a table.*a list of tables"),
        (
            DEPOTS,
            "dh_groups = [14]",
            'dh_groups = ["14"]',
            "tunnel 1 “hq” phase1: dh_groups",
        ),
        (GROUPS, 'name = "pumps"\n', "", "group 1: name: it is missing. For example"),
        (SCADA, 'action = "ALLOW"\n', "", "inbound 1: action: it is missing"),
        (SCADA, "", "\npsk = 1\n", "psk: it is not known"),
        # Ids and names
        (GROUPS, 'id = "g2"', 'id = "g9"', "no group g9. Remove the id to create it anew"),
        (GROUPS, 'id = "g2"', 'id = "g1"', "group 2 “yard”: id: g1 is there twice"),
        (DEPOTS, 'id = "p1"', 'id = "p2"', "this network of the account has no IP pool p2"),
        (SCADA, 'id = "r2"', 'id = "r9"', "inbound 2: id: INBOUND has no rule r9. Remove the id"),
        (SCADA, 'id = "r2"', 'id = "r1"', "inbound 2: id: r1 is there twice"),
        (DEPOTS, 'id = "rt1"', 'id = "sys"', "route 1: id: this network has no static route sys"),
        (GROUPS, 'name = "yard"', 'name = "PUMPS"', "name: there is another group PUMPS"),
        (DEPOTS, 'name = "depots"', 'name = "yard"', "name: there is another network yard"),
        (GROUPS, 'name = "yard"', 'name = " "', "A name is missing"),
        (GROUPS, 'name = "yard"', 'name = "a\\u0007"', "control characters.*Character 2"),
        # References
        (GROUPS, 'network = "yard"', 'network = "yrad"', "no network yrad.*Did you mean yard"),
        (GROUPS, 'network = "yard"\n', "", "group 2 “yard”: network: it is missing"),
        (GROUPS, 'ip_profile = "scada"', 'ip_profile = "x"', "There is no IP profile x"),
        (DEPOTS, 'tunnel = "hq"', 'tunnel = "hw"', "route 1: tunnel: There is no IPsec tunnel hw"),
        (DEPOTS, "", nat(thing="8931086200000009999"), "no Thing 8931086200000009999.*its ICCID"),
        # Addresses
        (DEPOTS, "10.0.0.0/24", "10.0.0.1/24", "cidr: 10.0.0.1/24 has host bits set"),
        (DEPOTS, 'cidr = "10.0.0.0/24"', 'cidr = "10.0.0.0/15"', "too large for a pool"),
        (DEPOTS, 'cidr = "10.0.0.0/24"', 'cidr = "8.8.8.0/24"', "is not private"),
        (DEPOTS, "", '\n[[pool]]\ncidr = "10.0.0.128/25"\n', "overlaps the pool 10.0.0.0/24"),
        (
            DEPOTS,
            "",
            '\n[[pool]]\ncidr = "192.168.0.0/16"\n',
            "overlaps the route to 192.168",
        ),
        (DEPOTS, "192.168.0.0/24", "10.0.0.0/30", "destination: 10.0.0.0/30 overlaps the pool"),
        (DEPOTS, "192.168.0.0/24", "::/0", "is IPv6"),
        (DEPOTS, "metric = 100", "metric = 256", "route 1: metric: 256 is too large.*1 to 255"),
        (DEPOTS, 'tunnel = "hq"', 'target = "MOON"', "target: “MOON” is no target.*INTERNET"),
        (DEPOTS, 'tunnel = "hq"', 'target = "IPSEC_TUNNEL"', "target: A tunnel is missing"),
        # Filter rules
        (SCADA, 'action = "DROP"', 'action = "DENY"', "inbound 2: action: “DENY” is no action"),
        (SCADA, 'protocol = "TCP"', 'protocol = "ICMP"', "dst_ports: protocol ICMP has no ports"),
        (SCADA, 'dst_ports = "22"', 'dst_ports = "0"', "inbound 1: dst_ports: There is no port 0"),
        (SCADA, 'dst_ports = "22"', 'dst_ports = "9-2"', "upside down.*For example 2-9"),
        # NAT
        (DEPOTS, "", nat(public="80", private="80"), "Port 80 cannot be a public port"),
        (DEPOTS, "", nat(public="8022"), "TCP 8022 is taken by NAT rule ssh"),
        (DEPOTS, "", nat("UDP", "4500"), "UDP port 4500 is reserved for IKE"),
        (DEPOTS, "", nat(public="9000-9002"), "3 public ports cannot lead to 1 private one"),
        (DEPOTS, "", nat("ICMP"), "protocol: “ICMP” cannot be forwarded"),
        (DEPOTS, "", nat(thing=LOOSE.iccid), "Lock it first: simtui apply lock-ip --iccid 89310"),
        (DEPOTS, "", nat(thing=ELSEWHERE.iccid), "is in network"),
        (
            DEPOTS,
            "",
            nat(more='allowed_sources = ["x"]'),
            "allowed_sources: “x” is no IPv4",
        ),
        (DEPOTS, "", nat(more="expires_at = 2026-01-01T00:00:00Z"), "is not in the future"),
        (
            DEPOTS,
            "",
            nat(more="expires_at = 2027-01-01"),
            "expires_at: it is a date.*UTC",
        ),
        # Tunnels
        (DEPOTS, "", tunnel("hq"), "name: there is another IPsec tunnel hq"),
        (
            DEPOTS,
            "",
            tunnel(remote="192.168.0.0/16"),
            "overlaps 192.168.*behind the tunnel hq",
        ),
        (DEPOTS, "", tunnel(remote="10.0.0.0/8"), "remote_cidrs: 10.0.0.0/8 overlaps the pool"),
        (
            DEPOTS,
            "",
            tunnel(more='local_cidrs = ["10.1.0.0/24"]'),
            "will be no pool of this network",
        ),
        (DEPOTS, "203.0.113.9", "my gateway", "remote_gateway: “my gateway”"),
        (DEPOTS, "lifetime_seconds = 28800", "lifetime_seconds = 3600", "phase2.*not below"),
        (
            DEPOTS,
            "lifetime_seconds = 3600",
            "lifetime_seconds = 60",
            "phase2: lifetime_seconds: 60",
        ),
        (DEPOTS, 'integrity = ["SHA2_256"]', "integrity = []", "AES256 needs an integrity"),
        (DEPOTS, 'encryption = ["AES256"]', 'encryption = ["3DES"]', "3DES cannot be chosen"),
        (DEPOTS, "pfs_groups = [14]", "pfs_groups = [1]", "pfs_groups: “1” is not offered here"),
        (DEPOTS, '"MAIN"', '"AGGRESSIVE"', "AGGRESSIVE is a mode of IKEV1"),
        (DEPOTS, "delay_seconds = 10", "delay_seconds = 9", "dpd: delay_seconds: 9 is too small"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_rule(
    path: str, old: str, new: str, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        planned(edited(path, old, new))
    notes = caught.value.__notes__
    assert any(_matches(words, note) for note in notes), notes
    assert all(note.startswith(f"  {path}: ") for note in notes), notes
    assert caught.value.exit_code == 2


def _matches(words: str, note: str) -> bool:
    """Whether the parts, between ``.*``, stand in the note in this order."""
    at = 0
    for part in words.split(".*"):
        at = note.find(part, at)
        if at < 0:
            return False
    return True


def test_all_mistakes_are_told_at_once() -> None:
    files = edited(DEPOTS, "metric = 100", "metric = 0")
    files[SCADA] = files[SCADA].replace('dst_ports = "22"', 'dst_ports = "ssh"')
    with pytest.raises(UsageError) as caught:
        planned(files)
    assert len(caught.value.__notes__) == 2
    assert "There are 2 mistakes in them" in str(caught.value)


def test_what_is_not_text_or_nested_too_deeply_is_told() -> None:
    for content, words in (
        (b"\xff", "UTF-8"),
        (b"a = " + b"[" * 9_999, "nested"),
        (b"a = " + b"9" * 5_000, "too long"),
    ):
        with pytest.raises(UsageError) as caught:
            read_intent({GROUPS: content}, frozenset(), ACCOUNT, prune=False)
        assert words in caught.value.__notes__[0]


def test_a_value_of_a_key_is_never_repeated() -> None:
    secret = "Sup3r.secret.key"
    for more in (f'psk = "{secret}"', f'psk_command = "{secret}"'):
        with pytest.raises(UsageError) as caught:
            planned(edited(DEPOTS, "", tunnel(more=more)))
        assert secret not in "".join(caught.value.__notes__)
    plan = planned(edited(DEPOTS, "", tunnel(more=f'psk_command = ["show", "{secret}"]')))
    assert secret not in "\n".join(plan_lines(plan, prune=False))


def test_what_the_account_has_is_older_than_the_rules_and_stays() -> None:
    old = replace(
        ACCOUNT.profiles[0],
        inbound=(
            Rule("r1", "INBOUND", "LOG", "ANY", dst_ports="any;22"),
            *ACCOUNT.profiles[0].inbound[1:],
        ),
    )
    account = replace(ACCOUNT, profiles=(old, *ACCOUNT.profiles[1:]))
    files = exported(account)
    files[SCADA] = files[SCADA].replace("rest", "the rest")
    (step,) = planned(files, account).steps
    assert isinstance(step.change.after, Chain)
    assert [rule.action for rule in step.change.after.items] == ["LOG", "DROP"]


def test_rules_without_ids_keep_those_of_the_ones_that_say_the_same() -> None:
    files = exported(ACCOUNT)
    without = {
        path: "\n".join(line for line in text.split("\n") if not line.startswith("id ="))
        for path, text in files.items()
    }
    assert planned(without).steps == ()
    shorter = edited(
        SCADA, '[[inbound]]\nid = "r1"\naction = "ALLOW"\nprotocol = "TCP"\ndst_ports = "22"\n', ""
    )
    shorter[SCADA] = shorter[SCADA].replace('id = "r2"\n', "")
    (step,) = planned(shorter).steps
    assert isinstance(step.change.after, Chain)
    assert [rule.rule_id for rule in step.change.after.items] == ["r2"]


def test_an_identity_that_is_left_out_is_the_address_of_its_gateway() -> None:
    (step,) = planned(edited(DEPOTS, "203.0.113.9", "203.0.113.77")).steps
    assert step.change.after is not None
    assert getattr(step.change.after, "remote_id", None) == "203.0.113.77"
    assert getattr(step.change.after, "local_id", None) == "198.51.100.1"


def test_the_order_can_be_carried_out() -> None:
    files = edited(
        DEPOTS,
        "",
        tunnel() + nat() + '\n[[route]]\ndestination = "192.168.7.0/24"\ntunnel = "second"\n',
    )
    files["networks/new.toml"] = (
        'name = "new"\n[[pool]]\ncidr = "10.77.0.0/24"\n'
        '[[route]]\ndestination = "172.16.0.0/12"\ntarget = "BLACKHOLE"\n'
    )
    files["ip-profiles/new.toml"] = 'name = "new"\n[[inbound]]\naction = "DROP"\n'
    files[GROUPS] += '\n[[group]]\nname = "new"\nnetwork = "new"\nip_profile = "new"\n'
    del files["ip-profiles/open.toml"]
    steps = planned(files, prune=True).steps
    assert [(step.change.verb, step.change.ref.kind) for step in steps] == [
        (Verb.CREATE, Kind.NETWORK),
        (Verb.CREATE, Kind.POOL),
        (Verb.CREATE, Kind.TUNNEL),
        (Verb.CHANGE, Kind.ROUTES),
        (Verb.CHANGE, Kind.ROUTES),
        (Verb.CREATE, Kind.PROFILE),
        (Verb.CHANGE, Kind.CHAIN),
        (Verb.CREATE, Kind.GROUP),
        (Verb.CREATE, Kind.NAT_RULE),
        (Verb.DELETE, Kind.PROFILE),
    ]
    own = next(step for step in steps if step.change.ref == Ref(Kind.ROUTES, "", "n1"))
    assert isinstance(own.change.after, RouteTable)
    made = next(step for step in steps if step.makes_tunnel)
    assert own.change.after.items[1].target.tunnel_id == made.change.ref.object_id
    assert own.change.version == 4 and not own.follows
    assert [step.change.ref.kind for step in steps if step.follows] == [Kind.ROUTES, Kind.CHAIN]
    assert made.change.known == ("tn1",)
    forwarded = next(s.change.after for s in steps if s.change.ref.kind == Kind.NAT_RULE)
    assert isinstance(forwarded, NatSettings) and forwarded.thing_id == "t1"


def test_a_tunnel_follows_the_new_range_of_its_pool() -> None:
    files = edited(DEPOTS, 'cidr = "10.0.0.0/24"', 'cidr = "10.0.0.0/23"')
    files[DEPOTS] = files[DEPOTS].replace('["10.0.0.0/24"]', '["10.0.0.0/23"]')
    assert [step.change.ref.kind for step in planned(files).steps] == [Kind.POOL]
    files[DEPOTS] = files[DEPOTS].replace("delay_seconds = 10", "delay_seconds = 20")
    assert [step.follows for step in planned(files).steps] == [False, True]


def test_pruning_takes_the_default_pool_last_and_never_the_default_group() -> None:
    account = replace(
        ACCOUNT,
        groups=(ACCOUNT.groups[0],),
        networks=(
            ACCOUNT.networks[0],
            replace(
                ACCOUNT.networks[1],
                ip_pools=(
                    IpPool("p2", "10.9.0.0/24", is_default=True),
                    IpPool("p3", "10.8.0.0/24"),
                ),
            ),
        ),
        routes={**ACCOUNT.routes, "n2": Routes((Route("rt9", "172.16.0.0/12"),), 2)},
    )
    files = exported(account)
    del files["networks/yard.toml"]
    plan = planned(files, account, prune=True)
    assert [step.change.ref.object_id for step in plan.steps] == ["", "p3", "p2", "n2"]
    files[GROUPS] = "# none\n"
    plan = planned(files, account, prune=True)
    assert plan.only == ("group pumps",)
    assert not any(step.change.ref.kind == Kind.GROUP for step in plan.steps)


def test_what_something_needs_is_not_deleted() -> None:
    leased = replace(ACCOUNT.networks[1], ip_pools=(IpPool("p2", "10.9.0.0/24", leased=3),))
    account = replace(ACCOUNT, networks=(ACCOUNT.networks[0], leased))
    files = exported(account)
    del files["networks/yard.toml"]
    files[GROUPS] = files[GROUPS].replace('network = "yard"', 'network = "depots"')
    with pytest.raises(UsageError) as caught:
        planned(files, account, prune=True)
    assert caught.value.__notes__ == [
        "  the account: IP pool 10.9.0.0/24: it cannot be deleted: 3 Things have an address of it"
    ]
