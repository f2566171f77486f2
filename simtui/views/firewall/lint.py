"""What is wrong with a chain, told while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from simtui.models.settings import RuleSettings
from simtui.views.firewall.chain_findings import chain_findings
from simtui.views.firewall.finding import Finding
from simtui.views.firewall.match import Match, match_of
from simtui.views.firewall.own_findings import own_findings, unreadable
from simtui.views.firewall.reading import Unreadable


def lint(
    chain_name: str, rules: Sequence[RuleSettings], pools: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """The findings of one chain, by the order of its rules; it never raises.

    ``chain_name`` is ``INBOUND`` (towards the Thing) or ``OUTBOUND``. ``pools`` are the
    CIDRs where the Things that have these rules live; without them it is not asked whether
    a rule can match one. A disabled rule hides nothing, and is hidden by nothing.
    """
    matches: dict[int, Match] = {}
    findings: list[Finding] = []
    for index, rule in enumerate(rules):
        try:
            matches[index] = match_of(rule)
        except Unreadable as error:
            findings.append(unreadable(index, str(error)))
        else:
            findings += own_findings(index, rule, matches[index], chain_name, pools)
    findings += chain_findings(rules, matches)
    return tuple(sorted(findings, key=attrgetter("index")))
