"""How an object is written where something else refers to it: its name, if only it has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from simtui.models import Thing


def reference_texts(names: Mapping[str, str]) -> dict[str, str]:
    """The text for each id: the name, or the id itself when the name could mean another one."""
    often = Counter(names.values())
    return {
        identity: name if name and often[name] == 1 and name not in names else identity
        for identity, name in names.items()
    }


def thing_texts(things: Mapping[str, Thing]) -> dict[str, str]:
    """The ICCID of each Thing, by its id."""
    return reference_texts({identity: thing.iccid for identity, thing in things.items()})
