"""The rules of every action, one judge each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.views.plan.judge_address import judge_lock_ip, judge_unlock_ip
from simtui.views.plan.judge_connection import judge_ping, judge_reset
from simtui.views.plan.judge_imei_lock import judge_imei_lock
from simtui.views.plan.judge_move import judge_move
from simtui.views.plan.judge_settings import judge_describe, judge_services
from simtui.views.plan.judge_sms import judge_sms
from simtui.views.plan.judge_state import judge_state
from simtui.views.plan.judge_tags import judge_tags
from simtui.views.plan.verdict import Facts, Judge

_JUDGES: Final[Mapping[type[Action], Callable[[Any, Facts], Judge]]] = {
    SetState: judge_state,
    Describe: judge_describe,
    SetTags: judge_tags,
    AddTags: judge_tags,
    RemoveTags: judge_tags,
    RenameTag: judge_tags,
    MoveToGroup: judge_move,
    SetServices: judge_services,
    LockIp: judge_lock_ip,
    UnlockIp: judge_unlock_ip,
    SetImeiLock: judge_imei_lock,
    ResetConnection: judge_reset,
    Ping: judge_ping,
    SendSms: judge_sms,
}


def judge_of(action: Action, facts: Facts) -> Judge:
    """What says of each Thing whether the action changes it, is done already, or must not."""
    return _JUDGES[type(action)](action, facts)
