"""From an answer that is not the one hoped for to one typed error (contract §1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.complaint import Complaint, masked, plain, read_complaint
from simtui.errors import (
    CapabilityAbsent,
    Conflict,
    Forbidden,
    Invalid,
    NoneOfThisOne,
    NotFound,
    OutcomeUnknown,
    QuotaExceeded,
    ReadOnly,
    ServerFault,
    SimtuiError,
    Unauthorized,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    import httpx

_CHECK_ADDRESS: Final = "Check base_url in the profile"
_CHECK_CLIENT: Final = (
    "Check client_id and client_secret, and that this API was added to the project: "
    "a token is given out even when it was not"
)
_KINDS: Final[Mapping[int, tuple[type[SimtuiError], str]]] = {
    400: (Invalid, ""),
    401: (Unauthorized, _CHECK_CLIENT),
    403: (Forbidden, "An administrator of the account can give you a higher permission level"),
    404: (NotFound, "It may have been removed meanwhile; reload the list"),
    405: (UnexpectedAnswer, f"The API does not offer this here. {_CHECK_ADDRESS}"),
    407: (UnexpectedAnswer, "The proxy on the way wants a login; put it into HTTPS_PROXY"),
    409: (Conflict, "Reload it and decide again"),
    410: (NotFound, "It was removed; reload the list"),
    412: (Conflict, "Reload it and decide again"),
    413: (Invalid, "Ask for less at once"),
    414: (Invalid, "Ask for less at once"),
    422: (Invalid, ""),
    429: (QuotaExceeded, ""),
}
"""Codes with a meaning of their own; all others go by their class."""
_BY_CLASS: Final[Mapping[int, tuple[type[SimtuiError], str]]] = {
    3: (UnexpectedAnswer, f"Nothing was sent there. {_CHECK_ADDRESS}"),
    4: (UnexpectedAnswer, _CHECK_ADDRESS),
    5: (ServerFault, "The trouble is on the API's side; try again in a while"),
}
_BY_NAME: Final[Mapping[str, str]] = {
    "NOT_ENTITLED": "Add this API to the project in the developer portal",
    "ETAG_MISMATCH": "Somebody changed it meanwhile: reload it, look, and decide again",
    "IF_MATCH_REQUIRED": "Reload it and try again from what it is now",
    "ILLEGAL_STATE_TRANSITION": "Reload it to see its state and where it can go from there",
    "CONFIRMATION_REQUIRED": "Type the ICCID, or the number of Things, to confirm",
    "PERMISSION_DENIED": "Ask an administrator of the account for a permission level that may",
    "STATE_NOT_ACTIVE": "Activate or resume it first; a RETIRED Thing stays out of service",
    "SERVICE_RESTRICTED": "Allow the service on the Thing first",
    "IP_LOCKED": "Unlock its IP address, move it, then lock an address of the new network",
    "IP_NOT_LOCKED": "Lock the IP address of the Thing first",
    "IP_IN_USE": "Choose a free address, or unlock this one on the Thing that has it",
    "IP_OUT_OF_POOL": "Choose an address inside a pool of the Thing's network",
    "RESOURCE_IN_USE": "Remove what uses it first, such as a NAT rule that points at it",
    "TARGET_COUNT_CHANGED": "Things came or went since it was planned: plan it again and look",
    "TARGET_EMPTY": "No Thing has this tag or is in this group now; choose other Things",
    "LAST_ADMINISTRATOR": "Make another user an ADMINISTRATOR first, then do it again",
    "SELF_CHANGE": "Ask another administrator to do it: nobody takes away their own rights",
    "LIMIT_REACHED": "Delete one that is not needed any more, or ask KPN for an extension",
    "JOB_FINISHED": "Look at its result: what it did stays done",
}


def fault_of(response: httpx.Response, call: Call, secrets: Iterable[str]) -> SimtuiError:
    """The error that an answer other than success means; ``secrets`` never appear in it."""
    complaint = read_complaint(response.content, secrets)
    status = response.status_code
    if call.operation.ext and status in (404, 405):
        return absent(call, complaint, status)
    unexpected = (UnexpectedAnswer, _CHECK_ADDRESS)
    kind, hint = _KINDS.get(status) or _BY_CLASS.get(status // 100) or unexpected
    if kind is NotFound and not call.ids:
        hint = _CHECK_ADDRESS
    told: dict[str, Any] = {"problems": complaint.problems} if kind is Invalid else {}
    return kind(
        call.title,
        _detail(response, complaint, secrets),
        _BY_NAME.get(complaint.name, hint),
        status=status,
        name=complaint.name,
        transaction_id=complaint.transaction_id,
        **told,
    )


def quota_fault(error: SimtuiError, reset_at: datetime) -> QuotaExceeded:
    """The 429 ``error`` with the time at which it is over."""
    return QuotaExceeded(
        error.title,
        error.detail,
        quota_hint(reset_at),
        reset_at=reset_at,
        name=error.name,
        transaction_id=error.transaction_id,
    )


def quota_hint(reset_at: datetime) -> str:
    """What to do when the quota is used up until then."""
    return f"Try again after {reset_at:%Y-%m-%d %H:%M:%S} UTC"


def absent(
    call: Call, complaint: Complaint | None = None, status: int | None = None
) -> SimtuiError:
    """An EXT operation that this installation does not offer (contract, head), or of which
    one object has none, such as a session."""
    complaint = complaint or Complaint()
    of_one_object = bool(call.ids) and complaint.name == dialect.NOT_FOUND
    kind = NoneOfThisOne if of_one_object else CapabilityAbsent
    return kind(
        call.title,
        (of_one_object and complaint.words) or "This API does not offer it",
        status=status,
        name=complaint.name,
        transaction_id=complaint.transaction_id,
    )


def unknown_outcome(call: Call, cause: SimtuiError) -> OutcomeUnknown:
    """A write that went out, and whose answer is lost or tells nothing."""
    return OutcomeUnknown(
        "The outcome is unknown",
        f"The request to {call.operation.purpose} was sent, but: {cause.detail or cause.title}",
        "Look at how it is now before you do it again",
        status=cause.status,
        name=cause.name,
        transaction_id=cause.transaction_id,
    )


def read_only_fault(call: Call) -> ReadOnly:
    """A write that an endpoint marked read-only is not sent."""
    return ReadOnly(
        call.title,
        "This profile or run is read-only, so nothing was sent",
        "Start without --read-only, or take read_only out of the profile",
    )


def foreign_redirect(
    response: httpx.Response, call: Call, secrets: Iterable[str]
) -> UnexpectedAnswer:
    """A 302 that leads away from this API, or in circles (contract §1.3)."""
    return UnexpectedAnswer(
        call.title,
        _redirect_words(response, secrets),
        f"Nothing was sent there, no token either. {_CHECK_ADDRESS}",
        status=response.status_code,
    )


def not_the_api(response: httpx.Response, call: Call, secrets: Iterable[str]) -> UnexpectedAnswer:
    """A success whose body is not what the contract says."""
    complaint = read_complaint(response.content, secrets)
    if complaint.is_page or not response.content:
        what = _detail(response, complaint, secrets)
        detail = f"The address answers, but not with the API: {what[:1].lower()}{what[1:]}"
    else:
        detail = "The answer is not in the form that the API's contract says"
    return UnexpectedAnswer(call.title, detail, _CHECK_ADDRESS, status=response.status_code)


def _detail(response: httpx.Response, complaint: Complaint, secrets: Iterable[str]) -> str:
    if response.is_redirect:
        return _redirect_words(response, secrets)
    if complaint.is_page:
        words = f" titled “{complaint.words}”" if complaint.words else ""
        return f"The gateway answered {response.status_code} with a web page{words}"
    if complaint.words:
        return complaint.words
    return f"The answer was {_code_words(response.status_code)}, no more"


def _code_words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _redirect_words(response: httpx.Response, secrets: Iterable[str]) -> str:
    place = plain(masked(response.headers.get("location", ""), secrets)) or "nowhere"
    return f"The answer was a redirect ({response.status_code}) to {place}"
