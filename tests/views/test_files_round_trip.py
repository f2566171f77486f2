"""A configuration becomes files and the files say just that configuration again."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

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
from simtui.models.route import RouteTarget
from simtui.models.tunnel import Dpd, Phase1, Phase2
from simtui.views.files.configuration import Configuration
from simtui.views.files.exported import exported
from simtui.views.files.file_plan import FilePlan, plan_of, read_intent
from simtui.views.files.layout import FOLDERS, file_names
from simtui.views.files.toml_text import Pair, table_lines

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A whole configuration is shrunk for minutes, and reads well enough as it is."""
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

TEXT = st.one_of(
    st.text(max_size=12), st.sampled_from(["", "depots", '"\\', "a\x1bb\nc", "é", "é"])
)
ID = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
MOMENT = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2200, 1, 1),
)
TEXTS = st.lists(TEXT, max_size=4).map(tuple)
NUMBERS = st.lists(st.integers(), max_size=4).map(tuple)


def many(of: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(of, max_size=most).map(tuple)


RULE = st.builds(
    Rule,
    ID,
    st.just("INBOUND"),
    TEXT,
    TEXT,
    st.just(0),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.booleans(),
    TEXT,
)
ROUTE = st.builds(
    Route,
    ID,
    TEXT,
    st.builds(RouteTarget, st.one_of(TEXT, st.just("IPSEC_TUNNEL")), st.none() | ID),
    st.integers(),
    st.booleans(),
    st.sampled_from(["STATIC", "SYSTEM", "ODD"]),
)
TUNNEL = st.builds(
    Tunnel,
    tunnel_id=ID,
    name=TEXT,
    description=TEXT,
    enabled=st.booleans(),
    ike_version=TEXT,
    exchange_mode=TEXT,
    local_gateway=st.none() | TEXT,
    remote_gateway=TEXT,
    local_id=st.none() | TEXT,
    remote_id=st.none() | TEXT,
    phase1=st.builds(Phase1, TEXTS, TEXTS, NUMBERS, st.integers()),
    phase2=st.builds(Phase2, TEXTS, TEXTS, NUMBERS, st.integers()),
    dpd=st.builds(Dpd, st.integers(), st.integers(), TEXT),
    startup_action=TEXT,
    local_cidrs=TEXTS,
    remote_cidrs=TEXTS,
)
NAT_RULE = st.builds(
    NatRule,
    nat_rule_id=ID,
    protocol=TEXT,
    public_ports=TEXT,
    thing_id=ID,
    private_ports=TEXT,
    name=TEXT,
    allowed_sources=TEXTS,
    enabled=st.booleans(),
    expires_at=st.none() | MOMENT,
)


@st.composite
def configurations(draw: st.DrawFn) -> Configuration:
    """Anything a server could say, whether it makes sense or not."""
    ids = draw(st.lists(ID, unique=True, min_size=12, max_size=12))
    pools = draw(st.lists(st.builds(IpPool, ID, TEXT), unique_by=lambda one: one.ip_pool_id))
    networks = (
        Network(ids[0], draw(TEXT), draw(TEXT), None, draw(st.booleans()), tuple(pools)),
        Network(ids[1], draw(TEXT)),
    )
    unique = {"unique_by": lambda one: getattr(one, "nat_rule_id", None) or one.tunnel_id}
    tunnels = tuple(draw(st.lists(TUNNEL, max_size=2, **unique)))
    rules = tuple(draw(st.lists(NAT_RULE, max_size=3, **unique)))
    things = {rule.thing_id: Thing(rule.thing_id, draw(TEXT), "ACTIVE") for rule in rules[1:]}
    profiles = tuple(
        IpProfile(identity, draw(TEXT), draw(TEXT), draw(many(RULE)), draw(many(RULE)))
        for identity in ids[2:4]
    )
    groups = tuple(
        ThingsGroup(
            identity,
            draw(TEXT),
            draw(TEXT),
            draw(st.none() | st.sampled_from(ids)),
            draw(st.none() | st.sampled_from(ids)),
            draw(st.booleans()),
        )
        for identity in ids[4:7]
    )
    return Configuration(
        groups,
        networks,
        profiles,
        {ids[0]: Routes(draw(many(ROUTE)), 3)},
        {ids[0]: rules},
        {ids[0]: tunnels},
        things,
    )


def planned(
    files: dict[str, str], configuration: Configuration, *, prune: bool = False
) -> FilePlan:
    encoded = {path: text.encode() for path, text in files.items()}
    intent = read_intent(encoded, frozenset(FOLDERS), configuration, prune=prune)
    return plan_of(intent, {}, NOW)


@settings(max_examples=60, deadline=None, phases=WITHOUT_SHRINKING)
@given(configurations())
def test_files_of_an_account_change_nothing_in_it(configuration: Configuration) -> None:
    files = exported(configuration)
    assert exported(configuration) == files
    plan = planned(files, configuration, prune=True)
    assert [step.change for step in plan.steps] == []
    assert plan.only == ()


def test_two_of_the_same_id_are_each_what_they_are() -> None:
    rules = tuple(Rule("r1", "INBOUND", action, "NO", 0, "", "", "", "") for action in "ab")
    routes = tuple(Route("r1", "", RouteTarget("IPSEC_TUNNEL", gone), 0) for gone in "tu")
    configuration = Configuration(
        networks=(Network("n1", "depots"),),
        profiles=(IpProfile("p1", "scada", "", rules, ()),),
        routes={"n1": Routes(routes, 1)},
    )
    assert planned(exported(configuration), configuration, prune=True).steps == ()


@settings(max_examples=200, deadline=None)
@given(st.one_of(TEXT, st.text(), MOMENT, st.booleans(), st.integers(), TEXTS, NUMBERS))
def test_a_value_is_read_as_it_was_written(value) -> None:
    text = "\n".join(table_lines("[table]", [Pair("key", value, "some\nremark")], "x\x1b"))
    read = tomllib.loads(text)["table"]["key"]
    assert (tuple(read) if isinstance(read, list) else read) == value
    assert text.isprintable() or not set(text) & set(map(chr, (*range(10), *range(11, 32), 127)))


def test_half_a_surrogate_pair_does_not_break_the_file() -> None:
    (line,) = table_lines("", [Pair("name", "a\ud800b")])
    assert tomllib.loads(line) == {"name": "a\ufffdb"}


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(max_size=80), st.text(max_size=80), max_size=8))
def test_file_names_stay_in_their_folder_and_differ(names: dict[str, str]) -> None:
    paths = file_names("networks", names)
    assert paths == file_names("networks", dict(reversed(names.items())))
    assert len({path.casefold() for path in paths.values()}) == len(names)
    for path in paths.values():
        folder, _, file = path.partition("/")
        assert folder == "networks"
        assert file.removesuffix(".toml").replace("-", "").isalnum()
        assert file.isascii() and len(file) <= 120


def test_names_that_read_the_same_are_told_apart_by_their_ids() -> None:
    paths = file_names("networks", {"n1": "Dépôts", "n2": "depots", "n3": "🚰", "n4": "yard"})
    assert paths == {
        "n1": "networks/depots-n1.toml",
        "n2": "networks/depots-n2.toml",
        "n3": "networks/n3.toml",
        "n4": "networks/yard.toml",
    }
