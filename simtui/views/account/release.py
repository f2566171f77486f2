"""The API itself: where it is, which version answers, and when that ends (contract §1.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from simtui.models import ApiRelease
from simtui.views.ages import age_ago
from simtui.views.cell import Cell
from simtui.views.detail.section import Section, text_cell
from simtui.views.plan.wording import named

_WHAT_TO_DO: Final = "Look for a newer simtui, and ask the vendor what follows this version."


def release_section(release: ApiRelease | None, base_url: str, now: datetime) -> Section:
    """Safe to print; ``base_url`` has no secret in it, and is empty where there is none."""
    where = ("Address", text_cell(base_url) if base_url else Cell("inside this program", "dim"))
    if release is None:
        return Section("API", (where,), "It has not answered yet.")
    version = ("Version", text_cell(release.version))
    if not release.sunset:
        return Section("API", (where, version, ("Sunset", Cell("none: no end is planned"))))
    told = Cell(f"! {sunset_text(release, now)}", "warn")
    return Section("API", (where, version, ("Sunset", told)), _WHAT_TO_DO)


def sunset_text(release: ApiRelease, now: datetime) -> str:
    """``This version of the API ends on 31 Jan 2027 (in 66d)``; empty when it does not end."""
    if not release.sunset:
        return ""
    if release.sunset_at is None:
        return f"This version of the API ends, in the server's words: {named(release.sunset)}"
    day = release.sunset_at.astimezone(UTC)
    verb = "ended" if release.sunset_at <= now else "ends"
    return (
        f"This version of the API {verb} on {day.day} {day:%b %Y}"
        f" ({age_ago(release.sunset_at, now)})"
    )
