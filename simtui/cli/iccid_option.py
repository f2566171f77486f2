"""An ICCID on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import UsageError

if TYPE_CHECKING:
    from simtui.views.identity import Checked


def checked_iccid(text: str) -> Checked:
    """A number that is an ICCID, or may be the start of one (contract §9).

    Raises ``UsageError`` for any other.
    """
    from simtui.views.identity import check_iccid

    iccid = check_iccid(text)
    if not (iccid.ok or iccid.is_prefix):
        raise UsageError("The ICCID is not understood", iccid.reason, "Copy it from the card again")
    return iccid
