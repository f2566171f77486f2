"""A bulk action in the words of contract §6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simtui.api import dialect
from simtui.api.dialect import BulkName
from simtui.models.action import (
    Action,
    AddTags,
    LockIp,
    MoveToGroup,
    RemoveTags,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    UnlockIp,
)
from simtui.models.bulk import BulkRequest, Target
from simtui.models.sms_template import constant, fields_in


def bulk_body(bulk: BulkRequest) -> dict[str, Any]:
    """The body of the request.

    Raises:
        ValueError: the action is not one that the API does in bulk, or the target is
            not exactly one of a tag, a group and a list of ids.
    """
    name, parameters = _spelled(bulk.action, bulk.message_reference)
    body = {
        dialect.BULK_ACTION: name,
        dialect.PARAMETERS: dict(parameters),
        dialect.TARGET: _target(bulk.target),
        dialect.EXPECTED_COUNT: bulk.expected_count,
        dialect.DRY_RUN: bulk.dry_run,
        dialect.CONFIRM_COUNT: bulk.confirm_count,
        dialect.CLIENT_REFERENCE: bulk.client_reference,
    }
    return {field: value for field, value in body.items() if value is not None}


def _spelled(action: Action, reference: str | None) -> tuple[str, Mapping[str, Any]]:
    """The name of an action and its parameters; ``reference`` is for the messages it sends."""
    match action:
        case SetState(state, reason, end_session=False):
            why = {dialect.REASON: reason} if reason else {}
            return BulkName.SET_STATE, {dialect.STATE: state, **why}
        case MoveToGroup(group):
            return BulkName.MOVE_TO_GROUP, {dialect.THINGS_GROUP_ID: group}
        case AddTags(tags):
            return BulkName.ADD_TAGS, {dialect.TAGS: list(tags)}
        case RemoveTags(tags):
            return BulkName.REMOVE_TAGS, {dialect.TAGS: list(tags)}
        case SetServices(services):
            return BulkName.SET_ALLOWED_SERVICES, {dialect.ALLOWED_SERVICES: list(services)}
        case LockIp(address=None):
            return BulkName.LOCK_IP, {}
        case UnlockIp():
            return BulkName.UNLOCK_IP, {}
        case SetImeiLock():
            return BulkName.SET_IMEI_LOCK, _imei_lock(action)
        case ResetConnection():
            return BulkName.CONNECTION_RESET, {}
        case SendSms(text) if not fields_in(text):
            return BulkName.SEND_SMS, sms_body(action, constant(text), reference)
        case _:
            raise ValueError(f"the API has no bulk form of {action!r}")


def sms_body(action: SendSms, text: str, reference: str | None) -> dict[str, Any]:
    """A message: its text as the Thing gets it, and what goes with it (contract §3.8)."""
    optional = {dialect.SENDER: action.sender, dialect.CLIENT_REFERENCE: reference}
    given = {name: value for name, value in optional.items() if value}
    return {dialect.TEXT: text, dialect.VALIDITY_MINUTES: action.validity_minutes, **given}


def _imei_lock(action: SetImeiLock) -> dict[str, Any]:
    """All of the lock: what was left out would stay as it is, null clears it."""
    return {
        dialect.IMEI_LOCK_ENABLED: action.enabled,
        dialect.IMEI: action.imei,
        dialect.TAC: action.tac,
    }


def _target(target: Target) -> dict[str, Any]:
    kinds = {
        dialect.THING_IDS: list(target.thing_ids),
        dialect.TAGS: [target.tag] if target.tag else [],
        dialect.THINGS_GROUP_ID: target.things_group_id,
    }
    given = {kind: value for kind, value in kinds.items() if value}
    if len(given) != 1:
        raise ValueError("a target is exactly one of a tag, a group and a list of ids")
    return given
