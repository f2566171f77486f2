"""A configuration to try things on: settings of every kind, changes of every verb, and any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from hypothesis import strategies as st

from simtui.models import Dpd, Phase1, Phase2, RouteTarget
from simtui.models.config_change import WHOLE, ConfigChange, Kind, Ref, Verb
from simtui.models.settings import (
    Chain,
    GroupSettings,
    NatSettings,
    NetworkSettings,
    PoolSettings,
    ProfileSettings,
    RouteSettings,
    RouteTable,
    RuleSettings,
    Settings,
    TunnelSettings,
    UserSettings,
)
from simtui.secret import Secret
from simtui.views.config.items import id_of

PSK: Final = "Sup3r.secret_key"
SOON: Final = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)

REFS: Final[Mapping[str, Ref]] = {
    Kind.GROUP: Ref(Kind.GROUP, "g_1"),
    Kind.NETWORK: Ref(Kind.NETWORK, "n_1"),
    Kind.POOL: Ref(Kind.POOL, "p_1", "n_1"),
    Kind.ROUTES: Ref(Kind.ROUTES, "", "n_1"),
    Kind.PROFILE: Ref(Kind.PROFILE, "ip_1"),
    Kind.CHAIN: Ref(Kind.CHAIN, "INBOUND", "ip_1"),
    Kind.NAT_RULE: Ref(Kind.NAT_RULE, "nat_1", "n_1"),
    Kind.TUNNEL: Ref(Kind.TUNNEL, "tun_1", "n_1"),
    Kind.USER: Ref(Kind.USER, "u_1"),
}
"""An object of each kind."""

SSH: Final = RuleSettings("DROP", "TCP", dst_ports="22", comment="no ssh", rule_id="r_1")
WEB: Final = RuleSettings("ALLOW", "TCP", "10.0.0.0/8", dst_ports="80,443", rule_id="r_2")
REST: Final = RuleSettings("DROP", enabled=False, rule_id="r_3")
OFFICE: Final = RouteSettings(
    "10.8.0.0/16", RouteTarget("IPSEC_TUNNEL", "tun_1"), 50, route_id="rt_1"
)
NOWHERE: Final = RouteSettings("10.9.0.0/16", RouteTarget("BLACKHOLE"), route_id="rt_2")

BEFORE: Final[Mapping[str, Settings]] = {
    Kind.GROUP: GroupSettings("depot-7", "the yard", "n_1", "ip_1"),
    Kind.NETWORK: NetworkSettings("depots", "all of them"),
    Kind.POOL: PoolSettings("10.0.0.0/24"),
    Kind.ROUTES: RouteTable((OFFICE, NOWHERE)),
    Kind.PROFILE: ProfileSettings("closed", "nothing in"),
    Kind.CHAIN: Chain((SSH, WEB, REST)),
    Kind.NAT_RULE: NatSettings("TCP", "8022", "t_1", "22", "ssh", expires_at=SOON),
    Kind.TUNNEL: TunnelSettings(
        "hq",
        "198.51.100.7",
        local_id="198.51.100.129",
        local_cidrs=("10.0.0.0/24",),
        remote_cidrs=("192.168.0.0/24",),
    ),
    Kind.USER: UserSettings("zoe@example.com", "Zoe Claes", "READ_ONLY", "ACTIVE"),
}
"""Each of them as it is."""

NEW_RULE: Final = RuleSettings("ALLOW", "UDP", dst_ports="53", comment="names")
NEW_ROUTE: Final = RouteSettings("172.16.0.0/12", RouteTarget("INTERNET"), 200)

AFTER: Final[Mapping[str, Settings]] = {
    Kind.GROUP: GroupSettings("depot-7", "the yard", "n_2", "ip_1"),
    Kind.NETWORK: NetworkSettings("depots", "all of them", thing_isolation=True),
    Kind.POOL: PoolSettings("10.0.0.0/23"),
    Kind.ROUTES: RouteTable((replace(OFFICE, metric=60), NEW_ROUTE)),
    Kind.PROFILE: ProfileSettings("closed", "nothing comes in"),
    Kind.CHAIN: Chain((WEB, NEW_RULE, replace(SSH, action="REJECT"))),
    Kind.NAT_RULE: NatSettings(
        "TCP", "8022", "t_1", "22", "ssh", ("203.0.113.0/24",), enabled=False
    ),
    Kind.TUNNEL: TunnelSettings(
        "hq",
        "198.51.100.7",
        phase1=Phase1(dh_groups=(19, 20)),
        phase2=Phase2(pfs_groups=(), lifetime_seconds=1800),
        dpd=Dpd(action="CLEAR"),
        local_cidrs=("10.0.0.0/24",),
        remote_cidrs=("192.168.0.0/24", "192.168.2.0/24"),
    ),
    Kind.USER: UserSettings("zoe@example.com", "Zoe Claes", "OPERATOR", "DISABLED"),
}
"""Each of them as it is wanted."""


def change_of(kind: str, verb: str) -> ConfigChange:
    """What ``verb`` does to the object of ``kind``, seen at version 7."""
    before, after, ref = BEFORE[kind], AFTER[kind], REFS[kind]
    title = f"{kind} of mine"
    if verb == Verb.CREATE:
        if isinstance(after, UserSettings):  # the server decides the status of a new one
            after = replace(after, status=None)
        return ConfigChange(replace(ref, object_id=""), title, None, after)
    return ConfigChange(ref, title, before, after if verb == Verb.CHANGE else None, 7)


CHANGES: Final[Mapping[str, ConfigChange]] = {
    f"{verb}-{kind}": change_of(kind, verb)
    for kind in REFS
    for verb in (Verb.CREATE, Verb.CHANGE, Verb.DELETE)
    if kind not in WHOLE or verb == Verb.CHANGE
}
"""Everything that can be done to each kind, by what the journal calls it."""

WITH_KEY: Final[Mapping[str, ConfigChange]] = {
    "create-tunnel": replace(CHANGES["create-tunnel"], psk=Secret(PSK)),
    "change-tunnel": replace(CHANGES["change-tunnel"], psk=Secret(PSK)),
    "key-only": replace(CHANGES["change-tunnel"], after=BEFORE[Kind.TUNNEL], psk=Secret(PSK)),
}
"""Those that carry a key."""

# Any settings at all

texts = st.text(st.characters(codec="utf-8"), max_size=8)
ids = st.text("abcdefgh_0123", min_size=1, max_size=6)
numbers = st.integers(0, 90_000)
words = st.lists(texts, max_size=3).map(tuple)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
targets = st.builds(RouteTarget, texts, st.none() | ids)
rules = st.builds(
    RuleSettings,
    *(texts,) * 6,
    st.booleans(),
    texts,
    st.none() | ids,
)
routes = st.builds(RouteSettings, texts, targets, numbers, st.booleans(), st.none() | ids)


def distinct(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Up to three of them, no two with one id."""
    return st.lists(items, max_size=3, unique_by=lambda one: id_of(one) or id(one)).map(tuple)


phases = [
    st.builds(phase, words, words, st.lists(numbers, max_size=3).map(tuple), numbers)
    for phase in (Phase1, Phase2)
]
dpds = st.builds(Dpd, numbers, numbers, texts)

ANY: Final[Mapping[str, st.SearchStrategy[Settings]]] = {
    Kind.GROUP: st.builds(GroupSettings, texts, texts, ids, ids),
    Kind.NETWORK: st.builds(NetworkSettings, texts, texts, st.booleans()),
    Kind.POOL: st.builds(PoolSettings, texts),
    Kind.ROUTES: st.builds(RouteTable, distinct(routes)),
    Kind.PROFILE: st.builds(ProfileSettings, texts, texts),
    Kind.CHAIN: st.builds(Chain, distinct(rules)),
    Kind.NAT_RULE: st.builds(
        NatSettings, texts, texts, ids, texts, texts, words, st.booleans(), st.none() | moments
    ),
    Kind.TUNNEL: st.builds(
        TunnelSettings,
        texts,
        texts,
        texts,
        st.booleans(),
        texts,
        texts,
        st.none() | texts,
        st.none() | texts,
        *phases,
        dpds,
        texts,
        words,
        words,
    ),
    Kind.USER: st.builds(UserSettings, texts, texts, texts, st.none() | texts),
}
"""Whatever a server may have of each kind."""

some = st.sampled_from(sorted(ANY)).flatmap(lambda kind: st.tuples(st.just(kind), ANY[kind]))
"""A kind and any settings of it."""
