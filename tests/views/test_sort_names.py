from __future__ import annotations

from typing import Any

from simtui.views.fleet_context import FleetContext
from simtui.views.sort_values import SORT_VALUES


def test_names_with_numbers_sort_as_people_count(make_thing: Any, context: FleetContext) -> None:
    names = ["pump-10", "Pump-2", "pump-1", "valve-1", "pump-2b"]
    value = SORT_VALUES["name"]
    ordered = sorted(names, key=lambda name: value(make_thing(name=name), context))
    assert ordered == ["pump-1", "Pump-2", "pump-2b", "pump-10", "valve-1"]
