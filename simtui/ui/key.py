"""What a key is: one row of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal[
    "everywhere",
    "table",
    "marks",
    "text",
    "things",
    "thing",
    "why",
    "jobs",
    "job",
    "journal",
    "entry",
    "imei",
    "sms",
    "conversation",
    "changes",
    "blast",
    "runbooks",
    "stolen",
    "revive",
    "groups",
    "group",
    "networks",
    "network",
    "pools",
    "leases",
    "nat",
    "tunnels",
    "tunnel",
    "profiles",
    "editor",
    "firewall",
    "billing",
    "users",
]
"""Where a key means something: on every page, in every table, on one page."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does.

    ``id`` names it in the configuration's ``[keys]`` table, ``keys`` are Textual's names
    separated by commas, ``footer`` is its place in the footer (0: not there), and
    ``command`` is its twin on the command line, if it has one.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    scope: Scope
    footer: int = 0
    command: str = ""
    writes: bool = False
