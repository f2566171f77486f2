"""The IP profiles as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from simtui.models import IpProfile
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import RuleSettings, chain_of
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.config.reach import groups_reached, things_in
from simtui.views.firewall.finding import Finding
from simtui.views.firewall.lint import lint
from simtui.views.fleet_context import FleetContext
from simtui.views.text import clean

PROFILE_COLUMNS: Final = (
    Column("name", "NAME", 20, flex=True),
    Column("inbound", "INBOUND", 12),
    Column("outbound", "OUTBOUND", 12),
    Column("groups", "GROUPS", 6, align="right"),
    Column("things", "THINGS", 8, align="right"),
    Column("findings", "FINDINGS", 12),
)


def profile_row(profile: IpProfile, findings: Sequence[int], context: FleetContext) -> Row:
    """One cell for each column; ``findings`` is how many are bad and how many warn."""
    groups = groups_reached(Ref(Kind.PROFILE, profile.ip_profile_id), context)
    return (
        Cell(clean(profile.name)),
        _chain(len(profile.inbound)),
        _chain(len(profile.outbound)),
        Cell(count_text(len(groups)), "" if groups else "dim"),
        Cell(count_text(things_in(groups)), "" if groups else "dim"),
        _found(*findings),
    )


def _chain(count: int) -> Cell:
    if not count:
        return Cell("all allowed", "dim")
    return Cell(f"{count_text(count)} {'rule' if count == 1 else 'rules'}")


def _found(bad: int, warn: int) -> Cell:
    if bad:
        return Cell(f"✗ {bad} bad" + (f", {warn}" if warn else ""), "bad")
    return Cell(f"! {warn} odd", "warn") if warn else Cell("–", "dim")


def count_findings(profile: IpProfile, pools: Sequence[str]) -> tuple[int, int]:
    """How many rules of both chains do not do what they say, and how many are odd."""
    found = [
        finding.severity
        for chain in ("INBOUND", "OUTBOUND")
        for finding in _findings(chain, chain_of(profile, chain).items, tuple(pools))
    ]
    return found.count("bad"), found.count("warn")


@lru_cache(maxsize=512)
def _findings(
    chain: str, rules: tuple[RuleSettings, ...], pools: tuple[str, ...]
) -> tuple[Finding, ...]:
    """The list is drawn often, and its chains seldom change."""
    return lint(chain, rules, pools)
