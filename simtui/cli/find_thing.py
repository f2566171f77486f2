"""Finding a Thing by the number that a person has at hand (contract §9)."""

from __future__ import annotations

from typing import Final

from simtui.errors import NotFound
from simtui.models import Thing
from simtui.store.queries import ThingByIccidQuery, WindowQuery
from simtui.store.store import Store
from simtui.views.identity import Checked

_WITHOUT_CHECK_DIGIT: Final = 19


async def find_thing(store: Store, iccid: Checked) -> Thing:
    """The Thing with this ICCID.

    Some platforms print an ICCID of 20 digits without the last, its check digit, and by
    chance such a number can look whole. So 19 digits that are no Thing's own number are
    looked up as the start of one. Raises ``NotFound`` when that fails too.
    """
    if not iccid.is_prefix:
        try:
            return await store.fetch(ThingByIccidQuery(iccid.value))
        except NotFound as error:
            if len(iccid.value) != _WITHOUT_CHECK_DIGIT:
                raise _no_such_thing(iccid.value) from error
    found = await store.fetch(WindowQuery((iccid.value,)))
    if not found:
        raise _no_such_thing(iccid.value)
    return found[0]


def _no_such_thing(iccid: str) -> NotFound:
    as_start = ", nor one whose ICCID starts so" if len(iccid) == _WITHOUT_CHECK_DIGIT else ""
    return NotFound(
        "There is no such Thing",
        f"The account has no Thing with the ICCID {iccid}{as_start}",
        "Search by a part of the number with: simtui things --filter iccid:"
        f"{iccid[:12]}; or is it another profile's?",
        status=404,
    )
