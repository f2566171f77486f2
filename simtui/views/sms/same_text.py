"""The same text to the same Thing within the hour, which is asked about first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from simtui.models import Sms, SmsStatus, Thing
from simtui.models.sms_template import filled
from simtui.views.ages import age_ago
from simtui.views.plan.wording import listed, thing_name, things_text

_NOT_GOT: Final = frozenset({SmsStatus.CANCELLED, *SmsStatus.UNDELIVERED})


def same_lately(text: str, things: Iterable[Thing], sent: Iterable[Sms]) -> Mapping[str, datetime]:
    """When each Thing last got the very text that it would get now, by its id.

    ``sent`` are the messages of the last hour. What was cancelled, has failed or has expired is
    of no account: the Thing has not got it.
    """
    last: dict[tuple[str | None, str], datetime] = {}
    for sms in sent:
        if sms.submitted_at is not None and sms.status not in _NOT_GOT:
            key = (sms.thing_id, sms.text)
            last[key] = max(last.get(key, sms.submitted_at), sms.submitted_at)
    found = ((thing, last.get((thing.thing_id, filled(text, thing)))) for thing in things)
    return {thing.thing_id: at for thing, at in found if at is not None}


def same_text(things: Iterable[Thing], lately: Mapping[str, datetime], now: datetime) -> str:
    """``The very same text was sent to pump-12 12m ago.``"""
    again = [thing for thing in things if thing.thing_id in lately]
    latest = age_ago(min(max(lately.values()), now), now)
    latest = "just now" if latest == "now" else latest
    if len(again) == 1:
        return f"The very same text was sent to {thing_name(again[0])} {latest}."
    names = listed(thing_name(thing) for thing in again)
    return (
        f"The very same text was sent to {things_text(len(again))} within the last hour,"
        f" the latest {latest}: {names}."
    )
