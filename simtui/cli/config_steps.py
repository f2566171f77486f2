"""The steps of a plan as writes, each on the version that it was decided on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simtui.secret import Secret
from simtui.store.config_write import ConfigWrite
from simtui.store.following_write import FollowingWrite
from simtui.store.store import Store
from simtui.views.config.summary import summary_of
from simtui.views.files.steps import Step


def writes_of(steps: Sequence[Step], keys: Mapping[int, Secret], store: Store) -> list[ConfigWrite]:
    """The writes of the steps; ``keys`` are the keys of new tunnels, by the place of the step."""
    writes = []
    for number, step in enumerate(steps):
        change = replace(step.change, psk=keys.get(number))
        summary = summary_of(step.change)
        write = FollowingWrite(change, summary, store) if step.follows else None
        writes.append(write or ConfigWrite(change, summary))
    return writes
