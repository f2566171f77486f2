"""The filter that leaves exactly the Things of a group."""

from __future__ import annotations

from simtui.models import ThingsGroup
from simtui.views.filter.terms import FieldTerm
from simtui.views.text import UNSAFE


def things_filter(group: ThingsGroup) -> str:
    """``group:depot-7``, ``group:"North yard"``; by its id when the name cannot be typed."""
    name = group.name
    can_be_typed = bool(name.strip()) and not UNSAFE.search(name)
    return FieldTerm("group", (name if can_be_typed else group.things_group_id,)).canonical()
