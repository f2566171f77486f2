"""My edit on top of theirs: what only one side touched stays as that side wants it, what both
touched becomes mine, nothing is there twice, and nothing keeps an id that is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models import Dpd, Phase1, RouteTarget
from simtui.models.config_change import Kind
from simtui.models.settings import (
    Chain,
    GroupSettings,
    NatSettings,
    RouteSettings,
    RouteTable,
    RuleSettings,
    Settings,
    TunnelSettings,
)
from simtui.views.config.items import without_id
from simtui.views.config.merge import merged
from tests.config_samples import ANY, BEFORE, NEW_RULE, OFFICE, REST, SSH, WEB, some

# Fields


@settings(deadline=None, max_examples=200)
@given(some.flatmap(lambda one: st.tuples(st.just(one[1]), ANY[one[0]])))
def test_what_only_one_side_changed_is_as_that_side_wants_it(both) -> None:
    base, wanted = both
    if isinstance(base, (Chain, RouteTable)):
        return  # their items are known by ids, see below
    assert merged(base, base, wanted) == wanted
    assert merged(base, wanted, base) == wanted
    assert merged(base, wanted, wanted) == wanted


@settings(deadline=None, max_examples=200)
@given(*[ANY[Kind.NAT_RULE]] * 3)
def test_every_field_goes_its_own_way(base, theirs, mine) -> None:
    result = merged(base, theirs, mine)
    for member in fields(NatSettings):
        was, other, own = (getattr(one, member.name) for one in (base, theirs, mine))
        assert getattr(result, member.name) == (other if own == was else own)


def test_the_parts_of_a_tunnel_are_merged_field_by_field() -> None:
    base = BEFORE[Kind.TUNNEL]
    assert isinstance(base, TunnelSettings)
    theirs = replace(base, phase1=Phase1(dh_groups=(19,)), dpd=Dpd(delay_seconds=20))
    mine = replace(base, phase1=Phase1(lifetime_seconds=7200), dpd=Dpd(delay_seconds=30))
    assert merged(base, theirs, mine) == replace(
        base, phase1=Phase1(dh_groups=(19,), lifetime_seconds=7200), dpd=Dpd(delay_seconds=30)
    )


def test_a_target_is_one_choice() -> None:
    """A tunnel that they chose is no part of the blackhole that I chose."""
    straight = replace(OFFICE, target=RouteTarget())
    theirs = replace(OFFICE, target=RouteTarget("IPSEC_TUNNEL", "tun_2"), metric=60)
    mine = replace(OFFICE, target=RouteTarget("BLACKHOLE"))
    result = merged(RouteTable((straight,)), RouteTable((theirs,)), RouteTable((mine,)))
    assert result == RouteTable((replace(mine, metric=60),))


def test_both_want_something_else_and_mine_is_on_top() -> None:
    base = GroupSettings("depot-7", "", "n_1", "ip_1")
    theirs = replace(base, name="theirs", network_id="n_2")
    mine = replace(base, name="mine", ip_profile_id="ip_2")
    assert merged(base, theirs, mine) == GroupSettings("mine", "", "n_2", "ip_2")


# Lists


def test_edits_of_different_rules_are_both_there() -> None:
    base = Chain((SSH, WEB, REST))
    theirs = Chain((replace(SSH, action="REJECT"), WEB, REST))
    mine = Chain((SSH, WEB, NEW_RULE, replace(REST, enabled=True)))
    assert merged(base, theirs, mine) == Chain(
        (theirs.items[0], WEB, NEW_RULE, replace(REST, enabled=True))
    )


def test_edits_of_different_fields_of_one_rule_are_both_there() -> None:
    base = Chain((SSH,))
    theirs, mine = replace(SSH, action="REJECT"), replace(SSH, comment="mine")
    result = merged(base, Chain((theirs,)), Chain((mine,)))
    assert result == Chain((replace(SSH, action="REJECT", comment="mine"),))


def test_their_order_stays_unless_i_changed_it() -> None:
    base = Chain((SSH, WEB, REST))
    turned = Chain((REST, WEB, SSH))
    edited = Chain((SSH, replace(WEB, comment="mine"), REST))
    assert merged(base, turned, edited) == Chain((REST, edited.items[1], SSH))
    assert merged(base, edited, turned) == Chain((REST, edited.items[1], SSH))
    mine = Chain((WEB, SSH, REST))
    assert merged(base, turned, mine) == mine


def test_what_they_deleted_is_gone_unless_i_changed_it() -> None:
    base = Chain((SSH, WEB, REST))
    theirs = Chain((WEB,))
    mine = Chain((replace(SSH, comment="mine"), WEB, REST))
    assert merged(base, theirs, mine) == Chain((without_id(mine.items[0]), WEB))


def test_what_i_deleted_is_gone_even_if_they_changed_it() -> None:
    base = Chain((SSH, WEB))
    theirs = Chain((replace(SSH, action="REJECT"), WEB))
    assert merged(base, theirs, Chain((WEB,))) == Chain((WEB,))


def test_new_ones_of_both_stand_behind_what_they_stood_behind() -> None:
    base = Chain((SSH, WEB))
    hers = RuleSettings("DROP", "ICMP", rule_id="r_9")
    first = RuleSettings("ALLOW", "ICMP")
    assert merged(base, Chain((SSH, hers, WEB)), Chain((first, SSH, WEB, NEW_RULE))) == Chain(
        (first, SSH, hers, WEB, NEW_RULE)
    )


def test_two_new_ones_that_read_the_same_are_two() -> None:
    mine = Chain((NEW_RULE, NEW_RULE, SSH, NEW_RULE))
    assert merged(Chain((SSH,)), Chain((SSH,)), mine) == mine


def test_what_i_have_sent_and_they_have_with_an_id_is_no_second_one() -> None:
    """My last save made it; I went on editing before I had read its id."""
    given_id = replace(NEW_RULE, rule_id="r_9")
    base, theirs = Chain((SSH, NEW_RULE)), Chain((SSH, given_id, WEB))
    assert merged(base, theirs, Chain((SSH, NEW_RULE))) == theirs
    assert merged(base, theirs, Chain((SSH,))) == Chain((SSH, WEB))
    turned = merged(base, theirs, Chain((NEW_RULE, SSH)))
    assert turned == Chain((given_id, WEB, SSH))


NAMES = "abcdef"
Edited = tuple[Chain, Chain, Chain]


def rules_of(names: Iterable[str]) -> list[RuleSettings]:
    return [RuleSettings("DROP", "TCP", comment=name, rule_id=name) for name in names]


@st.composite
def edited(draw: st.DrawFn, base: Chain, new: st.SearchStrategy[str | None]) -> Chain:
    """The base with some rules gone, changed, moved, and with new ones."""
    items = [rule for rule in base.items if draw(st.integers(0, 3))]
    items = [
        replace(rule, **draw(st.sampled_from(CHANGES))) if not draw(st.integers(0, 2)) else rule
        for rule in items
    ]
    if not draw(st.integers(0, 2)):
        items = draw(st.permutations(items))
    for _ in range(draw(st.integers(0, 2))):
        identity = draw(new)
        fresh = RuleSettings("ALLOW", "UDP", comment="new", rule_id=identity)
        if identity is None or all(rule.rule_id != identity for rule in items):
            items.insert(draw(st.integers(0, len(items))), fresh)
    return Chain(tuple(items))


CHANGES = ({"action": "REJECT"}, {"dst_ports": "22"}, {"action": "ALLOW", "enabled": False})


@st.composite
def three(draw: st.DrawFn) -> Edited:
    base = Chain(tuple(rules_of(NAMES[: draw(st.integers(0, 6))])))
    theirs = draw(edited(base, st.sampled_from(["x", "y", "z"])))
    return base, theirs, draw(edited(base, st.none()))


@settings(deadline=None, max_examples=250)
@given(three())
def test_a_side_that_changed_nothing_has_no_say(sides: Edited) -> None:
    base, theirs, mine = sides
    assert merged(base, base, mine) == mine
    assert merged(base, theirs, base) == theirs
    assert merged(base, theirs, theirs) == theirs


def expected(base: Chain, theirs: Chain, mine: Chain) -> Counter[RuleSettings]:
    """What has to be there, whatever the order, one rule after the other."""
    was, other, own = ({rule.rule_id: rule for rule in one.items} for one in (base, theirs, mine))
    found = Counter(rule for rule in mine.items if rule.rule_id is None)
    found.update(rule for rule in theirs.items if rule.rule_id not in was)
    for identity, rule in was.items():
        if identity not in own:
            continue
        if identity not in other:
            if own[identity] != rule:
                found[replace(own[identity], rule_id=None)] += 1
            continue
        values = {
            member.name: getattr(
                other[identity]
                if getattr(own[identity], member.name) == getattr(rule, member.name)
                else own[identity],
                member.name,
            )
            for member in fields(RuleSettings)
        }
        found[RuleSettings(**values)] += 1
    return found


@settings(deadline=None, max_examples=400)
@given(three())
def test_exactly_what_both_want_is_there_and_no_id_that_is_not_theirs(sides: Edited) -> None:
    base, theirs, mine = sides
    result = merged(base, theirs, mine)
    assert isinstance(result, Chain)
    assert Counter(result.items) == expected(base, theirs, mine)
    identities = [rule.rule_id for rule in result.items if rule.rule_id]
    assert len(identities) == len(set(identities))
    assert set(identities) <= {rule.rule_id for rule in theirs.items}


def order(of: Chain, within: Iterable[str | None]) -> list[str | None]:
    """The ids of the rules that are in both, in the order of the chain."""
    known = set(within)
    return [rule.rule_id for rule in of.items if rule.rule_id and rule.rule_id in known]


@settings(deadline=None, max_examples=300)
@given(three())
def test_the_order_is_mine_where_i_changed_it_and_else_theirs(sides: Edited) -> None:
    base, theirs, mine = sides
    result = merged(base, theirs, mine)
    assert isinstance(result, Chain)
    there = [rule.rule_id for rule in result.items if rule.rule_id]
    own = [rule.rule_id for rule in mine.items if rule.rule_id]
    leads = theirs if order(base, own) == order(mine, own) else mine
    common = [rule.rule_id for rule in leads.items]
    assert order(result, common) == order(leads, there)


def routes(chain: Chain) -> RouteTable:
    """The same list of routes."""
    return RouteTable(
        tuple(
            RouteSettings(rule.comment, RouteTarget(rule.action), 1, rule.enabled, rule.rule_id)
            for rule in chain.items
        )
    )


@settings(deadline=None, max_examples=100)
@given(three())
def test_routes_are_merged_as_rules_are(sides: Edited) -> None:
    base, theirs, mine = (
        Chain(tuple(replace(rule, dst_ports="ANY") for rule in one.items)) for one in sides
    )
    result: Settings = merged(routes(base), routes(theirs), routes(mine))
    rules = merged(base, theirs, mine)
    assert isinstance(rules, Chain)
    assert result == routes(rules)
