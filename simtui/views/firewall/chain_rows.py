"""A chain as a table: one row a rule, in evaluation order, with what is odd about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from simtui.models import Rule
from simtui.models.settings import RuleSettings
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.config.items import Fate
from simtui.views.fields.cidr import ANY
from simtui.views.firewall.finding import Finding
from simtui.views.forms.rule_text import rule_sentence
from simtui.views.plan.wording import named
from simtui.views.text import clean

_NARROW: Final = 90
"""Cells from which source and destination have the room of a whole network with ports."""
_ACTIONS: Final[Mapping[str, Tone]] = {"ALLOW": "ok", "DROP": "bad", "REJECT": "warn"}
_FATES: Final[Mapping[Fate, str]] = {
    "kept": "",
    "added": "+",
    "changed": "~",
    "moved": "↕",
    "removed": "-",
}
_GLYPHS: Final[Mapping[str, str]] = {"bad": "✗", "warn": "!", "note": "·"}


def chain_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    end = 18 if width < _NARROW else 22
    return (
        Column("place", "#", 4, align="right"),
        Column("action", "ACTION", 6),
        Column("protocol", "PROTO", 5),
        Column("source", "SOURCE", end),
        Column("destination", "DESTINATION", end),
        Column("note", "NOTE", 8, flex=True),
    )


def by_rule(findings: Iterable[Finding]) -> Mapping[int, tuple[Finding, ...]]:
    """The findings of each rule, by its index; what matters most first."""
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.index].append(finding)
    order = tuple(_GLYPHS)
    return {
        index: tuple(sorted(some, key=lambda one: order.index(one.severity)))
        for index, some in found.items()
    }


def chain_row(index: int, rule: RuleSettings, fate: Fate, findings: Sequence[Finding]) -> Row:
    """One cell for each column, safe to print; a rule that is off is dim and says so."""
    dim: Tone = "" if rule.enabled else "dim"
    action = named(rule.action) if rule.enabled else "off"
    return (
        Cell(f"{_FATES[fate]}{index + 1}", "accent" if _FATES[fate] else "dim"),
        Cell(action, dim or _ACTIONS.get(rule.action, "")),
        Cell(_lower(rule.protocol), dim),
        Cell(_end(rule.src_cidr, rule.src_ports), dim),
        Cell(_end(rule.dst_cidr, rule.dst_ports), dim),
        _note(rule, findings),
    )


def rule_detail(rule: RuleSettings, saved: Rule | None, now: datetime) -> Cell:
    """All of a rule on one line; ``saved`` is the server's, which knows how often it matched."""
    parts = [rule_sentence(rule), _hits(saved, now), clean(rule.comment)]
    return Cell(" · ".join(part for part in parts if part), "dim")


def _hits(saved: Rule | None, now: datetime) -> str:
    if saved is None or saved.hits is None:
        return ""
    if not saved.hits:
        return "never matched so far"
    last = f", last {age_ago(saved.last_hit_at, now)}" if saved.last_hit_at else ""
    return f"{count_text(saved.hits)} hits{last}"


def finding_cells(findings: Sequence[Finding]) -> tuple[Cell, ...]:
    """The findings as sentences."""
    return tuple(Cell(f"{_GLYPHS[one.severity]} {one.text}", _tone(one)) for one in findings)


def _note(rule: RuleSettings, findings: Sequence[Finding]) -> Cell:
    if findings and findings[0].severity != "note":
        first = findings[0]
        return Cell(f"{_GLYPHS[first.severity]} {first.text}", _tone(first))
    return Cell(clean(rule.comment), "dim")


def _tone(finding: Finding) -> Tone:
    return "dim" if finding.severity == "note" else finding.severity


def _lower(protocol: str) -> str:
    return "any" if protocol == ANY else named(protocol).lower()


def _end(cidr: str, ports: str) -> str:
    where = "any" if cidr == ANY else named(cidr)
    return where if ports == ANY else f"{where} :{clean(ports)}"
