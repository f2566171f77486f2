"""Asking for the length of one command, where a failure is told and ends nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar

from simtui.errors import SimtuiError
from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.store.store import Store

T = TypeVar("T")


async def settled(store: Store, query: Query[T]) -> Entry[T]:
    """The answer, or why there is none."""
    with suppress(SimtuiError):  # the entry has it
        await store.fetch(query)
    return store.entry(query)
