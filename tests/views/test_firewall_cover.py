"""How long the lint looks for rules that hide another, counted in steps."""

from __future__ import annotations

import random
from ipaddress import IPv4Address

import pytest

from simtui.models.settings import RuleSettings
from simtui.views.firewall import chain_findings
from simtui.views.firewall.cover import MOST_STEPS, OutOfSteps, Steps, cover_of
from simtui.views.firewall.grid import gridded
from simtui.views.firewall.lint import lint
from simtui.views.firewall.match import match_of

WIDTH = 4_369  # of a fifteenth of the ports
PORTS = [f"{1 + place * WIDTH}-{(place + 1) * WIDTH}" for place in range(15)]


def nasty_rule(random_: random.Random) -> RuleSettings:
    """Fifteen, or half as many, port ranges a side; networks of every size."""
    cidrs, ports = [], []
    for _ in range(2):
        length = random_.choice((0, 1, 2, 8, 24))
        address = random_.getrandbits(length) << (32 - length) if length else 0
        cidrs.append(f"{IPv4Address(address)}/{length}")
        share = random_.choice((0.5, 0.8, 0.95))
        ports.append(",".join(one for one in PORTS if random_.random() < share) or "ANY")
    action = random_.choice(("ALLOW", "DROP"))
    return RuleSettings(
        action, random_.choice(("TCP", "UDP")), cidrs[0], ports[0], *cidrs[1:], ports[1]
    )


@pytest.fixture
def budgets(monkeypatch: pytest.MonkeyPatch) -> list[Steps]:
    """The budget of each question that the lint asks."""
    asked: list[Steps] = []

    def steps() -> Steps:
        asked.append(Steps())
        return asked[-1]

    monkeypatch.setattr(chain_findings, "Steps", steps)
    return asked


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_nasty_rules_stay_far_within_the_budget(budgets, seed) -> None:
    random_ = random.Random(seed)
    findings = lint("INBOUND", [nasty_rule(random_) for _ in range(100)])
    used = [MOST_STEPS - one.left for one in budgets]
    assert "SHADOWED" in {one.code for one in findings}
    assert "UNDECIDED" not in {one.code for one in findings}
    assert sum(used) < 3 * MOST_STEPS


def test_a_partition_into_a_hundred_cells_is_seen_through(budgets) -> None:
    """Every cell is needed, and without any of them the rule behind is reached."""
    cells = [
        RuleSettings("DROP", "TCP", f"{src * 64}.0.0.0/2", ",".join(PORTS[a * 3 : a * 3 + 3]),
                     "ANY", ",".join(PORTS[b * 3 : b * 3 + 3]))
        for src in range(4) for a in range(5) for b in range(5)
    ]  # fmt: skip
    random.Random(7).shuffle(cells)
    (finding,) = lint("INBOUND", [*cells, RuleSettings("DROP", "TCP")])
    assert (finding.index, finding.others) == (100, tuple(range(100)))
    assert lint("INBOUND", [*cells[1:], RuleSettings("DROP", "TCP")]) == ()
    assert all(one.left >= 0 for one in budgets)


def test_beyond_the_budget_it_is_not_known() -> None:
    halves = [RuleSettings("DROP", "TCP", dst_ports=ports) for ports in ("1-99", "99-65535")]
    grid = gridded([match_of(rule) for rule in (*halves, RuleSettings("DROP", "TCP"))])
    earlier = dict(enumerate(grid[:2]))
    assert cover_of(grid[2], earlier, Steps(1)).hidden is None
    assert cover_of(grid[2], earlier, Steps(1000)).hidden is True


def test_a_port_that_no_rule_reaches_is_seen_at_once() -> None:
    """Without splitting what the rules leave of each other: one look at each of them."""
    rules = [
        RuleSettings("DROP", "TCP", f"{half}.0.0.0/1", src_ports, dst_ports="1-65534")
        for half in (0, 128)
        for src_ports in ("1-9", "5-65535")
    ]
    *earlier, target = gridded([match_of(rule) for rule in (*rules, RuleSettings("DROP", "TCP"))])
    assert cover_of(target, dict(enumerate(earlier)), Steps(len(rules))).hidden is False


def test_lint_says_that_it_could_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_findings, "Steps", lambda: Steps(1))
    chain = [RuleSettings("DROP", "TCP", dst_ports=ports) for ports in ("1-9", "5-20", "2-15")]
    (finding,) = lint("INBOUND", chain)
    assert (finding.index, finding.code, finding.severity) == (2, "UNDECIDED", "note")
    within = RuleSettings("DROP", "TCP", dst_ports="3-14")
    (_, finding) = lint("INBOUND", [*chain, within])
    assert (finding.code, finding.others) == ("SHADOWED", (2,))


def test_a_budget_ends() -> None:
    steps = Steps(3)
    steps.take(3)
    with pytest.raises(OutOfSteps):
        steps.take(1)
