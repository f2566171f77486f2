"""Which Things to ask for: one page of a filtered, sorted list (contract §1.4, §2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThingsQuery:
    """Several values of one field mean OR, different fields mean AND.

    ``sort`` holds field names, ``-`` in front for descending, in the wire's or in
    Python's spelling. ``q`` is a substring of two characters or more. ``limit`` is at
    most 500.
    """

    offset: int = 0
    limit: int = 50
    sort: tuple[str, ...] = ()
    iccids: tuple[str, ...] = ()
    q: str = ""
    states: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
