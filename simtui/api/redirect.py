"""Where a 302 may lead: nowhere but to this API (contract §1.3)."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from simtui.api.dialect import RESOURCES

_PORTS: Final = {"http": 80, "https": 443}


def safe_target(location: str | None, asked: str, base_url: str) -> str | None:
    """The URL to go on with; None when ``location`` leads away from ``base_url``.

    Only the same scheme, host, port and base path will do. The contract writes
    ``Location: /things/…`` without the base path: such a one is taken to be below it.
    The result is put together from ``base_url`` itself, so that no odd spelling can
    name another host.
    """
    try:
        base = urlsplit(base_url.rstrip("/"))
        target = urlsplit(urljoin(asked, location or ""))
        if not location or _origin(target) != _origin(base):
            return None
    except ValueError:
        return None
    rest = _below(target.path, base.path, rooted=location.startswith("/"))
    if rest is None or _has_odd_segments(rest):
        return None
    return f"{base_url.rstrip('/')}{rest}" + (f"?{target.query}" if target.query else "")


def _origin(url: SplitResult) -> tuple[str, str | None, int | None, bool]:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme), "@" in url.netloc


def _below(path: str, base_path: str, *, rooted: bool) -> str | None:
    """What follows the base path in ``path``, from its slash on."""
    if path.startswith(f"{base_path}/"):
        return path[len(base_path) :]
    if rooted and path.split("/")[1] in RESOURCES:
        return path
    return None


def _has_odd_segments(path: str) -> bool:
    decoded = unquote(unquote(path))
    return "\\" in decoded or any(part in (".", "..") for part in decoded.split("/"))
