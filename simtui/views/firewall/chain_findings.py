"""What rules of one chain do to each other: hide, repeat, contradict and overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simtui.models.settings import RuleSettings
from simtui.views.firewall.cover import Steps, cover_of
from simtui.views.firewall.evaluate import RuleAction
from simtui.views.firewall.finding import Code, Finding, Severity, rules_text
from simtui.views.firewall.grid import Gridded, contains, gridded, meets
from simtui.views.firewall.match import Match
from simtui.views.text import clean

_ACTION_LIMIT = 24


@dataclass(frozen=True, slots=True)
class _Placed:
    """An enabled rule that matches something, at its place in the chain."""

    index: int
    rule: RuleSettings
    match: Match
    on_grid: Gridded


def chain_findings(
    rules: Sequence[RuleSettings], matches: Mapping[int, Match]
) -> Iterator[Finding]:
    """One finding at most for each enabled rule: the most exact word for what is the matter.

    ``matches`` has the rules that can be read, by their index.
    """
    earlier: list[_Placed] = []
    reached: list[_Placed] = []
    for one in _placed(rules, matches):
        finding = _same(one, earlier) or _hidden(one, reached)
        earlier.append(one)
        if finding is None or finding.code == Code.UNDECIDED:
            finding = finding or _open_to_all(one) or _overlap(one, reached)
            reached.append(one)
        if finding is not None:
            yield finding


def _placed(rules: Sequence[RuleSettings], matches: Mapping[int, Match]) -> list[_Placed]:
    enabled = [index for index in sorted(matches) if rules[index].enabled]
    grid = gridded([matches[index] for index in enabled])
    return [
        _Placed(index, rules[index], matches[index], on_grid)
        for index, on_grid in zip(enabled, grid, strict=True)
        if on_grid.parts
    ]


def _same(one: _Placed, earlier: Sequence[_Placed]) -> Finding | None:
    first = next((other for other in earlier if other.on_grid.parts == one.on_grid.parts), None)
    if first is None:
        return None
    name = rules_text((first.index,))
    if first.rule.action == one.rule.action:
        text = f"does the same as {name}, which comes first"
        return Finding(one.index, Code.DUPLICATE, "warn", text, (first.index,))
    action = clean(first.rule.action, _ACTION_LIMIT)
    text = f"contradicts {name}, which matches the same, comes first and says {action}"
    return Finding(one.index, Code.CONTRADICTION, "bad", text, (first.index,))


def _hidden(one: _Placed, reached: Sequence[_Placed]) -> Finding | None:
    """Rules that are never reached themselves hide nothing that others do not."""
    by_index = {other.index: other for other in reached}
    cover = cover_of(
        one.on_grid, {index: other.on_grid for index, other in by_index.items()}, Steps()
    )
    if cover.hidden is None:
        text = "whether earlier rules together match all of it is too intricate to tell"
        return Finding(one.index, Code.UNDECIDED, "note", text)
    if not cover.hidden:
        return None
    hiding = [by_index[index] for index in cover.by]
    other_action = any(other.rule.action != one.rule.action for other in hiding)
    severity: Severity = "bad" if other_action else "warn"
    return Finding(one.index, Code.SHADOWED, severity, _hidden_text(hiding), cover.by)


def _hidden_text(hiding: Sequence[_Placed]) -> str:
    names = rules_text([other.index for other in hiding])
    if len(hiding) > 1:
        return f"never reached: {names} together match all of it first"
    if hiding[0].match.everything:
        return f"unreachable: nothing gets past {names}"
    return f"never reached: {names} matches all of it first"


def _open_to_all(one: _Placed) -> Finding | None:
    if not (one.match.everything and one.rule.action == RuleAction.ALLOW):
        return None
    return Finding(one.index, Code.ANY_TO_ANY, "warn", "lets everything through")


def _overlap(one: _Placed, reached: Sequence[_Placed]) -> Finding | None:
    """Earlier rules of another action that match a part of it, and something else as well."""
    indexes = tuple(other.index for other in reached if _partly(one, other))
    if not indexes:
        return None
    verbs = ("comes", "decides") if len(indexes) == 1 else ("come", "decide")
    text = (
        f"overlaps {rules_text(indexes)} of another action, which {verbs[0]} first and "
        f"{verbs[1]} what both match"
    )
    return Finding(one.index, Code.OVERLAPPING_RANGES, "note", text, indexes)


def _partly(one: _Placed, other: _Placed) -> bool:
    """Whether they say different things of some packets and neither contains the other."""
    if one.rule.action == other.rule.action:
        return False
    return any(meets(part, other.on_grid.whole) for part in one.on_grid.parts) and not all(
        contains(one.on_grid.whole, part) for part in other.on_grid.parts
    )
