"""A tunnel as a page of its own: how it is, what was agreed on, and what to mind."""

from __future__ import annotations

from datetime import datetime

from simtui.models.network import Network
from simtui.models.tunnel import SelectorState, Tunnel, TunnelState, TunnelStatus
from simtui.views.ages import age_ago, moment_text
from simtui.views.amounts import NOTHING, bytes_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import Rows, Section, text_cell
from simtui.views.text import clean
from simtui.views.tunnel.errors import error_words, what_to_compare
from simtui.views.tunnel.values import GCM_ONLY, VALUES, groups_text, listed_text
from simtui.views.tunnel.weak import weaknesses
from simtui.views.tunnel.words import state_cell


def tunnel_sections(tunnel: Tunnel, network: Network, now: datetime) -> tuple[Section, ...]:
    """Everything about a tunnel but its key; all of it is safe to print."""
    return (
        _state_section(tunnel, now),
        _error_section(tunnel),
        _warnings_section(tunnel),
        _peers_section(tunnel, network),
        _phase1_section(tunnel),
        _phase2_section(tunnel),
        _keep_alive_section(tunnel),
        _key_section(tunnel, now),
    )


def _state_section(tunnel: Tunnel, now: datetime) -> Section:
    status = tunnel.status
    rows: Rows = (
        ("Name", text_cell(tunnel.name, "strong")),
        ("Description", text_cell(tunnel.description)),
        ("Enabled", Cell("yes") if tunnel.enabled else Cell("no", "warn")),
        ("State", state_cell(tunnel)),
    )
    if status is None:
        return Section("State", rows, "the API does not tell how it is")
    return Section("State", (*rows, *_status_rows(status, now)))


def _status_rows(status: TunnelStatus, now: datetime) -> Rows:
    """Where the tunnel is switched off, nothing that is down is bad."""
    down: Tone = "dim" if status.state == TunnelState.DISABLED else "bad"
    return (
        ("Since", Cell(moment_text(status.since, now))),
        ("As of", Cell(moment_text(status.as_of, now))),
        ("Bytes in", Cell(bytes_text(status.bytes_in))),
        ("Bytes out", Cell(bytes_text(status.bytes_out))),
        ("Phase 1", _up_cell(status.phase1_up, down)),
        *(("Phase 2", _pair_cell(pair, down)) for pair in status.phase2_up),
    )


def _up_cell(up: bool | None, down: Tone) -> Cell:
    if up is None:
        return Cell(NOTHING, "dim")
    return Cell("● up", "ok") if up else Cell("○ down", down)


def _pair_cell(pair: SelectorState, down: Tone) -> Cell:
    cell = _up_cell(pair.up, down)
    nets = f"{clean(pair.local_cidr, 40)} ↔ {clean(pair.remote_cidr, 40)}"
    return Cell(f"{cell.text:<6} {nets}", cell.tone)


def _error_section(tunnel: Tunnel) -> Section:
    """What the last error means, and our own side of what to compare."""
    code = tunnel.status.last_error if tunnel.status else None
    if not code:
        return Section("Last error", note="none")
    words = error_words(code)
    title = words.title if words.title == clean(code, 64) else f"{words.title} ({code})"
    compare = tuple(("Compare", Cell(text)) for text in what_to_compare(tunnel))
    rows: Rows = (("Error", Cell(title, "bad")), ("Meaning", Cell(words.meaning)), *compare)
    return Section("Last error", rows)


def _warnings_section(tunnel: Tunnel) -> Section:
    rows = tuple(("", Cell(f"! {one.text}", "warn")) for one in weaknesses(tunnel))
    return Section("Warnings", rows, "" if rows else "no weak choice")


def _peers_section(tunnel: Tunnel, network: Network) -> Section:
    own = tunnel.local_gateway or network.nat_public_address
    rows: Rows = (
        ("Network", text_cell(network.name)),
        ("Our gateway", text_cell(own)),
        ("Our id", text_cell(tunnel.local_id or own)),
        ("Our nets", Cell(listed_text(tunnel.local_cidrs))),
        ("Gateway", text_cell(tunnel.remote_gateway)),
        ("Remote id", text_cell(tunnel.remote_id or tunnel.remote_gateway)),
        ("Remote nets", Cell(listed_text(tunnel.remote_cidrs))),
        ("Start", Cell(VALUES["start"](tunnel))),
    )
    return Section("Peers", rows)


def _phase1_section(tunnel: Tunnel) -> Section:
    phase = tunnel.phase1
    rows: Rows = (
        ("IKE version", Cell(VALUES["IKE version"](tunnel))),
        ("Mode", text_cell(tunnel.exchange_mode)),
        ("Encryption", Cell(listed_text(phase.encryption))),
        ("Integrity", Cell(listed_text(phase.integrity, GCM_ONLY))),
        ("DH groups", Cell(groups_text(phase.dh_groups, NOTHING))),
        ("Lifetime", Cell(f"{phase.lifetime_seconds} s")),
    )
    return Section("Phase 1 (IKE)", rows)


def _phase2_section(tunnel: Tunnel) -> Section:
    phase = tunnel.phase2
    rows: Rows = (
        ("Encryption", Cell(listed_text(phase.encryption))),
        ("Integrity", Cell(listed_text(phase.integrity, GCM_ONLY))),
        ("PFS groups", Cell(groups_text(phase.pfs_groups))),
        ("Lifetime", Cell(f"{phase.lifetime_seconds} s")),
    )
    return Section("Phase 2 (ESP)", rows)


def _keep_alive_section(tunnel: Tunnel) -> Section:
    dpd = tunnel.dpd
    rows: Rows = (
        ("Asks every", Cell(f"{dpd.delay_seconds} s")),
        ("Gone after", Cell(f"{dpd.timeout_seconds} s")),
        ("Then", text_cell(dpd.action)),
    )
    return Section("Dead peer detection", rows)


def _key_section(tunnel: Tunnel, now: datetime) -> Section:
    """When the key was set; nothing can show it."""
    if tunnel.psk_set_at is None:
        return Section("Key", note="when it was set is not known; it is never shown")
    when = f"set {age_ago(tunnel.psk_set_at, now)}; it is never shown"
    return Section("Key", (("Key", Cell(when)),))
