"""What the rows of a bill are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from simtui.models import Thing
from simtui.models.billing import Scope
from simtui.views.billing.words import View, kind_name
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named, thing_name

UNKNOWN = "not told"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of groups and Things as they are known here; what is not, is its id."""

    context: FleetContext
    thing: Callable[[str], Thing | None]

    def group_name(self, group_id: str) -> str:
        """What a group is called."""
        group = self.context.groups.get(group_id)
        return named(group.name if group is not None else group_id) or UNKNOWN

    def thing_name(self, thing_id: str) -> str:
        """What a Thing is called."""
        thing = self.thing(thing_id) if thing_id else None
        return thing_name(thing) if thing is not None else named(thing_id) or UNKNOWN

    def scope_name(self, scope: str, scope_id: str) -> str:
        """What a report is about; empty for the account."""
        if scope == Scope.GROUP:
            return self.group_name(scope_id)
        return self.thing_name(scope_id) if scope == Scope.THING else ""

    def row_name(self, view: View, key: str) -> str:
        """What a row is called."""
        if view == "groups":
            return self.group_name(key)
        if view == "things":
            return self.thing_name(key)
        return _day_name(key) if view == "days" else kind_name(key.rpartition(":")[0])


def _day_name(key: str) -> str:
    """``Sun 22 Nov``; a day without its month as it is."""
    try:
        return f"{date.fromisoformat(key):%a %d %b}"
    except ValueError:
        return named(key) or UNKNOWN
