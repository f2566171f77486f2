"""From a connection that failed to a sentence that says at which step, and what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx

from simtui.api.call import Call
from simtui.errors import ConfigError, SimtuiError, UnexpectedAnswer, Unreachable

CONNECTION_ERRORS: Final = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)
"""Everything that sending can raise."""

_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
"""After these, no byte of the request has left: even a write may be sent again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer; whether the request may have arrived; whether it may pass."""

    error: SimtuiError
    sent: bool
    passing: bool


def diagnose(error: Exception, call: Call, url: str) -> Trouble:
    """What a failure to send or to receive means. ``error`` is of ``CONNECTION_ERRORS``.

    ``url`` is where it should have gone.
    """
    place = _place(url)
    sent = not isinstance(error, _NOT_SENT)
    found = _lasting(error, call, place)
    if found is not None:
        return Trouble(found, sent, passing=False)
    detail, hint = _passing(error, place)
    return Trouble(Unreachable(call.title, detail, hint), sent, passing=True)


def _place(url: str) -> str:
    """Host and port as the person wrote them, without a user name or a password."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return url


def _lasting(error: Exception, call: Call, place: str) -> SimtuiError | None:
    """The errors that a second try a moment later does not cure."""
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError)):
        return ConfigError(
            call.title,
            "The address or the credentials cannot be sent over HTTP",
            "Check base_url, token_url and client_id in the profile",
        )
    if isinstance(error, httpx.DecodingError):
        detail = f"The answer of {place} is damaged: its compression cannot be undone"
        return UnexpectedAnswer(call.title, detail, "Check what stands between here and there")
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
            detail = f"The host name in {place} is not known (DNS)"
            return Unreachable(call.title, detail, "Check the spelling of the URL in the profile")
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return Unreachable(call.title, *_tls_words(cause, place))
    return None


def _tls_words(error: ssl.SSLError, place: str) -> tuple[str, str]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The TLS certificate of {place} is not trusted: {error.verify_message}",
            "Check the host; behind a company proxy, set SSL_CERT_FILE to its certificate",
        )
    return (
        f"No TLS connection to {place}: {error.reason or 'the handshake failed'}",
        "Check that the URL has the right port, and https only where TLS is spoken",
    )


def _passing(error: Exception, place: str) -> tuple[str, str]:
    if isinstance(error, httpx.ConnectTimeout):
        return (
            f"No connection to {place} in time",
            "Check the network, a firewall on the way, and whether a VPN is needed",
        )
    if isinstance(error, httpx.ProxyError):
        return f"The proxy does not let the request through to {place}", "Check HTTPS_PROXY"
    if isinstance(error, httpx.ConnectError):
        return _connect_words(error, place)
    if isinstance(error, httpx.TimeoutException):
        return (
            f"The request went out to {place}, but no answer came in time",
            "Try again; if it stays like this, the API or its gateway is overloaded",
        )
    return (
        f"The connection to {place} broke before the answer was complete",
        "Try again; if it stays like this, check the network",
    )


def _connect_words(error: Exception, place: str) -> tuple[str, str]:
    causes = tuple(_causes(error))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return (
            f"Nothing listens at {place} (connection refused)",
            "Check the URL in the profile, and that the API is running",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"The host name in {place} could not be looked up (DNS)", "Check the network"
    reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "")
    return f"No connection to {place}" + (f": {reason}" if reason else ""), "Check the network"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and everything it came from, through exception groups too."""
    waiting, known = [error], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in known:
            continue
        known.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting.extend(cause.exceptions)
        waiting.extend(e for e in (cause.__cause__, cause.__context__) if e is not None)
