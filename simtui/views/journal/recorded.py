"""The Things that the journal wrote down, as values of the models again.

A record has been on the disk, and may be of another version or touched by hand: what
cannot be made out is None, and never an error.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from simtui.models import Thing
from simtui.models.action import Action
from simtui.models.effect import fields_after
from simtui.models.journal import Before


def recorded_thing(before: Before) -> Thing | None:
    """The Thing as it was; only the fields that ``before.fields`` names say anything."""
    return _thing(before, dict(before.fields))


def wanted_thing(action: Action, before: Before) -> Thing | None:
    """The Thing as the action wanted it, as far as the action is about it."""
    plain = replace(before, fields=msgspec.to_builtins(dict(before.fields)))
    return _thing(before, fields_after(action, plain))


def _thing(before: Before, fields: dict[str, Any]) -> Thing | None:
    identity = {"thing_id": before.thing_id, "iccid": before.iccid}
    values = {"state": "", "name": before.name, **msgspec.to_builtins(fields), **identity}
    try:
        return msgspec.convert(values, Thing)
    except msgspec.MsgspecError:
        return None
