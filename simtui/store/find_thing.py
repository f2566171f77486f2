"""Finding a Thing by the number that a person has at hand (contract §9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simtui.errors import NotFound
from simtui.models import Thing
from simtui.store.queries import ThingByIccidQuery, WindowQuery

if TYPE_CHECKING:
    from simtui.store.store import Store

_WITHOUT_CHECK_DIGIT: Final = 19


async def find_thing(store: Store, iccid: str, *, is_prefix: bool = False) -> Thing:
    """The Thing with this ICCID, or the one whose ICCID it is the start of.

    Some platforms print an ICCID of 20 digits without the last, its check digit, and by
    chance such a number can look whole. So 19 digits that are no Thing's own number are
    looked up as the start of one. Raises ``NotFound`` when that fails too.
    """
    if not is_prefix:
        try:
            return await store.fetch(ThingByIccidQuery(iccid))
        except NotFound as error:
            if len(iccid) != _WITHOUT_CHECK_DIGIT:
                raise _no_such_thing(iccid) from error
    found = await store.fetch(WindowQuery((iccid,)))
    if not found:
        raise _no_such_thing(iccid)
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
