"""What isolating the Things of a network from each other means (contract §3.4, §5)."""

from __future__ import annotations

from simtui.models.settings import NetworkSettings
from simtui.views.cell import Cell


def isolation_remark(before: NetworkSettings | None, after: NetworkSettings) -> tuple[Cell, ...]:
    """What a change of it means; empty when it stays as it was."""
    was = before.thing_isolation if before is not None else False
    if was == after.thing_isolation:
        return ()
    if after.thing_isolation:
        return (
            Cell("Things of this network no longer reach each other; everything else goes on."),
        )
    return (Cell("Things of this network reach each other again, as far as firewalls let them."),)
