"""What a bare word of a filter is looked for in."""

from __future__ import annotations

from simtui.models import Thing

SEPARATOR = "\x00"
"""Stands between two values; no word can contain it, so no word matches across them."""


def search_text(thing: Thing) -> str:
    """Name, ICCID, IMSI, IMEI, address and tags of a Thing (contract §1.4 ``q``), lower case."""
    address = thing.ip.address if thing.ip else None
    parts = (thing.name, thing.iccid, thing.imsi, thing.imei, address, *thing.tags)
    return SEPARATOR.join(part for part in parts if part).lower()
