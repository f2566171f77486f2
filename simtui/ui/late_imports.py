"""What the first frame does without, imported before anybody can want it."""

from __future__ import annotations

from importlib import import_module
from typing import Final

_LATE: Final = (
    "simtui.store.writes",
    "simtui.ui.acting.acting",
    "simtui.ui.pulse.pulse",
    "simtui.ui.screens.pulse",
    "simtui.ui.screens.thing",
    "simtui.ui.screens.jobs",
    "simtui.ui.screens.job",
    "simtui.ui.screens.journal",
    "simtui.ui.screens.journal_entry",
    "simtui.ui.screens.imei_changes",
    "simtui.ui.screens.changes",
    "simtui.store.history.file",
    "simtui.store.history.whose",
    "simtui.ui.screens.blast",
    "simtui.ui.screens.raw",
    "simtui.ui.messaging.messaging",
    "simtui.ui.screens.sms",
    "simtui.ui.screens.conversation",
    "simtui.ui.screens.sms_batch",
    "simtui.ui.finding",
    "simtui.ui.screens.why",
    "simtui.ui.runbook.runbooks",
    "simtui.ui.screens.runbooks",
    "simtui.ui.screens.stolen_sim",
    "simtui.ui.screens.revive",
    "simtui.views.jobs.news",
    "simtui.ui.configuring.configuring",
    "simtui.ui.screens.profiles",
    "simtui.ui.screens.firewall",
    "simtui.ui.screens.groups",
    "simtui.ui.screens.group",
    "simtui.ui.screens.networks",
    "simtui.ui.screens.pools",
    "simtui.ui.screens.leases",
    "simtui.ui.configuring.group_edit",
    "simtui.ui.configuring.network_edit",
    "simtui.ui.configuring.pool_edit",
    "simtui.ui.configuring.profile_edit",
    "simtui.ui.screens.nat",
    "simtui.ui.screens.tunnels",
    "simtui.ui.screens.tunnel",
    "simtui.ui.configuring.nat_rule_edit",
    "simtui.ui.configuring.tunnel_edit",
    "simtui.ui.screens.billing",
    "simtui.ui.screens.users",
    "simtui.ui.configuring.user_edit",
    "simtui.ui.screens.account",
)


def import_late() -> None:
    """Import it; takes its time, so it is called in a thread.

    Each is imported at the place of its use as well, which then costs nothing.
    """
    for name in _LATE:
        import_module(name)
