"""The key table of the README, written from the registry.

``python -m simtui.ui.keys_table --check README.md`` fails when it is out of date,
``--write`` brings it up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from simtui.ui.key import Scope
from simtui.ui.key_list import KEYS
from simtui.ui.keys import spelled

_BEGIN = "<!-- keys: begin (written by `make keys`) -->"
_END = "<!-- keys: end -->"
_TITLES: dict[Scope, str] = {
    "everywhere": "Everywhere",
    "table": "In every table",
    "marks": "Marking rows",
    "things": "Thing list",
    "thing": "Thing detail",
    "why": "Why offline",
    "imei": "IMEI changes",
    "sms": "SMS",
    "conversation": "One conversation",
    "changes": "Changes",
    "blast": "Blast radius",
    "runbooks": "Runbooks",
    "stolen": "Stolen SIM",
    "revive": "Revive",
    "jobs": "Jobs",
    "job": "One job",
    "journal": "Journal",
    "entry": "One write",
    "groups": "Groups",
    "group": "One group",
    "networks": "Networks",
    "network": "One network",
    "pools": "IP pools",
    "leases": "Leases of a pool",
    "nat": "NAT rules",
    "tunnels": "IPsec tunnels",
    "tunnel": "One tunnel",
    "profiles": "IP profiles",
    "firewall": "Firewall",
    "users": "Users",
    "editor": "Firewall and routes",
    "billing": "Billing",
    "text": "In every text",
}


def keys_table() -> str:
    """The registry as a Markdown table."""
    rows = ["| Where | Key | `:` | What it does |", "|---|---|---|---|"]
    for scope, title in _TITLES.items():
        for key in KEYS:
            if key.scope == scope:
                names = " ".join(f"`{name}`" for name in spelled(key.keys).split(" "))
                twin = f"`:{key.command}`" if key.command else ""
                rows.append(f"| {title} | {names} | {twin} | {key.help} |")
    return "\n".join(rows)


def with_table(text: str) -> str:
    """The text with its key table brought up to date.

    Raises:
        ValueError: when the marks around the table are missing.
    """
    head, begin, rest = text.partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"the text needs the lines {_BEGIN} and {_END}")
    return f"{head}{_BEGIN}\n{keys_table()}\n{_END}{tail}"


def main(arguments: list[str]) -> int:
    """Check or write the table; 1 when a check finds it out of date."""
    mode, name = arguments
    file = Path(name)
    before = file.read_text(encoding="utf-8")
    after = with_table(before)
    if mode == "--write":
        file.write_text(after, encoding="utf-8")
        return 0
    if before != after:
        sys.stderr.write(f"{name}: the key table is out of date; run `make keys`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
