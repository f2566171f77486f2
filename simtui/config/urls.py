"""Which URLs simtui is willing to send a client secret to."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit

from simtui.errors import UsageError

DEFAULT_BASE_URL = "https://api-prd.kpn.com/iot/jpu/iotprogrammablesim"
"""The vendor's API (contract §1)."""

DEFAULT_TOKEN_URL = "https://api-prd.kpn.com/oauth/client_credential/accesstoken"
"""The vendor's token endpoint (contract §1.1)."""

_GRANT = "grant_type=client_credentials"


def check_base_url(text: str) -> str:
    """The API's base URL, without a trailing slash.

    Raises ``UsageError`` for anything but https, or http to this machine itself.
    """
    title = "The base URL cannot be used"
    parts = _checked_parts(text, title)
    if parts.query or parts.fragment:
        raise UsageError(title, "it goes on after a ? or #", "Leave out the ? or # and the rest")
    return _normalised(parts)


def check_token_url(text: str) -> str:
    """The token endpoint's URL, without the ``grant_type`` that the client adds itself.

    Raises ``UsageError`` like ``check_base_url``.
    """
    title = "The token URL cannot be used"
    parts = _checked_parts(text, title)
    if parts.query not in ("", _GRANT) or parts.fragment:
        raise UsageError(
            title,
            "it goes on after a ? or #",
            f"Leave that out; simtui itself asks with ?{_GRANT}",
        )
    return _normalised(parts)


def _checked_parts(text: str, title: str) -> SplitResult:
    text = text.strip()
    _refuse_odd_characters(text, title)
    parts = _split(text, title)
    _refuse_credentials(parts, title)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            title, "it is not a full http or https address", f"Write it like {DEFAULT_BASE_URL}"
        )
    _refuse_plain_http_to_others(parts, title)
    return parts


def _refuse_odd_characters(text: str, title: str) -> None:
    if not text:
        raise UsageError(title, "it is empty", f"Write it like {DEFAULT_BASE_URL}")
    if "\\" in text or any(c.isspace() or not c.isprintable() for c in text):
        raise UsageError(
            title,
            "it has a space, a backslash or an invisible character in it",
            "Copy it again, without what stands around it",
        )


def _split(text: str, title: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port  # reading it is what checks it
    except ValueError:
        port, parts = 0, urlsplit("")
    if port == 0:
        raise UsageError(
            title, "its host or port is malformed", "A port is a number from 1 to 65535"
        )
    return parts


def _refuse_credentials(parts: SplitResult, title: str) -> None:
    if "@" in parts.netloc:  # the URL is not shown: it may hold a password
        raise UsageError(
            title,
            "it has a user name or password in it (the part before the @)",
            "Leave that out; credentials go into client_id and client_secret",
        )


def _refuse_plain_http_to_others(parts: SplitResult, title: str) -> None:
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise UsageError(
            title,
            "plain http would show the client secret and every SIM card to all who can"
            " listen on the way",
            "Use https; http is only for this machine itself (127.0.0.1, ::1 or localhost)",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _normalised(parts: SplitResult) -> str:
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"), "", ""))
