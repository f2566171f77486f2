"""A look at the blast radius as JSON for scripts; like the other JSON, a promise to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simtui.views.ages import utc_text
from simtui.views.blast.dimensions import PIVOTS, filter_of, label_of
from simtui.views.blast.findings import LEVEL
from simtui.views.blast.fisher import chance
from simtui.views.blast.look import Blast
from simtui.views.blast.report import Account
from simtui.views.blast.tally import Counts
from simtui.views.fleet_context import FleetContext
from simtui.views.output.json_text import safe_json


def blast_json(blast: Blast, accounts: Sequence[Account], context: FleetContext) -> str:
    """One object; every value that was looked at is in ``pivots``."""
    document = {
        "at": utc_text(blast.at),
        "silent": blast.tally.total.silent,
        "healthy": blast.tally.total.healthy,
        "neither": blast.neither,
        "compared_with": "fleet" if blast.whole_fleet else "filter",
        "false_alarm_rate": LEVEL,
        "findings": [
            _finding_json(account, context) for account in accounts if account.finding is not None
        ],
        "changes": [] if blast.findings else _changes_json(accounts[0]),
        "pivots": {name: _pivot_json(name, blast, context) for name in PIVOTS},
    }
    return safe_json(document)


def _finding_json(account: Account, context: FleetContext) -> dict[str, Any]:
    finding, wave = account.finding, account.wave
    if finding is None:
        return {}
    return {
        "names": [
            {
                "pivot": value.pivot,
                "value": value.key,
                "label": label_of(value, context),
                "filter": filter_of(value, context),
            }
            for value in finding.same
        ],
        "with": _counts_json(finding.counts),
        "without": _counts_json(finding.others),
        "silent_not_in_findings_before": finding.apart,
        "chance": chance(finding.log_chance),
        "also": [
            {"label": label_of(value, context), "filter": filter_of(value, context)}
            | _counts_json(counts)
            for value, counts in finding.also
        ],
        "first_silent_at": utc_text(wave.begin) if wave is not None else None,
        "last_silent_at": utc_text(wave.end) if wave is not None else None,
        "together": wave.together if wave is not None else None,
        "changes": _changes_json(account),
    }


def _changes_json(account: Account) -> list[dict[str, Any]]:
    return [
        {
            "at": utc_text(one.change.at),
            "what": one.change.words,
            "source": one.change.source,
            "reaches": one.reached,
        }
        for one in account.suspects
    ]


def _pivot_json(name: str, blast: Blast, context: FleetContext) -> dict[str, Any]:
    sizes = blast.tally.sizes
    values = sorted(
        (value for value in sizes if value.pivot == name),
        key=lambda value: (-sizes[value].silent, sizes[value].healthy, value.key),
    )
    return {
        "known": _counts_json(blast.tally.known[name]),
        "values": [
            {
                "value": value.key,
                "label": label_of(value, context),
                **_counts_json(sizes[value]),
            }
            for value in values
        ],
    }


def _counts_json(counts: Counts) -> dict[str, int]:
    return {"silent": counts.silent, "healthy": counts.healthy}
